"""The perspectives of the map: who holds what in each, who accepts and who disputes it, and what the strip says."""

from __future__ import annotations

import csv
import itertools

import pytest
import shapely

from geo.loading.areas import area_of, lands_by_area, united
from geo.loading.dossier import Dossier
from geo.loading.geojson import Feature
from geo.map.drawing import drawing
from geo.map.scenes import strip
from geo.model.dispute import ControlPoint
from geo.model.fields import AREAS, ISLANDS, PERSPECTIVES, STATES, AreaId, IslandId, PerspectiveId
from geo.model.names import NAMINGS, Naming, shown
from geo.page.labels import holder_names, perspective_names
from geo.paths import DATA

with (DATA / "points.csv").open(encoding="utf-8", newline="") as file:
    POINTS = [ControlPoint.model_validate(row) for row in csv.DictReader(file)]
REST: tuple[AreaId, ...] = ("urup", "kurils_middle", "paramushir", "shumshu", "south_sakhalin")


@pytest.fixture(scope="module")
def lands(dossier: Dossier) -> dict[AreaId, shapely.MultiPolygon]:
    islands = [Feature(i.island_id, i.land, {}, None) for i in dossier.islands.values()]
    return lands_by_area((*islands, *dossier.context))


@pytest.mark.parametrize("perspective", PERSPECTIVES)
@pytest.mark.parametrize("point", POINTS, ids=lambda p: p.point_id)
def test_a_place_is_held_by_whom_each_perspective_says(
    dossier: Dossier, lands: dict[AreaId, shapely.MultiPolygon], point: ControlPoint, perspective: PerspectiveId
) -> None:
    (area,) = [a for a in AREAS if shapely.intersects_xy(lands[a], point.lon, point.lat)]
    assert dossier.perspectives[perspective][area].holder == getattr(point, perspective)


def test_the_places_cover_every_area_and_each_of_the_four_twice(lands: dict[AreaId, shapely.MultiPolygon]) -> None:
    found = [a for p in POINTS for a in AREAS if shapely.intersects_xy(lands[a], p.lon, p.lat)]
    assert set(found) == set(AREAS)
    assert all(found.count(i) >= 2 for i in ISLANDS)
    assert len(found) == len(POINTS)


@pytest.mark.parametrize("perspective", PERSPECTIVES)
def test_each_perspective_answers_for_every_area(dossier: Dossier, perspective: PerspectiveId) -> None:
    assert list(dossier.perspectives[perspective]) == list(AREAS)
    for area in dossier.perspectives[perspective].values():
        assert (area.holder == "none") == (area.units == "")
        assert not set(area.accepted_by) & set(area.disputed_by)
        assert set(area.accepted_by) | set(area.disputed_by) == set(STATES)


@pytest.mark.parametrize("island", ISLANDS)
def test_each_state_accepts_its_own_view_of_an_island_and_disputes_the_others(
    dossier: Dossier, island: IslandId
) -> None:
    views = {s: dossier.perspectives[s][island] for s in PERSPECTIVES}
    assert {s: v.holder for s, v in views.items()} == {"administered": "ru", "jp": "jp", "ru": "ru"}
    assert {s: v.units for s, v in views.items()} == {"administered": "ru", "jp": "jp", "ru": "ru"}
    assert {s: (v.accepted_by, v.disputed_by) for s, v in views.items()} == {
        "administered": (("ru",), ("jp",)),
        "jp": (("jp",), ("ru",)),
        "ru": (("ru",), ("jp",)),
    }
    assert "claimed by Japan" in views["administered"].note_en
    assert views["jp"].note_en.startswith("Japan regards it as its own ")
    assert views["ru"].note_en.startswith("Russia regards it as its own ")


@pytest.mark.parametrize("area", REST)
def test_japan_claims_nothing_beyond_the_four_and_leaves_the_rest_open(dossier: Dossier, area: AreaId) -> None:
    views = dossier.perspectives
    assert views["jp"][area].holder == "none"
    assert "no recipient" in views["jp"][area].note_en
    assert {views["administered"][area].holder, views["ru"][area].holder} == {"ru"}
    assert "makes no claim of its own" in views["ru"][area].note_en
    assert holder_names()["none"] == "left open: no recipient named"


