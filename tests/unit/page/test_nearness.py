"""What the page says of nearness: from places on both sides, from any point, over the horizon, and of the sea."""

from __future__ import annotations

import html
import math
import re
from itertools import pairwise

import pytest

from geo.errors import GeoError
from geo.geometry.nearest_shore import between_shores
from geo.geometry.shores import GEOD
from geo.loading.dossier import Dossier
from geo.loading.nearness import nearness, position_of, uncertainty_m
from geo.map.near import near_file
from geo.model.fields import ISLANDS
from geo.page import nearness as panels
from geo.page.labels import brief_name
from geo.page.selection import select
from geo.page.view import View

# what a cell holds that has nothing to say
NONE = "\u2013"


def words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def rows(markup: str, heading: str) -> list[list[str]]:
    """Give the cells of the first table after a heading."""
    table = re.findall(r"<tbody>.*?</tbody>", markup.partition(heading)[2], re.DOTALL)[0]
    return [
        [words(c) for c in re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in table.split("</tr>")
        if "<t" in row.replace("<tbody>", "")
    ]


def distances(dossier: Dossier, origin: str) -> str:
    return panels.distances(select(dossier, View(origin=origin)))


def sea(dossier: Dossier) -> str:
    return panels.sea(select(dossier, View()), all_pairs=True)


def test_origins_are_offered_on_hokkaido_on_the_islands_and_far_away(dossier: Dossier) -> None:
    groups = [dossier.places[o].origin_group for o in dossier.origins]
    assert list(dict.fromkeys(groups)) == ["hokkaido", "islands", "capitals"]
    assert all(a == b or groups.index(b) > groups.index(a) for a, b in pairwise(groups))
    # as many seats of government on either side
    assert {o for o in dossier.origins if dossier.places[o].origin_group == "capitals"} == {
        *("tokyo", "sapporo"),
        *("moscow", "yuzhno_sakhalinsk"),
    }


@pytest.mark.parametrize("origin", ["yuzhno_kurilsk", "kurilsk", "malokurilskoye"])
def test_from_a_place_on_an_island_that_island_is_no_distance_away_and_the_page_says_so(
    dossier: Dossier, origin: str
) -> None:
    own = dossier.places[origin].island_id
    assert own
    near = nearness(dossier, origin)
    assert near[own].computed.km == 0
    assert near[own].uncertainty_m == 0
    found = distances(dossier, origin)
    assert found.count("The starting point is on it.") == 1
    assert all(near[i].computed.km > 20 for i in ISLANDS if i != own)


@pytest.mark.parametrize("origin", ["43.33,145.58", "44.5,-170", "90,0", "-33.45,-70.66667"])
def test_any_point_on_earth_has_its_table(dossier: Dossier, origin: str) -> None:
    found = rows(distances(dossier, origin), "<caption>")
    lon, lat = position_of(dossier, origin)
    assert len(found) == len(ISLANDS) + len(dossier.islets)
    for island, cells in zip(
        sorted(ISLANDS, key=lambda i: nearness(dossier, origin)[i].computed.km), found, strict=False
    ):
        line = nearness(dossier, origin)[island].computed
        assert GEOD.inv(lon, lat, *line.to_point)[2] / 1000 == pytest.approx(line.km, abs=0.002)
        assert float(cells[1].split(" ")[0].replace(",", "")) == pytest.approx(line.km, abs=0.006)
        assert float(cells[2].replace(",", "")) * 1.852 == pytest.approx(line.km, rel=1e-3, abs=0.02)
        assert float(cells[3].replace(",", "")) * 1.609344 == pytest.approx(line.km, rel=1e-3, abs=0.02)


def test_the_uncertainty_follows_from_its_parts_and_covers_what_the_official_outline_gives(dossier: Dossier) -> None:
    # 56, 10, 90, 1 and 30 m, and half of the fifth decimal: 0.556 m
    assert uncertainty_m(dossier, 5) == pytest.approx(math.sqrt(56**2 + 10**2 + 90**2 + 1 + 30**2 + 0.556**2), abs=0.01)
    # a position to hundredths of a degree says no more than half a kilometre
    assert uncertainty_m(dossier, 2) == pytest.approx(math.hypot(uncertainty_m(dossier, 9), 556), abs=1)
    # against the official outline N03 ten lines differ by 0.00 to 0.09 km: see the page's own words
    official = {"kaigara": 3.48, "suisho": 7.44, "akiyuri": 13.81, "yuri": 17.00, "shibotsu": 24.74, "taraku": 45.38}
    official |= {"kunashir": 37.03, "shikotan": 73.70, "iturup": 144.53}
    lines = [("nosappu", subject, km) for subject, km in official.items()]
    for origin, subject, km in [*lines, ("notsuke", "kunashir", 16.12)]:
        near = nearness(dossier, origin)[subject]
        assert abs(near.computed.km - km) * 1000 <= near.uncertainty_m


@pytest.mark.parametrize(
    ("degrees", "said"),
    [
        (0, "0° N"),
        (11, "11° N"),
        (12, "12° NNE"),
        (69.8, "70° ENE"),
        (180, "180° S"),
        (348, "348° NNW"),
        (359.6, "0° N"),
    ],
)
def test_a_direction_has_the_nearest_of_sixteen_winds(degrees: float, said: str) -> None:
    assert panels.bearing_text(degrees) == said


def test_from_both_shores_of_the_strait_the_peaks_opposite_are_seen(dossier: Dossier) -> None:
    from_rausu = words(distances(dossier, "rausu").partition("Can you see it?")[2].partition("As far as")[0])
    from_kunashir = words(
        distances(dossier, "yuzhno_kurilsk").partition("Can you see it?")[2].partition("As far as")[0]
    )
    assert "Chacha-dake" in from_rausu
    assert "Rausu-dake" not in from_rausu  # on the same land
    assert "Rausu-dake" in from_kunashir
    assert "Chacha-dake" not in from_kunashir
    assert "167 m" in from_rausu  # the observatory's hill


def test_far_away_nothing_is_over_the_horizon_and_the_page_says_so(dossier: Dossier) -> None:
    for origin in ("moscow", "tokyo", "-33.45,-70.66667"):
        assert "From here none of the peaks stands above the sea horizon." in words(distances(dossier, origin))


def test_the_picture_of_the_horizon_has_its_text(dossier: Dossier) -> None:
    (text,) = re.findall(r'alt="(Seen from [^"]+)"', distances(dossier, "rausu"))
    assert re.search(r"Seen from 167 m over the sea, .*1,819 m, 92\.67 km away: 127 m .* 1,692 m above", text)
    assert "times too large" in text


def test_comparisons_are_known_in_both_countries_wherever_one_is_near_enough(dossier: Dossier) -> None:
    for origin in ("nosappu", "rausu", "shiretoko", "yuzhno_kurilsk"):
        for name, km, japan, russia, _ in rows(distances(dossier, origin), "As far as"):
            far = float(km.replace(",", ""))
            if far > 20:
                assert (japan != NONE) == (russia != NONE), (origin, name)
            for said in (japan, russia):
                if found := re.search(r"([\d,]+) km$", said):
                    assert float(found[1].replace(",", "")) == pytest.approx(far, rel=0.27)


def test_travel_times_follow_from_the_speeds_that_are_said(dossier: Dossier) -> None:
    assert panels.hours_text(2.5) == "2 h 30 min"
    assert panels.hours_text(0.999) == "1 h 00 min"
    table = rows(distances(dossier, "nosappu"), "How long does it take?")
    km = nearness(dossier, "nosappu")["kunashir"].computed.km
    kunashir = next(cells for cells in table if "Kunashir" in cells[0])
    assert kunashir[1] == panels.hours_text(km / 27.8)


def test_every_strait_is_as_wide_as_its_two_shores_are_apart(dossier: Dossier) -> None:
    around = {f.identifier: f.land for f in dossier.context}
    lands = {**dossier.lands, **around}
    for strait in dossier.straits:
        line = panels._strait_line(dossier, strait)  # noqa: SLF001
        found = between_shores(lands[strait.from_id], lands[strait.to_id])
        assert line.km == pytest.approx(found.km, abs=0.001), strait.place_id
        published = [f.value for f in dossier.facts.get(strait.place_id, ()) if f.attribute == "width"]
        if strait.place_id != "goyomai_strait":  # published to the rock that the tide covers
            assert all(line.km == pytest.approx(km, abs=0.8) for km in published)


def test_capes_islands_and_islets_are_measured_against_each_other(dossier: Dossier) -> None:
    capes = {p.place_id for p in dossier.places.values() if p.kind == "cape" and p.lon is not None}
    subjects = {*dossier.lands, *capes}
    for (one, other), line in dossier.shore_distances.items():
        ends = (line.from_lon, line.from_lat, line.to_lon, line.to_lat)
        azimuth, _, metres = GEOD.inv(*ends)
        assert metres / 1000 == pytest.approx(line.km, abs=0.002)
        if line.km > 1:
            assert (azimuth - line.bearing_deg + 180) % 360 - 180 == pytest.approx(0, abs=0.2)
        for cape, at in ((one, ends[:2]), (other, ends[2:])):
            if cape in capes:
                assert at == position_of(dossier, cape)
    measured = set(dossier.shore_distances)
    for one in subjects:
        for other in subjects - {one}:
            touching = (
                one in dossier.lands and other in dossier.lands and dossier.lands[one].intersects(dossier.lands[other])
            )
            own = {dossier.places[s].island_id for s in (one, other) if s in capes} & {one, other}
            assert touching or own or measured & {(one, other), (other, one)}, (one, other)


def test_the_matrix_can_be_sorted_and_both_ways_of_a_pair_agree(dossier: Dossier) -> None:
    found = sea(dossier)
    assert 'aria-sort="ascending"' in found
    head = re.findall(r"<th[^>]*aria-sort=[^>]*><button[^>]*>[^<]+</button></th>", found)
    assert len(head) == 6
    grid = {cells[0]: cells[1:] for cells in rows(found, "Between the four, km")}
    table = [list(row) for row in grid.values()]
    assert all(table[i][j] == table[j][i] for i in range(4) for j in range(4))


def test_the_sea_says_what_is_computed_and_what_is_text(dossier: Dossier) -> None:
    said = words(sea(dossier))
    assert "They are not measured from straight baselines" in said
    assert "a low-tide elevation, land that the tide covers" in said
    assert said.count("Baselines") == 3  # one of Japan, two of Russia
    texts = {state: [t for t in dossier.sea_texts if t.state == state] for state in ("jp", "ru")}
    assert len(texts["jp"]) == len(texts["ru"])
    room = {state: sum(len(t.says_en) for t in found) for state, found in texts.items()}
    assert max(room.values()) <= 1.5 * min(room.values())


def test_what_a_browser_asks_for_is_made_for_places_and_for_points_only(dossier: Dossier) -> None:
    for origin in ("nosappu", "43.33,145.58"):
        found = near_file(dossier, "both", origin)
        assert found
        plain, gzipped = found
        assert len(gzipped) < len(plain) < 100_000
    for naming, origin in (
        ("both", "atlantis"),
        ("both", "43.330,145.58"),  # another way to write the same point would be kept twice
        ("both", "91,0"),
        ("xx", "nosappu"),
        ("both", "tyatya"),  # a place, but none that distances start from
    ):
        with pytest.raises(GeoError):
            near_file(dossier, naming, origin)


def test_a_point_is_called_by_its_degrees_everywhere(dossier: Dossier) -> None:
    assert brief_name(dossier, "43.33,145.58", "both") == "43.33, 145.58"
    assert "43.33, 145.58" in words(distances(dossier, "43.33,145.58"))
