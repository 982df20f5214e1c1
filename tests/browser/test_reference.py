"""The sections under the map: the links to them, and the addresses of their sources."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .reader import Reader


def test_each_section_opens_by_its_link_has_its_own_address_and_stands_alone(regular: Reader, address: str) -> None:
    regular.open(address)
    links = regular.page.locator("nav.contents a")
    names = [(link.get_attribute("href") or "").removeprefix("#") for link in links.all()]
    assert len(names) == 8
    for name in names:
        regular.turn_to(name)
        expect(regular.page).to_have_url(re.compile(f"#{name}$"))
        for other in names:
            expect(regular.page.locator(f"[id={other}]").first).to_be_visible(visible=other == name)
    # a choice keeps the section, and so does the address opened elsewhere
    regular.choose_in_list("kunashir")
    expect(regular.page).to_have_url(re.compile(r"\?island=kunashir#words$"))
    regular.open(f"{address}/?island=kunashir#arguments")
    expect(regular.page.locator("[id=arguments]")).to_be_visible()
    expect(regular.page.locator("[id=claims]")).to_be_hidden()


def test_every_source_of_the_sections_opens_at_a_web_address(regular: Reader, address: str) -> None:
    regular.open(address)
    links = regular.page.locator(":is(.st-key-others, .st-key-glossary, .st-key-history) .fi a")
    addresses = links.evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert len(addresses) > 50
    assert [a for a in addresses if not re.match(r"https?://[^/\s]+", a or "")] == []


def test_all_sections_are_printed(regular: Reader, address: str) -> None:
    regular.open(f"{address}/?island=shikotan#press")
    regular.page.emulate_media(media="print")
    regular.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    for name in ("claims", "arguments", "distances", "others", "words"):
        expect(regular.page.locator(f"[id={name}]")).to_be_visible()
    expect(regular.page.locator("[id=claims]")).to_contain_text("色丹島")
    regular.page.emulate_media(media="screen")