@pytest.mark.parametrize("area", ["hokkaido", "kamchatka", "north_sakhalin"])
def test_what_nobody_disputes_is_the_same_in_every_perspective(dossier: Dossier, area: AreaId) -> None:
    views = [dossier.perspectives[s][area] for s in PERSPECTIVES]
    assert len({v.holder for v in views}) == 1
    assert all((v.accepted_by, v.disputed_by) == (("jp", "ru"), ()) for v in views)


def test_every_border_drawn_for_a_state_lies_between_holders_that_differ_there(dossier: Dossier) -> None:
    for line in (drawn.boundary for drawn in dossier.lines):
        for state in set(line.drawn_in) & set(STATES):
            one, other = (
                {dossier.perspectives[s][a].holder for a in side}
                for s, side in ((state, line.side_a), (state, line.side_b))
            )
            assert len(one) == len(other) == 1
            assert one != other
            assert line.accepted_by == (state,)
            assert state not in line.disputed_by


def test_as_administered_both_limits_are_drawn_and_each_state_has_one_border_of_its_own(dossier: Dossier) -> None:
    drawn = {s: {line.boundary.line_id for line in dossier.lines if s in line.boundary.drawn_in} for s in PERSPECTIVES}
    assert drawn["jp"] == {"iturup_urup"}
    assert drawn["ru"] == {"hokkaido_islands"}
    assert drawn["administered"] == drawn["jp"] | drawn["ru"]


def test_a_border_says_how_it_was_drawn_and_that_it_is_an_illustration(dossier: Dossier) -> None:
    for line in (drawn.boundary for drawn in dossier.lines):
        assert line.method_en.startswith("An illustration: ")
        assert "equally near to both shores" in line.method_en
        assert line.document_en
        assert line.note_en
    drawn = drawing(dossier)
    assert "illustration" in drawn["text"]["illustration"]
    assert [line["label"] for line in drawn["lines"]] == [line.boundary.label_en for line in dossier.lines]


@pytest.mark.parametrize(
    ("perspective", "naming", "said"),
    [
        ("administered", "both", ["Russia administers all four islands and Japan claims them", "dashed"]),
        ("jp", "ja", ["As Japan claims", "Etorofu-tō", "Uruppu-tō", "Hokkaidō", "Russia disputes this."]),
        ("jp", "ru", ["As Japan claims", "Iturup", "Urup", "Russia disputes this."]),
        (
            "ru",
            "ru",
            ["As Russia claims", "Khokkaydo", "the four islands", "Sakhalinskaya oblast\u2019", "Japan disputes"],
        ),
        ("ru", "ja", ["As Russia claims", "Hokkaidō", "the four islands", "Japan disputes this."]),
    ],
)
def test_the_strip_says_where_the_border_runs_whose_units_count_and_who_disputes_it(
    dossier: Dossier, perspective: PerspectiveId, naming: Naming, said: list[str]
) -> None:
    told = strip(dossier, perspective, naming)
    assert [words for words in said if words not in told] == []


@pytest.mark.parametrize("naming", NAMINGS)
@pytest.mark.parametrize("perspective", PERSPECTIVES)
def test_the_strip_is_one_or_two_short_sentences_of_plain_text(
    dossier: Dossier, perspective: PerspectiveId, naming: Naming
) -> None:
    told = strip(dossier, perspective, naming)
    assert 1 <= told.count(". ") + told.endswith(".") <= 2
    assert len(told) < 260
    assert not set("<>{}`") & set(told)


@pytest.mark.parametrize("naming", NAMINGS)
def test_the_strips_differ_from_each_other_in_every_naming(dossier: Dossier, naming: Naming) -> None:
    assert len({strip(dossier, s, naming) for s in PERSPECTIVES}) == len(PERSPECTIVES)


def test_the_browser_gets_every_perspective_with_its_fills_and_its_borders(dossier: Dossier) -> None:
    drawn = drawing(dossier)
    assert list(drawn["perspectives"]) == list(PERSPECTIVES)
    for perspective in PERSPECTIVES:
        given = drawn["perspectives"][perspective]
        assert given["title"] == perspective_names()[perspective]
        assert given["fills"] == {a: p.holder for a, p in dossier.perspectives[perspective].items()}
        assert given["strip"] == {n: strip(dossier, perspective, n) for n in NAMINGS}
    for given, line in zip(drawn["lines"], dossier.lines, strict=True):
        assert given["id"] == line.boundary.line_id
        drawing_it = [p for p in PERSPECTIVES if line.boundary.line_id in drawn["perspectives"][p]["borders"]]
        assert sorted(drawing_it) == sorted(line.boundary.drawn_in)
        # the other way round in the browser: latitude first
        assert given["path"] == [[lat, lon] for lon, lat in line.path]
        assert len(given["path"]) > 10
    assert all(
        holder in drawn["holders"] for s in PERSPECTIVES for holder in drawn["perspectives"][s]["fills"].values()
    )


