"""What a reader takes away from the page: the file of what is in view, and how to cite it, by the folded control."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from geo.i18n import PAGE_LANGUAGES
from geo.model.fields import Language

from .conftest import Visit
from .reader import PHONE, Reader
from .test_accessibility import faults


def taken(reader: Reader, button: str, folder: Path) -> Path:
    with reader.page.expect_download() as download:
        reader.page.locator(".stDownloadButton").get_by_text(button, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def opened(reader: Reader, name: str) -> None:
    reader.page.locator(".st-key-taking").get_by_role("button", name=name).click()


def test_the_table_holds_what_is_in_view_when_it_is_asked_for(visit: Visit, tmp_path: Path) -> None:
    reader: Reader = visit("/?lang=en")
    reader.choose_in_list("shikotan")
    opened(reader, "Download and cite")
    path = taken(reader, "CSV", tmp_path)
    assert path.name.startswith("four-islands-shikotan-")
    with path.open(encoding="utf-8-sig", newline="") as table:
        rows = [*csv.DictReader(table)]
    assert [row["id"] for row in rows] == ["shikotan"]
    assert rows[0]["data_version"] in path.name


@pytest.mark.parametrize("button", ["GeoJSON", "KML", "GeoPackage"])
def test_every_format_comes_down_in_the_language_of_the_page(button: str, visit: Visit, tmp_path: Path) -> None:
    reader: Reader = visit("/?lang=ja")
    opened(reader, "ダウンロードと引用")
    assert b"lang=ja" in taken(reader, button, tmp_path).read_bytes()


def test_the_citations_open_what_is_in_view(visit: Visit) -> None:
    reader: Reader = visit("/?lang=en&perspective=jp")
    reader.choose_in_list("kunashir")
    opened(reader, "Download and cite")
    told = reader.page.locator(".citation")
    expect(told.locator("dt")).to_have_text(["APA", "BibTeX", "Chicago", "ГОСТ Р 7.0.5-2008", "SIST 02"])
    for text in told.locator("dd").all_inner_texts():
        assert re.search(r"http://[\w.]+:\d+/\?island=kunashir&perspective=jp&lang=en", text)


@pytest.mark.parametrize("lang", PAGE_LANGUAGES)
def test_what_is_unfolded_fits_a_phone_and_has_no_fault_of_accessibility(lang: Language, visit: Visit) -> None:
    reader: Reader = visit(f"/?lang={lang}", PHONE)
    reader.page.locator(".st-key-taking button").first.click()
    expect(reader.page.locator(".citation dd")).to_have_count(5)
    box = reader.page.locator(".citation").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert faults(reader.page.main_frame) == []
