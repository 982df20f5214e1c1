"""The page in its three languages: what speaks them, what stays, and that each has the room it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from geo.i18n import PAGE_LANGUAGES
from geo.model.fields import Language

from .reader import DESK, PHONE, Reader
from .test_accessibility import faults

SMALL: ViewportSize = {"width": 360, "height": 640}
TITLES = {"en": "Four Islands", "ja": "四つの島", "ru": "Четыре острова"}
KM = {"en": "km", "ja": "km", "ru": "км"}
# elements whose text is wider than they are and is cut; what scrolls by design is left out
_CUT = """() => [...document.querySelectorAll(".fi *, h1, button, label, summary")].filter((node) => {
  const style = getComputedStyle(node);
  return node.offsetParent && node.scrollWidth > node.clientWidth + 1 && style.overflowX === "hidden"
    && node.clientWidth > 1 && !node.closest(".wide");
}).map((node) => node.textContent.trim().slice(0, 60))"""
_TOO_SMALL = """() => [
  ...document.querySelectorAll("button, summary, select, .contents a, input:not([type=range])")
].filter((node) => { const box = node.getBoundingClientRect();
    return node.checkVisibility({ visibilityProperty: true }) && box.width && (box.height < 43.5 || box.width < 24)
      && box.top < innerHeight && !node.closest("header, .stAppToolbar, .leaflet-control-attribution"); }
).map((node) => `${node.textContent.trim().slice(0, 30) || node.ariaLabel} ${Math.round(
  node.getBoundingClientRect().height)}`)"""


@pytest.fixture(params=PAGE_LANGUAGES)
def lang(request: pytest.FixtureRequest) -> Language:
    found: Language = request.param
    return found


@pytest.fixture
def come() -> Iterator[list[Reader]]:
    readers: list[Reader] = []
    yield readers
    for reader in readers:
        reader.leave()
        assert reader.observed.outside == []
        assert reader.observed.errors == []


@pytest.mark.parametrize("locale", ["en-GB", "ja-JP", "ru-RU"])
def test_the_page_opens_in_the_language_of_the_browser(
    browser: Browser, address: str, come: list[Reader], locale: str
) -> None:
    reader = Reader.arrive(browser, DESK, locale=locale)
    come.append(reader)
    reader.open(f"{address}/?island=kunashir")
    expect(reader.page.locator("h1").first).to_have_text(TITLES[locale[:2]])
    expect(reader.page.locator("html")).to_have_attribute("lang", locale[:2])
    assert reader.frame.evaluate("document.documentElement.lang") == locale[:2]
    assert "lang=" not in reader.page.url


def test_a_link_and_the_switch_change_the_language_and_keep_everything_else(
    browser: Browser, address: str, come: list[Reader]
) -> None:
    reader = Reader.arrive(browser, DESK)
    come.append(reader)
    reader.open(f"{address}/?island=shikotan&naming=ru&lang=ja")
    expect(reader.page.locator("h1").first).to_have_text(TITLES["ja"])
    reader.page.locator(".st-key-language").get_by_text("Русский", exact=True).click()
    expect(reader.page.locator("h1").first).to_have_text(TITLES["ru"])
    expect(reader.page).to_have_url(re.compile("lang=ru"))
    assert "island=shikotan" in reader.page.url
    assert "naming=ru" in reader.page.url
    expect(reader.page.locator("html")).to_have_attribute("lang", "ru")
    expect(reader.page.locator(".st-key-panel")).to_contain_text("считает своей территорией")
    # and what the browser answers by itself afterwards is in the new language too
    reader.page.locator(".st-key-island [role=radio]").nth(1).click()
    expect(reader.page.locator(".st-key-panel h2").first).to_contain_text("Кунашир")
    expect(reader.page.locator(".st-key-panel")).to_contain_text("Как близко")


def test_an_older_link_to_a_language_of_the_press_opens_in_the_browsers_language(
    browser: Browser, address: str, come: list[Reader]
) -> None:
    reader = Reader.arrive(browser, DESK)
    come.append(reader)
    reader.open(f"{address}/?language=ru")
    expect(reader.page.locator("h1").first).to_have_text(TITLES["en"])


@pytest.mark.parametrize("size", [DESK, PHONE, SMALL], ids=["desk", "phone", "small"])
def test_nothing_is_cut_runs_sideways_or_fails_axe_in_any_language(
    browser: Browser, address: str, come: list[Reader], lang: Language, size: ViewportSize
) -> None:
    reader = Reader.arrive(browser, size)
    come.append(reader)
    reader.open(f"{address}/?island=kunashir&lang={lang}")
    expect(reader.page.locator("html")).to_have_attribute("lang", lang)
    assert KM[lang] in reader.page.locator(".st-key-panel").inner_text()
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert reader.page.evaluate(_CUT) == []
    assert faults(reader.page.main_frame) == []
    assert faults(reader.frame) == []


def test_a_finger_hits_every_control_on_a_phone(browser: Browser, address: str, come: list[Reader]) -> None:
    reader = Reader.arrive(browser, SMALL)
    come.append(reader)
    reader.open(f"{address}/?lang=ru&island=iturup")
    assert reader.page.evaluate(_TOO_SMALL) == []
    assert reader.frame.evaluate(_TOO_SMALL) == []


def test_copy_link_gives_the_whole_view_and_its_language(browser: Browser, address: str, come: list[Reader]) -> None:
    reader = Reader.arrive(browser, DESK, permissions=["clipboard-read", "clipboard-write"], locale="ja-JP")
    come.append(reader)
    reader.open(f"{address}/?island=iturup&naming=ru")
    reader.page.locator(".contents .copy").click()
    expect(reader.page.locator(".contents .copy")).to_have_text("コピーしました")
    link = reader.page.evaluate("navigator.clipboard.readText()")
    assert {"island=iturup", "naming=ru", "lang=ja"} <= set(re.split("[?&#]", link))