@pytest.mark.parametrize("naming", NAMINGS)
def test_the_card_of_an_island_changes_with_the_perspective_and_names_the_one_who_disputes(
    dossier: Dossier, naming: Naming
) -> None:
    for island in drawing(dossier)["islands"].values():
        card = island["cards"][naming]
        assert list(card["rows"]) == list(PERSPECTIVES)
        assert dict(card["rows"]["jp"])["Disputed by"] == "Russia, which administers it"
        assert dict(card["rows"]["ru"])["Disputed by"] == "Japan, which claims it"
        assert card["today"] == "administered by Russia, claimed by Japan"
        assert set(island["units"]) == set(STATES)


def test_the_district_under_an_islands_name_is_that_of_the_state_whose_view_it_is(dossier: Dossier) -> None:
    units = drawing(dossier)["islands"]["iturup"]["units"]
    assert "根室振興局" in units["jp"]["ja"]
    assert "Курильский" in units["ru"]["ru"]
    # beside both names there is room for one: the one its own state gives it
    assert units["jp"]["both"] == units["jp"]["ja"]
    assert units["ru"]["both"] == units["ru"]["ru"]


@pytest.mark.parametrize("meaning", ["ru_usage", "jp_usage", "treaty_1875", "san_francisco"])
def test_a_meaning_of_kuril_answers_for_every_island_of_the_chain_and_for_nothing_else(
    dossier: Dossier, meaning: str
) -> None:
    covers = dossier.meanings[meaning].covers
    assert set(covers) == {*ISLANDS, "urup", "kurils_middle", "paramushir", "shumshu"}
    assert {c.covers for a, c in covers.items() if a not in ISLANDS} == {"yes"}


@pytest.mark.parametrize(
    ("meaning", "four"),
    [("ru_usage", "yes"), ("jp_usage", "no"), ("treaty_1875", "no"), ("san_francisco", "disputed")],
)
def test_whether_the_four_are_kurils_turns_on_whose_word_it_is(dossier: Dossier, meaning: str, four: str) -> None:
    assert {dossier.meanings[meaning].covers[i].covers for i in ISLANDS} == {four}


def test_the_meanings_are_those_of_both_states_and_of_both_treaties(dossier: Dossier) -> None:
    assert list(dossier.meanings) == ["ru_usage", "jp_usage", "treaty_1875", "san_francisco"]
    assert [c.note_en for m in ("san_francisco",) for a, c in dossier.meanings[m].covers.items() if a in ISLANDS]
    drawn = drawing(dossier)["meanings"]
    for identifier, meaning in dossier.meanings.items():
        assert drawn[identifier]["title"] == meaning.definition.title_en
        assert drawn[identifier]["covers"] == {a: c.covers for a, c in meaning.covers.items()}
        assert meaning.definition.whose_en
        assert dossier.sources[meaning.definition.source_id].url


def test_every_area_has_names_in_both_conventions_and_land_to_colour(
    dossier: Dossier, lands: dict[AreaId, shapely.MultiPolygon]
) -> None:
    assert set(lands) == set(AREAS)
    for area in AREAS:
        assert [n.convention for n in shown(dossier.names, area, "both")] == ["ja", "ru"]
    for area in drawing(dossier)["areas"]:
        lat, lon = area["at"]
        assert shapely.dwithin(lands[area["id"]], shapely.Point(lon, lat), 0.01), area["id"]


def test_pieces_of_one_land_count_as_one_area(dossier: Dossier, lands: dict[AreaId, shapely.MultiPolygon]) -> None:
    pieces = [f for f in dossier.context if area_of(f) == "hokkaido"]
    assert {f.identifier for f in pieces} == {"hokkaido", "hokkaido_east"}
    assert lands["hokkaido"].area == pytest.approx(sum(f.land.area for f in pieces), rel=1e-6)
    assert area_of(Feature("honshu", lands["urup"], {}, None)) is None
    for one, other in itertools.combinations(AREAS, 2):
        assert shapely.area(shapely.intersection(lands[one], lands[other])) < 1e-9
    assert united([lands["urup"], lands["iturup"]]).area == pytest.approx(lands["urup"].area + lands["iturup"].area)
