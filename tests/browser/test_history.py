"""The past on the map: stepping, jumping and playing through the dated states of the border, and links to them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from geo.i18n import date as date_text
from geo.loading.dossier import Dossier
from geo.model.history import holders_on
from geo.page.selection import dated_state, select
from geo.page.view import View

from .conftest import Visit
from .reader import Reader

Ground = dict[str, list[tuple[float, float]]]
DATES = ("1855", "1855-02-07", "1875-05-07", "1905-09-05", "1945-08-28", "1945-09-01", "1945-09-05")

# notes every date that the timeline shows from now on
NOTE_DATES = """() => {
  const bar = document.querySelector(".timeline");
  window.seen = [bar.dataset.date];
  new MutationObserver(() => {
    if (window.seen.at(-1) !== bar.dataset.date) window.seen.push(bar.dataset.date);
  }).observe(bar, { attributes: true, attributeFilter: ["data-date"] });
}"""
# clicks a button of the timeline again and again without waiting for the page
CLICKS = """([name, times]) => {
  const button = document.querySelector(`.timeline button[aria-label="${name}"]`);
  for (let n = 0; n < times; n++) button.click();
}"""


def dates_of(drawing: dict[str, Any]) -> list[str]:
    """List the dates of the timeline from the first to today, which is nothing."""
    return [*(step["date"] for step in drawing["steps"]), ""]


@pytest.mark.parametrize("date", DATES)
def test_each_area_has_the_pattern_of_who_held_it(
    regular: Reader, address: str, dossier: Dossier, ground: Ground, date: str
) -> None:
    regular.open(f"{address}/?date={date}")
    regular.sees_date(date)
    held = {str(area): [f"url(#pattern-{h.holder})"] for area, h in holders_on(dossier.history, date).items()}
    picture = regular.picture(ground=ground)
    assert picture.patterns == held
    assert picture.heading == date_text(date)
    assert "not who had the better title" in picture.strip


def test_a_border_stands_where_two_states_met(regular: Reader, address: str) -> None:
    for date, borders in {
        "1855-02-07": {"iturup_urup"},
        "1875-05-07": set(),
        "1945-09-05": {"hokkaido_islands"},
    }.items():
        regular.open(f"{address}/?date={date}")
        picture = regular.picture()
        assert set(picture.borders) == borders
        assert set(picture.borders.values()) <= {"solid"}
        assert set(picture.units.values()) == {""}


def test_stepping_goes_from_one_dated_state_to_the_next(regular: Reader, address: str, drawing: dict[str, Any]) -> None:
    dates = dates_of(drawing)
    regular.open(f"{address}/?date=1855")
    # 1855 lies between two states of the border: the next one later is the treaty of February
    at = dates.index("1855-02-07")
    earlier = regular.timeline.get_by_role("button", name="Earlier")
    later = regular.timeline.get_by_role("button", name="Later")
    for button, place in ((later, at), (later, at + 1), (earlier, at), (earlier, at - 1)):
        button.click()
        regular.sees_date(dates[place])
        step = drawing["steps"][place]
        expect(regular.timeline.locator("output")).to_have_text(step["label"])
        expect(regular.page.locator(".history h2")).to_have_text(f"On {step['label']}")
    regular.pick("date", "Today")
    regular.sees_date("")
    expect(later).to_be_disabled()
    expect(regular.page.locator(".history")).to_have_count(0)


def test_the_slider_is_moved_by_keyboard(regular: Reader, address: str, drawing: dict[str, Any]) -> None:
    dates = dates_of(drawing)
    regular.open(address)
    slider = regular.timeline.get_by_role("slider")
    slider.focus()
    for key, place in (("ArrowLeft", -2), ("ArrowLeft", -3), ("ArrowRight", -2), ("Home", 0), ("End", -1)):
        regular.page.keyboard.press(key)
        regular.sees_date(dates[place])
        titles = [*(step["title"] for step in drawing["steps"]), drawing["text"]["today"]]
        expect(slider).to_have_attribute("aria-valuetext", re.compile(re.escape(titles[place])))


def test_a_jump_with_the_select_box_shows_event_clause_and_both_readings(
    regular: Reader, address: str, dossier: Dossier, drawing: dict[str, Any]
) -> None:
    regular.open(address)
    for date in ("1855-02-07", "1951-09-08"):
        step = next(s for s in drawing["steps"] if s["date"] == date)
        regular.pick("date", f"{step['label']}: {step['title']}")
        regular.sees_date(date)
        shown = regular.page.locator(".history")
        expect(shown.locator("h2")).to_have_text(f"On {step['label']}")
        told = dated_state(select(dossier, View()), date)
        assert told.events
        assert told.pairs
        for event in told.events:
            expect(shown).to_contain_text(event.title_en)
            expect(shown).to_contain_text(event.clause_en)
        for pair in told.pairs:
            for state, claims in pair.claims.items():
                assert claims
                for claim in claims:
                    side = shown.locator(f".side-{state} [id$='claim-{claim.claim_id}']")
                    expect(side).to_contain_text(claim.position_en or "not addressed it")
        for holding in told.held.values():
            if holding.area_id not in {"hokkaido", "kamchatka"}:
                expect(shown.locator("table")).to_contain_text(holding.holder_name_en)
        radios = regular.page.locator(".st-key-perspective").get_by_role("radio")
        for n in range(radios.count()):
            expect(radios.nth(n)).to_be_disabled()
    regular.pick("date", "Today")
    expect(regular.page.locator(".st-key-perspective").get_by_role("radio").first).to_be_enabled()


def test_playing_runs_to_today_and_stops_there(regular: Reader, address: str, drawing: dict[str, Any]) -> None:
    dates = dates_of(drawing)
    regular.open(f"{address}/?date={dates[-5]}")
    # ten times as fast as a reader would see it
    regular.run("() => { const real = setInterval; window.setInterval = (act, ms) => real(act, ms / 10); }")
    regular.run(NOTE_DATES)
    regular.timeline.get_by_role("button", name="Play").click()
    regular.sees_date("")
    expect(regular.timeline.get_by_role("button", name="Play")).to_have_text("▶")
    assert regular.run("() => window.seen") == dates[-5:]


def test_playing_can_be_paused(regular: Reader, address: str, drawing: dict[str, Any]) -> None:
    dates = dates_of(drawing)
    regular.open(f"{address}/?date={dates[0]}")
    regular.timeline.get_by_role("button", name="Play").click()
    pause = regular.timeline.get_by_role("button", name="Pause")
    regular.sees_date(dates[1])
    pause.click()
    at = regular.timeline.get_attribute("data-date") or ""
    regular.page.wait_for_timeout(2600)
    regular.sees_date(at)


def test_of_a_fast_series_of_clicks_the_last_one_holds(regular: Reader, address: str, drawing: dict[str, Any]) -> None:
    dates = dates_of(drawing)
    regular.open(address)
    regular.run(NOTE_DATES)
    earlier = regular.timeline.get_by_role("button", name="Earlier")
    for _ in range(6):
        earlier.click()
    regular.run(CLICKS, ["Earlier", 8])
    regular.timeline.get_by_role("button", name="Later").click()
    regular.sees_date(dates[-14])
    # an answer that comes after this one would have come through the same line
    regular.name_in("ja")
    regular.name_in("both")
    regular.sees_date(dates[-14])
    seen = regular.run("() => window.seen")
    down = [dates.index(d) for d in seen[:-1]]
    assert down == sorted(down, reverse=True)
    assert seen[-2:] == [dates[-15], dates[-14]]


def test_a_link_opens_perspective_date_and_meaning_together(regular: Reader, address: str, dossier: Dossier) -> None:
    regular.open(f"{address}/?perspective=jp&date=1945-09-01&kuril=treaty_1875&island=shikotan")
    regular.sees_date("1945-09-01")
    expect(regular.box).to_have_attribute("data-scene", "date-1945-09-01")
    expect(regular.map.locator(".strip")).to_contain_text(dossier.meanings["treaty_1875"].definition.title_en)
    expect(regular.page.get_by_test_id("stAlert")).to_have_count(0)
    assert regular.picture().rows[0] == ["Held on 1 Sep 1945", "Soviet Union"]
    # what the link said of today comes into force when the reader comes back to it
    regular.pick("date", "Today")
    expect(regular.box).to_have_attribute("data-scene", "jp")
    expect(regular.page).to_have_url(re.compile("perspective=jp"))
    expect(regular.page).to_have_url(re.compile("kuril=treaty_1875"))


@pytest.mark.parametrize(
    "query", ["perspective=mars", "date=1945-02-30", "date=3000", "kuril=all", "perspective=x&date=y&kuril=z"]
)
def test_an_unknown_view_date_or_meaning_falls_back_with_a_note(regular: Reader, address: str, query: str) -> None:
    regular.open(f"{address}/?{query}")
    expect(regular.page.get_by_test_id("stAlert")).to_have_count(query.count("="))
    expect(regular.box).to_have_attribute("data-scene", "administered")
    expect(regular.timeline).to_have_attribute("data-date", "")
    expect(regular.map.locator(".counted")).to_have_count(0)


def test_back_and_forward_go_through_views_and_dates(visit: Visit, drawing: dict[str, Any]) -> None:
    dates = dates_of(drawing)
    reader = visit()
    reader.look_as("jp")
    expect(reader.page).to_have_url(re.compile("perspective=jp"))
    reader.look_as("ru")
    expect(reader.page).to_have_url(re.compile("perspective=ru"))
    reader.timeline.get_by_role("button", name="Earlier").click()
    reader.sees_date(dates[-2])
    reader.page.go_back()
    reader.sees_date("")
    expect(reader.box).to_have_attribute("data-scene", "ru")
    reader.page.go_back()
    expect(reader.box).to_have_attribute("data-scene", "jp")
    reader.page.go_forward()
    expect(reader.box).to_have_attribute("data-scene", "ru")
    reader.page.go_forward()
    reader.sees_date(dates[-2])
