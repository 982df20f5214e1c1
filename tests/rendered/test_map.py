"""The rendered map, by short substrings: nothing from elsewhere, one base for all, hostile texts as text."""

from __future__ import annotations

import itertools
import json
import re
from html.parser import HTMLParser

import folium
import pytest

from geo.map.assets import Prepared
from geo.map.drawing import drawing
from geo.map.folium_map import FIRST_VIEW, FourIslands, Shown, served_map, shown
from geo.model.fields import ISLANDS, IslandId
from geo.model.names import NAMINGS, Naming
from geo.page.view import PERSPECTIVE_CHOICES, View

BASE = "../../files/"
HOSTILE = "</script><script>alert(1)</script>`${alert(2)}`{{ 7*7 }}{% raw %}'\"\u2028"


class Linked(HTMLParser):
    """Collects every address that a browser would ask for, and the tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and its attributes."""
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href"}]


def rendered(drawn: folium.Map) -> str:
    """Give what streamlit-folium takes from a map: its script, what stands around it, and the files it asks for."""
    # imported here: it brings Streamlit with it, which no other test of this ring needs
    from streamlit_folium import _get_header, _get_html, _get_map_string

    drawn.render()  # type: ignore[no-untyped-call]  # branca's
    links = [
        *(f'<link rel="stylesheet" href="{address}"/>' for _, address in drawn.default_css),
        *(f'<script src="{address}"></script>' for _, address in drawn.default_js),
    ]
    return "\n".join([*links, _get_header(drawn), _get_html(drawn), f"<script>{_get_map_string(drawn)}</script>"])


def sent(prepared: Prepared, view: View, answered: int) -> str:
    """Give the script that streamlit-folium sends for what the reader chose."""
    from streamlit_folium import _get_feature_group_string

    return str(_get_feature_group_string(shown(view, answered), map=served_map(prepared, BASE)))


def test_the_base_map_is_the_same_bytes_every_time(prepared: Prepared) -> None:
    assert rendered(served_map(prepared, BASE)) == rendered(served_map(prepared, BASE))


def test_the_base_map_stays_the_same_after_other_views_were_drawn(prepared: Prepared) -> None:
    before = rendered(served_map(prepared, BASE))
    for island, naming in itertools.product((None, *ISLANDS), NAMINGS):
        sent(prepared, View(island, naming), 1)
    for perspective in PERSPECTIVE_CHOICES:
        sent(prepared, View(perspective=perspective, date="1905", kuril="ru_usage"), 1)
    assert rendered(served_map(prepared, BASE)) == before


def test_the_base_map_holds_no_name_and_no_choice(prepared: Prepared) -> None:
    page = rendered(served_map(prepared, BASE))
    assert "fourIslands.mount(map_div, " in page
    for subject in ISLANDS:
        assert not any(name.name in page or name.latin in page for name in prepared.dossier.names[subject].values())
    assert "naming" not in page
    assert len(page) < 4000


def test_the_served_map_asks_this_app_alone(prepared: Prepared) -> None:
    page = rendered(served_map(prepared, BASE))
    linked = Linked(page)
    own = {BASE + asset.name for asset in prepared.assets.values()}
    assert len(linked.addresses) == 3
    assert set(linked.addresses) <= own
    assert not re.search(r"(https?:)?//[a-z]", page)
    urls = json.loads(page.split("fourIslands.mount(map_div, ")[1].split(");\n")[0])["urls"]
    assert set(urls.values()) <= own
    assert set(urls) == {"islands.geojson", "context.geojson", "drawing.json"}


def test_the_first_view_shows_all_four_islands_and_nemuro(prepared: Prepared) -> None:
    (south, west), (north, east) = FIRST_VIEW
    for island in prepared.dossier.islands.values():
        left, bottom, right, top = island.land.bounds
        assert west < left < right < east
        assert south < bottom < top < north
    nemuro = prepared.dossier.places["nemuro"]
    assert west < (nemuro.lon or 0) < east
    assert south < (nemuro.lat or 0) < north
    assert f'"first_view":{json.dumps(FIRST_VIEW, separators=(",", ":"))}' in rendered(served_map(prepared, BASE))


