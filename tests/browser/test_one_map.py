"""The map stays the same map, where the reader left it, whatever is chosen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .reader import Reader

# resolves once the map has stood still for some frames
STILL = """() => new Promise((done) => {
  let last = "", same = 0;
  const look = () => {
    const now = `${map.getZoom()} ${map.getCenter()}`;
    same = now === last ? same + 1 : 0;
    last = now;
    if (same > 10) done();
    else requestAnimationFrame(look);
  };
  look();
})"""


# longitude and latitude between the islands, in the frame also when zoomed in
MID_SEA = (147.3, 44.35)


@pytest.fixture
def settled(reader: Reader) -> Reader:
    """Let a reader zoom in and drag the map; leave a mark on the map's frame."""
    first = reader.view()
    reader.map.get_by_role("button", name="Zoom in").click()
    x, y = reader.point(*MID_SEA)
    reader.page.mouse.move(x, y)
    reader.page.mouse.down()
    reader.page.mouse.move(x + 30, y + 20, steps=4)
    reader.page.mouse.up()
    reader.run(STILL)
    view = reader.view()
    assert view["zoom"] > first["zoom"]
    assert (view["lat"], view["lng"]) != (first["lat"], first["lng"])
    reader.run("() => { window.__probe = 1; }")
    return reader


def test_choosing_renaming_and_measuring_leave_the_map_where_it_is(settled: Reader) -> None:
    view = settled.view()
    settled.click_island("kunashir")
    settled.sees("kunashir")
    settled.name_in("ja")
    expect(settled.heading).to_have_text("国後島 Kunashiri-tō")
    settled.measure_from("野付半島")
    expect(settled.card.locator(".near")).to_contain_text("野付半島")
    settled.choose_in_list("iturup")
    expect(settled.box).to_have_attribute("data-island", "iturup")
    settled.clear()
    settled.run(STILL)
    assert settled.view() == view
    assert settled.run("() => window.__probe") == 1
    expect(settled.page.locator("iframe")).to_have_count(1)


def test_a_long_session_of_toggles_leaves_nothing_behind(settled: Reader) -> None:
    view = settled.view()
    for turn in range(30):
        settled.name_in(("ja", "ru")[turn % 2])
    settled.name_in("both")
    settled.turn_to("distances")
    expect(settled.distances).to_contain_text("歯舞群島 Habomai-guntō / Хабомаи Khabomai")
    assert settled.run("() => window.feature_group.length") <= 2
    assert settled.view() == view
    assert settled.run("() => window.__probe") == 1
