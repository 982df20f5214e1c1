"""The page served under a path of a larger site."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from .reader import DESK, Reader, serving


def test_the_page_works_under_a_path(browser: Browser, tmp_path: Path) -> None:
    reader = Reader.arrive(browser, DESK)
    with serving(tmp_path / "log", base="some/path") as address:
        reader.open(address + "/")
        reader.click_island("kunashir")
        reader.sees("kunashir")
        expect(reader.page).to_have_url(re.compile("/some/path/.*island=kunashir"))
    assert reader.observed.outside == []
    assert reader.observed.errors == []
    reader.leave()
