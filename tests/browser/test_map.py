"""What a reader sees on the map at the first view, and by which names."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Locator, ViewportSize, expect

from .conftest import Visit
from .reader import ISLANDS, MAP, NAMINGS, SIZES, Reader

sizes = pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)

# visible labels with the box of their letters, in pixels of the frame
LABELS = """() => [...document.querySelectorAll(".label")]
  .filter((label) => label.getClientRects().length)
  .map((label) => {
    const lines = [...label.querySelectorAll(".name, .units, .border-label b, .border-label i")];
    const boxes = lines.flatMap((n) => [...n.getClientRects()]).filter((b) => b.width);
    return {
      what: label.dataset.id,
      left: Math.min(...boxes.map((b) => b.left)), right: Math.max(...boxes.map((b) => b.right)),
      top: Math.min(...boxes.map((b) => b.top)), bottom: Math.max(...boxes.map((b) => b.bottom)),
    };
  })"""
FURNITURE = """() => [...document.querySelectorAll(".leaflet-control, .strip, .heading, .timeline")]
  .filter((node) => node.getClientRects().length)
  .map((node) => {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    return { what: node.className, left, right, top, bottom };
  })"""


def meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether two boxes share ground."""
    return bool(
        one["left"] < other["right"]
        and other["left"] < one["right"]
        and one["top"] < other["bottom"]
        and other["top"] < one["bottom"]
    )


def inside(reader: Reader, node: Locator, size: ViewportSize) -> bool:
    """Tell whether all of a node of the map is inside the frame and on the screen without scrolling."""
    frame, box = reader.page.locator(MAP).bounding_box(), node.bounding_box()
    assert frame
    assert box
    return (
        box["width"] > 0
        and box["height"] > 0
        and frame["x"] <= box["x"]
        and box["x"] + box["width"] <= min(frame["x"] + frame["width"], size["width"])
        and frame["y"] <= box["y"]
        and box["y"] + box["height"] <= min(frame["y"] + frame["height"], size["height"])
    )


@sizes
def test_the_first_view_shows_all_four_islands_and_nemuro_without_scrolling(visit: Visit, size: ViewportSize) -> None:
    reader = visit(size=size)
    for island in ISLANDS:
        assert inside(reader, reader.land(island), size), island
        assert inside(reader, reader.label(island), size), island
    assert inside(reader, reader.label("nemuro"), size)


def test_each_island_has_a_pattern_of_its_own(reader: Reader) -> None:
    drawn: set[str] = set()
    for island in ISLANDS:
        expect(reader.land(island)).to_have_attribute("fill", f"url(#pattern-{island})")
        drawn.add(reader.map.locator(f"pattern#pattern-{island} path").get_attribute("d") or "")
    assert len(drawn - {""}) == len(ISLANDS)


@sizes
def test_no_label_of_the_first_view_is_cut_off_or_covers_another(visit: Visit, size: ViewportSize) -> None:
    reader = visit(size=size)
    width, height = reader.run("() => [innerWidth, innerHeight]")
    wrong: list[tuple[str, ...]] = []
    for naming in NAMINGS:
        reader.name_in(naming)
        labels: list[dict[str, Any]] = reader.run(LABELS)
        assert {label["what"] for label in labels} >= {*ISLANDS, "nemuro", "nosappu", "notsuke", "shiretoko"}
        wrong += [(naming, a["what"], "covers", b["what"]) for a, b in combinations(labels, 2) if meet(a, b)]
        furniture: list[dict[str, Any]] = reader.run(FURNITURE)
        wrong += [(naming, b["what"], "covers", a["what"]) for a in labels for b in furniture if meet(a, b)]
        wrong += [
            (naming, label["what"], "is cut off")
            for label in labels
            if label["left"] < 0 or label["top"] < 0 or label["right"] > width or label["bottom"] > height
        ]
    assert wrong == []


def test_the_names_on_the_map_are_those_of_the_naming_and_both_come_back(reader: Reader) -> None:
    subjects = {**ISLANDS, "nemuro": ("根室", "Немуро")}
    for naming in ("ja", "ru"):
        reader.name_in(naming)
        for subject, names in subjects.items():
            for convention, name in zip(("ja", "ru"), names, strict=True):
                line = reader.label(subject).locator(f".name.{convention}")
                expect(line).to_contain_text(name)
                expect(line).to_be_visible(visible=convention == naming)
        # the map as a reader reads it, legend and all: inner_text leaves out what is not shown
        text = reader.box.inner_text()
        assert all((ja in text, ru in text) == (naming == "ja", naming == "ru") for ja, ru in ISLANDS.values())
    reader.name_in("both")
    text = reader.box.inner_text()
    assert all(name in text for names in subjects.values() for name in names)


def test_the_naming_reaches_the_card_the_panel_and_the_tables(visit: Visit) -> None:
    reader = visit("/?island=kunashir")
    reader.sees("kunashir")
    reader.turn_to("distances")
    parts = (reader.card.locator(".title"), reader.heading, reader.distances)
    for naming, shown, hidden in (("ja", "国後島", "Кунашир"), ("ru", "Кунашир", "国後島")):
        reader.name_in(naming)
        for part in parts:
            expect(part).to_contain_text(shown)
            expect(part).not_to_contain_text(hidden)
    reader.name_in("both")
    for part in parts:
        expect(part).to_contain_text("国後島")
        expect(part).to_contain_text("Кунашир")


def test_the_map_has_a_scale_a_legend_its_sources_and_says_how_it_is_drawn(reader: Reader) -> None:
    expect(reader.map.locator(".leaflet-control-scale")).to_contain_text("km")
    expect(reader.map.locator(".legend")).to_contain_text("国後島")
    expect(reader.map.locator(".strip")).to_contain_text("Russia administers all four islands and Japan claims them")
    attribution = reader.map.locator(".leaflet-control-attribution")
    expect(attribution).to_contain_text("OpenStreetMap")
    expect(attribution.locator("svg, img")).to_have_count(0)


def test_nothing_leaves_the_machine_and_nothing_is_logged_as_an_error(reader: Reader) -> None:
    reader.click_island("kunashir")
    reader.sees("kunashir")
    reader.name_in("ru")
    reader.measure_from("Немуро")
    expect(reader.card.locator(".near")).to_contain_text("Немуро")
    reader.clear()
    assert reader.observed.outside == []
    assert reader.observed.errors == []


def test_an_online_background_is_asked_for_only_when_it_is_switched_on(visit: Visit) -> None:
    reader = visit()
    strip = reader.map.locator(".strip")
    own = strip.inner_text()
    reader.map.locator(".leaflet-control-layers").hover()
    expect(reader.map.get_by_role("radio", name="Own drawing (no network)")).to_be_checked()
    assert reader.observed.outside == []
    with reader.page.expect_event("requestfailed", lambda request: "tile.openstreetmap.org" in request.url):
        reader.map.get_by_role("radio", name="OpenStreetMap").check()
    expect(strip).to_contain_text("third party")
    reader.map.get_by_role("radio", name="Own drawing (no network)").check()
    expect(strip).to_have_text(own)
    assert reader.observed.outside
    assert all(url.startswith("https://tile.openstreetmap.org/") for url in reader.observed.outside)
    # asked for here and stopped on purpose
    reader.observed.outside.clear()
    reader.observed.errors.clear()
