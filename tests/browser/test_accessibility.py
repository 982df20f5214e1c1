"""What axe finds in each state of the page and of the map's frame: nothing serious and nothing moderate."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Frame

from .reader import DESK, MAP, PHONE, ROOT, Reader

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = {"moderate", "serious", "critical"}
SECTIONS = ("claims", "arguments", "history", "press", "distances", "sea", "others", "words")
STATES = (
    "/",
    "/?island=kunashir&naming=ja",
    "/?perspective=both",
    "/?date=1945-09-01&naming=ru",
    "/?kuril=treaty_1875",
    "/?zones=12&from=43.33,145.58&island=shikotan",
)


def faults(frame: Frame) -> list[str]:
    """Let axe look at a document, frames aside; gives each grave fault with the first place it stands at."""
    frame.evaluate(AXE.read_text("utf-8"))
    found: list[dict[str, Any]] = frame.evaluate(
        "async () => (await axe.run(document, { iframes: false, resultTypes: ['violations'] })).violations"
    )
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found if v["impact"] in GRAVE]


@pytest.fixture(params=["light", "dark"])
def visitor(request: pytest.FixtureRequest, browser: Browser) -> Any:  # noqa: ANN401
    """Let a reader come whose machine is set to light or dark."""
    reader = Reader.arrive(browser, DESK, color_scheme=request.param)
    yield reader
    reader.leave()


@pytest.mark.parametrize("state", STATES)
def test_nothing_grave_in_any_state_of_page_and_frame(visitor: Reader, address: str, state: str) -> None:
    visitor.open(address + state)
    assert faults(visitor.page.main_frame) == []
    assert faults(visitor.frame) == []


def test_nothing_grave_in_any_section(visitor: Reader, address: str) -> None:
    visitor.open(f"{address}/?island=iturup")
    found = {}
    for section in SECTIONS:
        visitor.turn_to(section)
        found[section] = faults(visitor.page.main_frame)
    visitor.unfold()
    found["tools"] = faults(visitor.page.main_frame)
    assert found == {key: [] for key in found}


def test_nothing_grave_on_a_phone(browser: Browser, address: str) -> None:
    reader = Reader.arrive(browser, PHONE)
    reader.open(f"{address}/?island=habomai")
    assert faults(reader.page.main_frame) == []
    assert faults(reader.page.locator(MAP).element_handle().content_frame() or reader.frame) == []
    reader.leave()
