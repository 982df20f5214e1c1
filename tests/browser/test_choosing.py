"""Choosing an island on the map, in the list, by keyboard and by link, and taking the choice back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, ViewportSize, WebSocket, expect

from .conftest import Visit
from .reader import DESK, GROUND, ISLANDS, OPEN_SEA, PHONE, SIZES, Reader

sizes = pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)


@sizes
def test_a_click_on_an_islands_own_ground_shows_it(visit: Visit, size: ViewportSize) -> None:
    reader = visit(size=size)
    reader.sees_all_four()
    for island in ISLANDS:
        reader.click_island(island)
        reader.sees(island)
        for text in ("Japan", "claims since", "Russia", "administers since"):
            expect(reader.panel).to_contain_text(text)
        expect(reader.panel.locator("blockquote")).to_contain_text("Japan claimed the Iturup")
        expect(reader.panel).to_contain_text("TASS")
        expect(reader.card).to_be_visible()
        reader.turn_to("distances")
        row = reader.distances.locator(f"tr.about-{island}")
        expect(row).to_contain_text(ISLANDS[island][0])
        expect(row).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
        near = re.fullmatch(r"([\d.,]+) km from .*", reader.card.locator(".near").inner_text())
        assert near
        expect(row).to_contain_text(near[1])
        reader.clear()


@sizes
def test_the_card_stands_inside_the_map(visit: Visit, size: ViewportSize) -> None:
    reader = visit(size=size)
    for island in ISLANDS:
        reader.choose_in_list(island)
        reader.sees(island)
        card, box = reader.card.bounding_box(), reader.box.bounding_box()
        assert card
        assert box
        assert box["x"] <= card["x"]
        assert card["x"] + card["width"] <= box["x"] + box["width"]
        assert box["y"] <= card["y"]
        assert card["y"] + card["height"] <= box["y"] + box["height"]


def test_the_card_leaves_the_other_islands_in_reach(reader: Reader) -> None:
    for chosen in ISLANDS:
        reader.choose_in_list(chosen)
        reader.sees(chosen)
        hidden = [island for island in ISLANDS if island != chosen and reader.covered(*GROUND[island])]
        assert hidden == [], chosen


def test_a_tap_on_a_phone_shows_the_island(browser: Browser, address: str) -> None:
    reader = Reader.arrive(browser, PHONE, has_touch=True, is_mobile=True)
    reader.open(address)
    reader.label("habomai").tap()
    reader.sees("habomai")
    reader.card.get_by_role("button", name="Clear selection").tap()
    reader.sees_all_four()
    x, y = reader.point(*GROUND["iturup"])
    reader.page.touchscreen.tap(x, y)
    reader.sees("iturup")
    reader.leave()


def test_a_click_on_a_label_shows_its_island(reader: Reader) -> None:
    for island in ISLANDS:
        reader.label(island).click()
        reader.sees(island)
        reader.clear()


def test_a_choice_in_the_list_shows_the_island_on_the_map(reader: Reader) -> None:
    for island in ISLANDS:
        reader.choose_in_list(island)
        reader.sees(island)
        expect(reader.map.locator(".island-label.on .label")).to_have_attribute("data-id", island)
        expect(reader.distance_line).to_have_count(1)


def test_the_list_shows_what_was_chosen_on_the_map(reader: Reader) -> None:
    listed = reader.page.locator(".st-key-island").get_by_role("radio", checked=True)
    expect(listed).to_have_count(0)
    reader.click_island("shikotan")
    reader.sees("shikotan")
    expect(listed).to_have_count(1)
    expect(listed).to_contain_text("Shikotan")


def test_another_island_takes_the_place_of_the_first(reader: Reader) -> None:
    reader.click_island("iturup")
    reader.sees("iturup")
    reader.click_island("shikotan")
    reader.sees("shikotan")
    expect(reader.heading).not_to_contain_text("択捉島")
    expect(reader.map.locator(".island-label.on")).to_have_count(1)


def test_of_quick_clicks_the_last_one_holds(reader: Reader) -> None:
    for island in ("iturup", "shikotan", "iturup"):
        reader.click_island(island)
    reader.sees("iturup")
    reader.name_in("ja")
    expect(reader.heading).to_have_text("択捉島 Etorofu-tō")
    expect(reader.box).to_have_attribute("data-island", "iturup")


def test_a_second_click_takes_the_choice_back(reader: Reader) -> None:
    reader.click_island("kunashir")
    reader.sees("kunashir")
    reader.click_island("kunashir")
    reader.sees_all_four()
    reader.click_island("kunashir")
    reader.sees("kunashir")


def test_open_sea_the_cards_close_button_and_clear_each_take_the_choice_back(reader: Reader) -> None:
    clear = reader.page.locator(".st-key-clear button")
    close = reader.card.get_by_role("button", name="Clear selection")
    ways: list[Callable[[], None]] = [lambda: reader.click(*OPEN_SEA), close.click, clear.click]
    for way in ways:
        reader.click_island("habomai")
        reader.sees("habomai")
        way()
        reader.sees_all_four()


def test_a_click_on_the_card_itself_changes_nothing(reader: Reader) -> None:
    reader.click_island("iturup")
    reader.sees("iturup")
    reader.card.locator(".title").click()
    reader.name_in("ja")
    expect(reader.heading).to_contain_text("択捉島")
    expect(reader.box).to_have_attribute("data-island", "iturup")


def test_a_double_click_leaves_the_island_chosen(reader: Reader) -> None:
    reader.page.mouse.dblclick(*reader.point(147.85, 45.1))
    reader.sees("iturup")
    # an answer that comes after this one would have come through the same line
    reader.name_in("ja")
    expect(reader.heading).not_to_contain_text("Итуруп")
    expect(reader.heading).to_contain_text("択捉島")
    expect(reader.box).to_have_attribute("data-island", "iturup")


def test_an_island_is_reached_and_chosen_by_keyboard(reader: Reader) -> None:
    reader.box.focus()
    reached = ""
    for _ in range(20):
        reader.page.keyboard.press("Tab")
        reached = reader.run("() => document.activeElement.querySelector('.label')?.dataset.id || ''")
        if reached == "kunashir":
            break
    assert reached == "kunashir"
    button = reader.map.get_by_role("button", name="国後島 Kunashiri-tō Кунашир Kunashir")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-pressed", "false")
    for key in ("Enter", "Space"):
        reader.page.keyboard.press(key)
        reader.sees("kunashir")
        expect(button).to_have_attribute("aria-pressed", "true")
        reader.page.keyboard.press(key)
        reader.sees_all_four()


def test_another_origin_moves_the_line_and_the_distance_on_the_card(visit: Visit) -> None:
    reader = visit("/?island=kunashir")
    reader.sees("kunashir")
    reader.turn_to("distances")
    near = reader.card.locator(".near")
    expect(near).to_contain_text("Nosappu-misaki")
    # as given in data/places.csv: where each line starts, in pixels of the map's layer
    starts = {"Nosappu": (145.81694, 43.38528), "Notsuke": (145.33115, 43.5936), "Shiretoko": (145.34278, 44.34167)}
    seen: list[str] = []
    for name, (lon, lat) in starts.items():
        reader.measure_from(name)
        expect(near).to_contain_text(name)
        expect(reader.distances.locator("#distances h2")).to_contain_text(name)
        line = reader.distance_line.get_attribute("d") or ""
        x, y = (float(n) for n in re.findall(r"-?[\d.]+", line)[:2])
        start = reader.run("([lat, lon]) => window.map.latLngToLayerPoint([lat, lon])", [lat, lon])
        assert (x, y) == pytest.approx((start["x"], start["y"]), abs=2)
        seen.append(near.inner_text())
    assert len(set(seen)) == len(starts)


def test_the_address_carries_the_view_and_opens_it_elsewhere(visit: Visit) -> None:
    reader = visit()
    reader.click_island("shikotan")
    reader.sees("shikotan")
    reader.name_in("ru")
    reader.measure_from("Ноцукэ")
    expect(reader.page).to_have_url(re.compile("island=shikotan"))
    expect(reader.page).to_have_url(re.compile("naming=ru"))
    expect(reader.page).to_have_url(re.compile("origin=notsuke"))
    query = reader.page.url.partition("?")[2]

    other = visit(f"/?{query}")
    expect(other.box).to_have_attribute("data-island", "shikotan")
    expect(other.box).to_have_attribute("data-naming", "ru")
    expect(other.heading).to_have_text(reader.heading.inner_text())
    expect(other.card).to_contain_text(reader.card.locator(".near").inner_text())
    for one in (reader, other):
        one.turn_to("distances")
    expect(other.distances).to_have_text(reader.distances.inner_text(), use_inner_text=True)

    reader.click(*OPEN_SEA)
    expect(reader.page).not_to_have_url(re.compile("island="))


def test_back_and_forward_go_through_the_views(reader: Reader) -> None:
    reader.choose_in_list("kunashir")
    reader.sees("kunashir")
    expect(reader.page).to_have_url(re.compile("island=kunashir"))
    reader.choose_in_list("shikotan")
    reader.sees("shikotan")
    expect(reader.page).to_have_url(re.compile("island=shikotan"))
    reader.page.go_back()
    reader.sees("kunashir")
    reader.page.go_forward()
    reader.sees("shikotan")


def test_a_link_with_unknown_words_opens_the_usual_view_with_a_note(visit: Visit) -> None:
    reader = visit("/?island=<img src=x onerror=alert(1)>&naming=klingon")
    reader.sees_all_four()
    notes = reader.page.get_by_test_id("stAlert")
    expect(notes).to_have_count(2)
    expect(reader.page.locator("body")).not_to_contain_text("onerror")
    expect(reader.page.locator("body")).not_to_contain_text("klingon")


def test_two_readers_do_not_disturb_each_other(visit: Visit) -> None:
    one, other = visit(), visit()
    one.click_island("kunashir")
    one.name_in("ja")
    one.measure_from("根室")
    other.click_island("iturup")
    other.sees("iturup")
    other.name_in("ru")
    expect(other.heading).to_have_text("Итуруп Iturup")
    expect(other.card.locator(".near")).to_contain_text("мыс Носаппу")
    expect(one.heading).to_have_text("国後島 Kunashiri-tō")
    expect(one.card.locator(".near")).to_contain_text("根室")
    expect(one.box).to_have_attribute("data-naming", "ja")


def test_a_click_is_answered_by_the_browser_before_the_server_hears_of_it(reader: Reader) -> None:
    answered = reader.run(
        """() => {
          const land = document.querySelector("path.island-kunashir");
          const { left, top } = land.getBoundingClientRect();
          land.dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 1, clientX: left, clientY: top }));
          return window.parent.document.querySelector(".st-key-panel h2").textContent;
        }"""
    )
    assert "国後島" in answered
    # and the server follows: the list has the island, and the address
    expect(reader.page.locator(".st-key-island").get_by_role("radio", checked=True)).to_contain_text("Kunashir")
    expect(reader.page).to_have_url(re.compile("island=kunashir"))


@pytest.mark.parametrize("blocked", ["**/files/page-*.js", "**/files/texts-*.json"])
def test_where_the_pages_script_or_its_texts_do_not_come_the_server_answers(
    browser: Browser, address: str, blocked: str
) -> None:
    reader = Reader.arrive(browser, DESK)
    reader.page.route(blocked, lambda route: route.abort())
    reader.page.goto(address)
    expect(reader.map.locator("[data-ready=yes]")).to_be_visible()
    expect(reader.page.locator(".st-key-body[data-section]")).to_have_count(0)
    reader.label("kunashir").click()
    reader.sees("kunashir")
    expect(reader.page).to_have_url(re.compile("island=kunashir"))
    reader.page.locator(".st-key-naming").get_by_text("Russian", exact=True).click()
    expect(reader.heading).to_have_text("Кунашир Kunashir")
    expect(reader.box).to_have_attribute("data-naming", "ru")
    reader.choose_in_list("iturup")
    expect(reader.heading).to_have_text("Итуруп Iturup")
    expect(reader.box).to_have_attribute("data-island", "iturup")
    reader.clear()
    assert reader.observed.outside == []
    reader.leave()


def test_a_click_sends_the_island_and_nothing_of_the_maps_inner_state(browser: Browser, address: str) -> None:
    reader = Reader.arrive(browser, DESK)
    sent: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda data: sent.append(data if isinstance(data, bytes) else data.encode()))

    reader.page.on("websocket", listen)
    reader.open(address)
    before = len(sent)
    reader.click_island("kunashir")
    reader.sees("kunashir")
    reader.name_in("ja")
    expect(reader.heading).to_have_text("国後島 Kunashiri-tō")
    clicks = [frame for frame in sent[before:] if b"kunashir" in frame]
    assert clicks
    for inner in (b"last_object_clicked", b"last_clicked", b"bounds", b"zoom"):
        assert not any(inner in frame for frame in sent)
    reader.leave()
