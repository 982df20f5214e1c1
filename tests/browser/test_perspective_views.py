"""Whose view the map draws: as administered, as Japan claims, as Russia claims, and both beside each other."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from geo.loading.dossier import Dossier
from geo.model.fields import ISLANDS, PERSPECTIVES, STATES
from geo.page.labels import perspective_names

from .conftest import Visit
from .reader import MAP, NAMINGS, PHONE, Picture, Reader
from .test_one_map import STILL

Ground = dict[str, list[tuple[float, float]]]


def expected_patterns(dossier: Dossier, perspective: str) -> dict[str, list[str]]:
    """Give by area the fill that the table of perspectives asks for."""
    own = perspective == "administered"
    rows = dossier.perspectives[next(s for s in PERSPECTIVES if s == perspective)]
    return {a: [f"url(#pattern-{a if own and a in ISLANDS else p.holder})"] for a, p in rows.items()}


def expected_borders(dossier: Dossier, perspective: str) -> dict[str, str]:
    """Give the lines that the table of lines draws for a perspective, and how."""
    style = "dashed" if perspective == "administered" else "solid"
    return {x.boundary.line_id: style for x in dossier.lines if perspective in x.boundary.drawn_in}


def agrees(picture: Picture, dossier: Dossier, drawing: dict[str, Any], perspective: str) -> None:
    """Make sure that a map shows a perspective and only that, with Shikotan chosen and names in both conventions."""
    assert picture.heading == perspective_names()[perspective]
    assert picture.strip == drawing["perspectives"][perspective]["strip"]["both"]
    assert picture.borders == expected_borders(dossier, perspective)
    assert picture.labels == {x["id"]: x["label"] for x in drawing["lines"] if x["id"] in picture.borders}
    units = {i: x["units"].get(perspective, {}).get("both", "") for i, x in drawing["islands"].items()}
    assert picture.units == units
    assert picture.rows == drawing["islands"]["shikotan"]["cards"]["both"]["rows"][perspective]
    assert picture.patterns == expected_patterns(dossier, perspective)


def test_each_view_draws_its_own_limits_patterns_units_and_words(
    regular: Reader, address: str, dossier: Dossier, drawing: dict[str, Any], ground: Ground
) -> None:
    regular.open(f"{address}/?island=shikotan")
    regular.sees("shikotan")
    regular.frame_whole_chain()
    for perspective in (*reversed(PERSPECTIVES), "jp"):
        regular.look_as(perspective)
        agrees(regular.picture(ground=ground), dossier, drawing, perspective)


def test_the_views_differ_as_a_reader_would_put_it(regular: Reader, address: str) -> None:
    regular.open(f"{address}/?island=shikotan&perspective=jp")
    seen = {}
    for perspective in STATES:
        regular.look_as(perspective)
        seen[perspective] = regular.picture()
    jp, ru = seen["jp"], seen["ru"]
    assert (set(jp.borders), set(ru.borders)) == ({"iturup_urup"}, {"hokkaido_islands"})
    assert (jp.rows[0][0], ru.rows[0][0]) == ("As Japan claims", "As Russia claims")
    assert (jp.rows[0][1][:6], ru.rows[0][1][:7]) == ("Japan:", "Russia:")
    assert (jp.rows[1][1], ru.rows[1][1]) == ("Russia, which administers it", "Japan, which claims it")
    assert "根室振興局" in jp.units["shikotan"]
    assert "Южно-Курильский район" in ru.units["shikotan"]
    assert "Russia disputes this" in jp.strip
    assert "Japan disputes this" in ru.strip


def test_strip_units_and_card_follow_the_naming(regular: Reader, address: str, drawing: dict[str, Any]) -> None:
    regular.open(f"{address}/?island=habomai&perspective=ru")
    for naming in NAMINGS:
        regular.name_in(naming)
        picture = regular.picture()
        assert picture.strip == drawing["perspectives"]["ru"]["strip"][naming]
        assert picture.units == {i: x["units"]["ru"][naming] for i, x in drawing["islands"].items()}
        assert picture.rows == drawing["islands"]["habomai"]["cards"][naming]["rows"]["ru"]


def same_view(one: dict[str, float], other: dict[str, float]) -> None:
    """Make sure that two views are the same up to a pixel or two."""
    assert one["zoom"] == other["zoom"]
    assert (one["lat"], one["lng"]) == pytest.approx((other["lat"], other["lng"]), abs=0.03)


def zoom_in_and_drag(reader: Reader) -> None:
    """Move the map away from its first view."""
    reader.map.get_by_role("button", name="Zoom in").click()
    x, y = reader.point(147.3, 44.35)
    drag(reader, x, y)


def drag(reader: Reader, x: float, y: float) -> None:
    """Drag a map a little from a point of the window."""
    reader.page.mouse.move(x, y)
    reader.page.mouse.down()
    reader.page.mouse.move(x + 30, y + 20, steps=4)
    reader.page.mouse.up()
    reader.run(STILL)


@pytest.mark.parametrize("moved", [True, False], ids=["moved", "as it opened"])
def test_no_switch_takes_the_map_from_where_it_is(
    regular: Reader, address: str, drawing: dict[str, Any], moved: bool
) -> None:
    regular.open(address)
    if moved:
        zoom_in_and_drag(regular)
    view = regular.view()
    regular.run("() => { window.__probe = 1; }")
    frame = regular.page.locator(MAP).element_handle()
    for perspective in ("jp", "both", "ru", "both", "administered"):
        regular.look_as(perspective)
        regular.run(STILL)
        # a map that nobody has moved is fitted into its half
        if moved or perspective != "both":
            same_view(regular.view(), view)
    step = drawing["steps"][3]
    regular.pick("date", f"{step['label']}: {step['title']}")
    regular.sees_date(step["date"])
    regular.pick("date", "Today")
    regular.sees_date("")
    regular.pick("kuril", drawing["meanings"]["treaty_1875"]["title"])
    expect(regular.map.locator(".counted").first).to_be_attached()
    regular.run(STILL)
    same_view(regular.view(), view)
    assert regular.run("() => window.__probe") == 1
    assert regular.page.locator(MAP).element_handle().evaluate("(now, then) => now === then", frame)
    expect(regular.page.locator("iframe")).to_have_count(1)


def together(reader: Reader) -> None:
    """Make sure that both maps show the same places in the same spots."""
    one, other = reader.picture().places, reader.picture(twin=True).places
    for island, place in one.items():
        assert place == pytest.approx(other[island], abs=3), island


def test_side_by_side_shows_japans_view_left_and_russias_right(
    regular: Reader, address: str, dossier: Dossier, drawing: dict[str, Any], ground: Ground
) -> None:
    regular.open(f"{address}/?perspective=both")
    expect(regular.twin).to_be_visible()
    regular.frame_whole_chain()
    regular.choose_in_list("shikotan")
    regular.sees("shikotan")
    left, right = regular.box.bounding_box(), regular.twin.bounding_box()
    assert left
    assert right
    assert left["x"] + left["width"] <= right["x"] + 4
    assert left["width"] == pytest.approx(right["width"], abs=4)
    assert (left["y"], left["height"]) == pytest.approx((right["y"], right["height"]), abs=1)
    agrees(regular.picture(ground=ground), dossier, drawing, "jp")
    agrees(regular.picture(twin=True, ground=ground), dossier, drawing, "ru")


def test_moving_or_zooming_one_of_two_maps_moves_the_other(regular: Reader, address: str) -> None:
    regular.open(f"{address}/?perspective=both")
    regular.frame_four_islands()
    together(regular)
    start = regular.view()
    for box in (regular.box, regular.twin):
        before = regular.view()
        corner = box.bounding_box()
        assert corner
        x, y = corner["x"] + corner["width"] * 0.6, corner["y"] + 90
        drag(regular, x, y)
        dragged = regular.view()
        assert (dragged["lat"], dragged["lng"]) != (before["lat"], before["lng"])
        together(regular)
        regular.page.mouse.wheel(0, -240)
        regular.page.wait_for_function(
            "z => document.querySelector('iframe[title*=st_folium]').contentWindow.map.getZoom() > z",
            arg=dragged["zoom"],
        )
        regular.run(STILL)
        together(regular)
    zoom = regular.view()["zoom"]
    assert zoom > start["zoom"]
    regular.look_as("administered")
    expect(regular.twin).to_be_hidden()
    assert regular.view()["zoom"] == zoom


def test_an_island_chosen_on_either_map_is_chosen_on_both_and_in_the_panel(regular: Reader, address: str) -> None:
    regular.open(f"{address}/?perspective=both")
    regular.frame_four_islands()
    ways: dict[str, Locator] = {"kunashir": regular.twin, "iturup": regular.box, "shikotan": regular.twin}
    for island, box in ways.items():
        box.locator(f".label[data-id={island}]").click(position={"x": 6, "y": 6})
        regular.sees(island)
        expect(regular.twin).to_have_attribute("data-island", island)
        for each in (regular.box, regular.twin):
            expect(each.locator(".island-label.on .label")).to_have_attribute("data-id", island)
        expect(regular.page).to_have_url(re.compile(f"island={island}"))
        regular.clear()


def test_the_card_leaves_the_buttons_of_two_maps_in_reach(regular: Reader, address: str) -> None:
    regular.open(f"{address}/?perspective=both")
    for island in ISLANDS:
        regular.choose_in_list(island)
        regular.sees(island)
        for name in ("Zoom in", "Zoom out", "Show the four islands", "Show Sakhalin and the whole Kuril chain"):
            regular.map.get_by_role("button", name=name).click(trial=True, timeout=2000)


def test_on_a_phone_the_two_maps_stand_one_below_the_other(visit: Visit) -> None:
    reader = visit("/?perspective=both", PHONE)
    expect(reader.twin).to_be_visible()
    upper, lower, frame = (b.bounding_box() for b in (reader.box, reader.twin, reader.page.locator(MAP)))
    assert upper
    assert lower
    assert frame
    assert upper["y"] + upper["height"] <= lower["y"] + 1
    for box in (upper, lower):
        assert frame["x"] <= box["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"] <= PHONE["width"]
    assert lower["y"] + lower["height"] <= frame["y"] + frame["height"]
    for run in (reader.page.evaluate, reader.run):
        assert run("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    for name in ("Earlier", "Play"):
        reader.timeline.get_by_role("button", name=name).click(trial=True)
    reader.timeline.get_by_role("button", name="Earlier").click()
    expect(reader.timeline).not_to_have_attribute("data-date", "")
    expect(reader.twin).to_be_hidden()


@pytest.mark.parametrize("meaning", ["ru_usage", "jp_usage", "treaty_1875", "san_francisco"])
def test_a_meaning_of_kuril_outlines_what_it_covers(
    regular: Reader, address: str, dossier: Dossier, ground: Ground, meaning: str
) -> None:
    assert meaning in dossier.meanings
    if not regular.page.url.startswith(f"{address}/?kuril="):
        regular.open(f"{address}/?kuril=ru_usage")
        regular.frame_whole_chain()
    regular.pick("kuril", dossier.meanings[meaning].definition.title_en)
    expect(regular.page).to_have_url(re.compile(f"kuril={meaning}"))
    expect(regular.map.locator(".strip").first).to_contain_text(dossier.meanings[meaning].definition.title_en)
    covers = {str(a): c.covers for a, c in dossier.meanings[meaning].covers.items()}
    outlines = regular.picture(ground=ground).outlines
    assert outlines == {**dict.fromkeys(outlines, "no"), **covers}