@pytest.mark.parametrize("island", [None, *ISLANDS])
@pytest.mark.parametrize("naming", NAMINGS)
def test_a_rerun_sends_the_choice_and_little_else(prepared: Prepared, island: IslandId | None, naming: Naming) -> None:
    view = View(island, naming, "shiretoko", "both", "1945-09-03", "treaty_1875")
    script = sent(prepared, view, 1_750_000_000_000)
    state = json.loads(script.split("fourIslands.show(")[1].split(");")[0])
    chosen = {
        "island": island,
        "naming": naming,
        "origin": "shiretoko",
        "perspective": "both",
        "date": "1945-09-03",
        "day": "1945-09-03",
        "date_label": "3 Sep 1945",
        "kuril": "treaty_1875",
        "answered": 1_750_000_000_000,
    }
    assert {k: v for k, v in state.items() if k in chosen} == chosen
    # what is asked of the press is none of the map's business
    assert not any(v for k, v in state.items() if k not in chosen)
    assert len(script.split("fourIslands.show")[1].split(");")[0]) < 300
    assert len(" ".join(script.split())) < 500


def test_folium_keeps_its_own_scripts_and_styles(prepared: Prepared) -> None:
    before = (list(folium.Map.default_js), list(folium.Map.default_css))
    rendered(served_map(prepared, BASE))
    assert (folium.Map.default_js, folium.Map.default_css) == before
    assert any("leaflet" in address for _, address in folium.Map.default_js)


def test_two_maps_with_different_addresses_do_not_mix(prepared: Prepared) -> None:
    one, other = served_map(prepared, "one/"), served_map(prepared, "other/")
    assert "other/" not in rendered(one)
    assert "one/" not in rendered(other)


def test_hostile_texts_in_the_config_and_the_state_stay_text() -> None:
    config = FourIslands({"urls": {"drawing.json": HOSTILE}}).config
    state = Shown(View(origin=HOSTILE), 0, {"origin": HOSTILE}).state
    for written in (config, state):
        assert not any(unsafe in written for unsafe in ("<", ">", "`", "$", "{{", "{%", "'", "\u2028"))
    assert json.loads(state)["origin"] == HOSTILE
    page = folium.Map(tiles=None).add_child(FourIslands({"x": HOSTILE})).get_root().render()
    assert "<script>alert" not in page


def test_what_the_map_draws_covers_every_naming_and_origin(prepared: Prepared) -> None:
    drawn = drawing(prepared.dossier)
    assert json.loads(prepared.assets["drawing.json"].content) == drawn
    assert list(drawn["islands"]) == list(ISLANDS)
    assert list(drawn["origins"]) == list(prepared.dossier.origins)
    for island in drawn["islands"].values():
        assert list(island["cards"]) == list(NAMINGS)
        assert all(list(card["near"]) == list(prepared.dossier.origins) for card in island["cards"].values())
    marked = {place["id"] for place in drawn["places"] if place["rank"] == 1}
    assert marked >= {"nemuro", "nosappu", "notsuke", "shiretoko"}
    assert {place["id"] for place in drawn["places"]} >= set(prepared.dossier.islets)


def test_the_map_says_its_convention_and_its_attribution_as_plain_text(prepared: Prepared) -> None:
    drawn = drawing(prepared.dossier)
    texts = drawn["text"]
    for said in drawn["perspectives"]["administered"]["strip"].values():
        assert "Russia administers all four islands and Japan claims them" in said
    assert "© OpenStreetMap contributors" in texts["attribution"]
    assert not any("<" in text for text in texts.values())


def test_labels_stand_at_points_of_their_own(prepared: Prepared) -> None:
    drawn = drawing(prepared.dossier)
    at = [tuple(p["at"]) for p in (*drawn["places"], *drawn["islands"].values())]
    assert len(set(at)) == len(at)


def test_the_map_sets_texts_never_as_markup(prepared: Prepared) -> None:
    for key in ("rules.js", "chart.js", "map.js"):
        script = prepared.assets[key].content.decode()
        unsafe = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|bindPopup|bindTooltip|eval\("
        assert not re.search(unsafe, script), key
