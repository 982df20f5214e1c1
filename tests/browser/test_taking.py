"""What a reader takes away from the page: the file of what is in view, by the folded control."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from .conftest import Visit
from .reader import Reader


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
    opened(reader, "Download")
    path = taken(reader, "CSV", tmp_path)
    assert path.name.startswith("four-islands-shikotan-")
    with path.open(encoding="utf-8-sig", newline="") as table:
        rows = [*csv.DictReader(table)]
    assert [row["id"] for row in rows] == ["shikotan"]
    assert rows[0]["data_version"] in path.name


@pytest.mark.parametrize("button", ["GeoJSON", "KML", "GeoPackage"])
def test_every_format_comes_down_in_the_language_of_the_page(button: str, visit: Visit, tmp_path: Path) -> None:
    reader: Reader = visit("/?lang=ja")
    opened(reader, "ダウンロード")
    assert b"lang=ja" in taken(reader, button, tmp_path).read_bytes()
