"""The sections under the map: the links to them, and the addresses of their sources."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .reader import Reader


def test_the_links_at_the_top_scroll_to_their_parts(regular: Reader, address: str) -> None:
    regular.open(address)
    links = regular.page.locator("nav.contents a")
    assert links.count() >= 5
    for n in range(links.count()):
        target = (links.nth(n).get_attribute("href") or "").removeprefix("#")
        part = regular.page.locator(f"[id='{target}'], [id='user-content-{target}']")
        expect(part).to_have_count(1)
        links.nth(n).click()
        expect(part).to_be_in_viewport()
        links.nth(n).scroll_into_view_if_needed()


def test_every_source_of_the_sections_opens_at_a_web_address(regular: Reader, address: str) -> None:
    regular.open(address)
    expect(regular.page.locator(".reference")).to_be_visible()
    addresses = regular.page.locator(".reference a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert len(addresses) > 50
    assert [a for a in addresses if not re.match(r"https?://[^/\s]+", a or "")] == []
