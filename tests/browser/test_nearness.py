"""Distances from any point, zones of the sea and the table of shores, in a real browser."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from geo.loading.dossier import Dossier
from geo.loading.nearness import nearness

from .conftest import Visit
from .reader import OPEN_SEA, PHONE, Reader

POINT = "43.33, 145.58"


def km_of(dossier: Dossier, origin: str, island: str) -> str:
    return f"{nearness(dossier, origin)[island].computed.km:,.2f}"


def asked_from(reader: Reader) -> str:
    """Give the point that stands in the address."""
    found = re.search(r"[?&]from=([^&#]+)", reader.page.url)
    assert found
    return found[1].replace("%2C", ",")


def test_a_typed_point_is_an_origin_everywhere_and_the_address_says_so(reader: Reader, dossier: Dossier) -> None:
    reader.choose_in_list("kunashir")
    reader.turn_to("distances")
    reader.type_origin(POINT)
    expect(reader.page).to_have_url(re.compile("from=43.33(,|%2C)145.58"))
    km = km_of(dossier, "43.33,145.58", "kunashir")
    expect(reader.panel).to_contain_text(f"{km} km")
    expect(reader.distances.locator("h2").first).to_contain_text(POINT)
    expect(reader.card.locator(".near")).to_have_text(f"{km} km from {POINT}")
    expect(reader.box.locator(".km")).to_have_text(f"{km} km")
    # the browser goes on answering: another island, another naming, from the same point
    reader.choose_in_list("shikotan")
    expect(reader.panel).to_contain_text(f"{km_of(dossier, '43.33,145.58', 'shikotan')} km")
    reader.name_in("ja")
    expect(reader.card.locator(".near")).to_contain_text(POINT)
    # and a place of the list takes over again
    reader.measure_from("納沙布岬")
    expect(reader.page).not_to_have_url(re.compile("from="))
    expect(reader.panel).to_contain_text(f"{km_of(dossier, 'nosappu', 'shikotan')} km")


@pytest.mark.parametrize("words", ["nowhere", "95, 10", "43.33"])
def test_what_is_no_origin_is_refused_in_a_sentence_and_the_old_one_stays(reader: Reader, words: str) -> None:
    reader.type_origin(words)
    expect(reader.page.locator(".st-key-controls")).to_contain_text("A point is written as latitude and longitude")
    expect(reader.page).not_to_have_url(re.compile("from="))
    reader.turn_to("distances")
    expect(reader.distances.locator("h2").first).to_contain_text("納沙布岬")


def test_a_click_on_the_map_measures_from_there_and_a_link_opens_it_again(
    reader: Reader, visit: Visit, dossier: Dossier
) -> None:
    reader.click_island("iturup")
    reader.sees("iturup")
    button = reader.map.get_by_role("button", name="Measure km from here")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    reader.click(*OPEN_SEA)
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(reader.page).to_have_url(re.compile("from="))
    point = asked_from(reader)
    lat, lon = map(float, point.split(","))
    assert (lon, lat) == pytest.approx(OPEN_SEA, abs=0.01)
    km = km_of(dossier, point, "iturup")
    # the island stays chosen: the click was for the point
    reader.sees("iturup")
    expect(reader.box.locator(".km")).to_have_text(f"{km} km")
    expect(reader.panel).to_contain_text(f"{km} km")
    expect(reader.page.locator(".st-key-origin input")).to_have_value(re.compile(re.escape(point.split(",")[0])))
    again = visit(f"/?{reader.page.url.partition('?')[2]}")
    again.sees("iturup")
    expect(again.box.locator(".km")).to_have_text(f"{km} km")


def test_escape_leaves_measuring_and_a_click_chooses_islands_again(reader: Reader) -> None:
    button = reader.map.get_by_role("button", name="Measure km from here")
    button.click()
    reader.page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-pressed", "false")
    reader.click_island("kunashir")
    reader.sees("kunashir")
    expect(reader.page).not_to_have_url(re.compile("from="))


def test_from_an_island_itself_no_line_is_drawn_and_the_table_says_so(visit: Visit) -> None:
    reader = visit("/?origin=yuzhno_kurilsk&island=kunashir#distances")
    reader.sees("kunashir")
    expect(reader.distance_line).to_have_count(0)
    expect(reader.distances.locator("tr.about-kunashir")).to_contain_text("The starting point is on it.")


def test_zones_are_drawn_when_asked_for_and_follow_the_perspective(reader: Reader) -> None:
    zones = reader.box.locator("path.zone")
    expect(zones).to_have_count(0)
    reader.pick("zones", "12 nautical miles: territorial sea")
    expect(zones).to_have_count(3)
    expect(reader.box.locator(".strip")).to_contain_text("not from straight baselines")
    expect(reader.page).to_have_url(re.compile("zones=12"))
    both = reader.box.locator("path.zone-four_islands")
    as_administered = both.get_attribute("stroke")
    assert as_administered == reader.box.locator("path.zone-russia").get_attribute("stroke")
    reader.look_as("jp")
    expect(both).to_have_attribute("stroke", reader.box.locator("path.zone-japan").get_attribute("stroke") or "")
    reader.pick("zones", "not shown")
    expect(zones).to_have_count(0)
    expect(reader.page).not_to_have_url(re.compile("zones="))


def test_the_shores_against_each_other_are_sorted_and_taken_along(reader: Reader, tmp_path: Path) -> None:
    reader.turn_to("sea")
    sea = reader.page.locator(".st-key-sea")
    sea.locator("summary", has_text="All islands, islets and capes").click()
    table = sea.locator("table.sortable")
    lengths = [
        float(v or "") for v in table.locator("tbody td:nth-child(3)").evaluate_all("n => n.map(c => c.dataset.value)")
    ]
    assert len(lengths) > 180
    assert lengths == sorted(lengths)
    heading = table.get_by_role("button", name=re.compile("^km"))
    heading.click()
    expect(table.locator("th").nth(2)).to_have_attribute("aria-sort", "descending")
    turned = [
        float(v or "") for v in table.locator("tbody td:nth-child(3)").evaluate_all("n => n.map(c => c.dataset.value)")
    ]
    assert turned == sorted(lengths, reverse=True)
    table.get_by_role("button", name=re.compile("^From")).click()
    expect(table.locator("th").nth(2)).to_have_attribute("aria-sort", "none")
    names = table.locator("tbody td:nth-child(1)").all_inner_texts()
    assert names[0] <= names[-1]
    with reader.page.expect_download() as download:
        sea.get_by_role("button", name="Download as CSV").click()
    file = tmp_path / "shores.csv"
    download.value.save_as(file)
    with file.open(encoding="utf-8", newline="") as text:
        found = list(csv.DictReader(text))
    assert len(found) == len(lengths)
    assert sorted(float(row["km"]) for row in found) == lengths


def test_on_a_phone_no_table_is_wider_than_its_frame(visit: Visit) -> None:
    reader = visit("/?island=kunashir", PHONE)
    for section in ("distances", "sea"):
        reader.turn_to(section)
        expect(reader.page.locator(f"#{section}")).to_be_visible()
        wide = reader.page.evaluate(
            "(id) => [...document.querySelectorAll(`#${id} > *`)]"
            ".filter((n) => n.getBoundingClientRect().right > innerWidth + 1)"
            ".map((n) => n.outerHTML.slice(0, 80))",
            section,
        )
        assert wide == []
