"""``python -m geo``: what it prints, where, and with which exit code; and what geo loads."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from geo.__main__ import main
from geo.loading.dossier import Dossier
from geo.model.fields import ISLANDS
from geo.paths import DATA

ORIGINS = ("nosappu", "nemuro", "notsuke", "shiretoko")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=DATA.parent, capture_output=True, encoding="utf-8", check=False, timeout=120)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    told = capsys.readouterr()
    assert told.err == ""
    return told.out


def markdown_rows(table: str) -> list[dict[str, str]]:
    header, _, *lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    return [dict(zip(header, line, strict=True)) for line in lines]


def csv_rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table)))


def test_check_prints_one_line_of_counts(dossier: Dossier) -> None:
    told = run("-m", "geo", "check")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.count("\n") == 1
    assert told.stdout.startswith("all well: ")
    assert f"{len(dossier.sources)} sources" in told.stdout
    assert "4 islands" in told.stdout
    assert "10 islets" in told.stdout


def test_check_takes_another_folder_of_data(data_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "check", "--data", str(data_copy)) == printed(capsys, "check")


def test_the_table_says_the_same_in_all_three_forms(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(printed(capsys, "table", "--format", "json"))
    as_text = [{key: str(value) for key, value in row.items()} for row in rows]
    assert [row["id"] for row in rows] == list(ISLANDS)
    assert csv_rows(printed(capsys, "table", "--format", "csv")) == as_text
    assert markdown_rows(printed(capsys, "table", "--format", "md")) == as_text
    assert printed(capsys, "table") == printed(capsys, "table", "--format", "md")


@pytest.mark.parametrize("origin", ORIGINS)
def test_distances_as_json_have_the_agreed_fields_for_islands_and_islets(
    origin: str, dossier: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[dict[str, Any]] = json.loads(printed(capsys, "distances", "--from", origin, "--format", "json"))
    assert [row["to"] for row in rows] == [*ISLANDS, *dossier.islets]
    assert len(rows) == 14
    for row in rows:
        agreed = ["from", "to", "km", "published_km", "from_point", "to_point"]
        assert list(row) == [*agreed, "nautical_miles", "miles", "bearing_deg", "uncertainty_m"]
        assert row["from"] == origin
        assert row["km"] > 0
        assert row["published_km"] is None or row["published_km"] == pytest.approx(row["km"], abs=1.5)
        for lon, lat in (row["from_point"], row["to_point"]):
            assert 144 < lon < 150
            assert 43 < lat < 46
    assert len({tuple(row["from_point"]) for row in rows}) == 1


def test_distances_start_at_nosappu_when_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "distances") == printed(capsys, "distances", "--from", "nosappu")


@pytest.mark.parametrize("form", ["csv", "md"])
def test_distances_as_a_table_say_what_the_json_says(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = json.loads(printed(capsys, "distances", "--format", "json"))
    table = printed(capsys, "distances", "--format", form)
    for row, found in zip(wanted, (csv_rows if form == "csv" else markdown_rows)(table), strict=True):
        assert (found["from"], found["to"], float(found["km"])) == (row["from"], row["to"], row["km"])
        published = found["published_km"]
        assert (None if published in {"", "nan"} else float(published)) == row["published_km"]
        for end in ("from", "to"):
            assert [float(found[f"{end}_lon"]), float(found[f"{end}_lat"])] == row[f"{end}_point"]


def test_a_table_shows_nothing_where_no_figure_was_published(capsys: pytest.CaptureFixture[str]) -> None:
    for row in markdown_rows(printed(capsys, "distances", "--from", "shiretoko")):
        assert row["published_km"] == ""


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["table", "--format", "xml"],
        ["distances", "--from", "atlantis"],
        ["distances", "--from", "iturup"],
        ["check", "--what"],
        ["check", "--data"],
        ["search", "--since", "2021-99-99"],
        ["search", "--until", "2021-02-29"],
    ],
)
def test_a_wrong_call_exits_2_and_says_why_on_stderr(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    told = capsys.readouterr()
    assert stopped.value.code == 2
    assert told.out == ""
    assert "usage: python -m geo" in told.err


def test_help_names_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    told = capsys.readouterr().out
    assert all(command in told for command in ("check", "table", "distances"))


GEO = DATA.parent / "geo"
EVERY_MODULE = sorted(
    ".".join(path.relative_to(GEO.parent).with_suffix("").parts).removesuffix(".__init__")
    for path in GEO.rglob("*.py")
    # Streamlit's own rooms are the page
    if path.name != "__main__.py" and GEO / "app" not in path.parents
)
FOLIUM_ROOM = "geo.map.folium_map"


@pytest.mark.parametrize(
    ("modules", "never"),
    [
        ([m for m in EVERY_MODULE if m != FOLIUM_ROOM], ("streamlit", "streamlit_folium", "folium", "branca")),
        ([FOLIUM_ROOM], ("streamlit", "streamlit_folium")),
        # what a View is made of has to be light: the page's rerun and every small script load it
        (["geo.page.view"], ("geopandas", "pandas", "shapely", "ahocorasick_rs", "geo.news", "geo.loading.dossier")),
        (["geo.cli.check"], ("geopandas", "pandas", "folium", "geo.page", "geo.map", "geo.news")),
        (["geo.cli.search"], ("geopandas", "pandas", "shapely", "geo.loading.dossier", "geo.page")),
        (["geo.cli.excerpts"], ("geopandas", "pandas", "shapely", "geo.loading.dossier", "geo.page")),
        (["geo.__main__"], ("geopandas", "pandas", "shapely", "numpy", "geo.loading", "geo.news", "geo.page")),
        (["geo.news.search.search"], ("geo.news.extract", "geo.news.find", "geo.news.read", "geopandas", "lxml")),
    ],
    ids=[
        "folium-in-one-room",
        "no-streamlit",
        "a-view-is-light",
        "checking-loads-no-page",
        "searching-loads-no-map",
        "excerpts-load-no-map",
        "usage-loads-nothing",
        "searching-extracts-nothing",
    ],
)
def test_geo_runs_without_the_page(modules: list[str], never: tuple[str, ...]) -> None:
    code = f"import sys, {', '.join(modules)}; print(sorted(set(sys.modules) & {set(never)!r}))"
    told = run("-c", code)
    assert (told.stdout.strip(), told.stderr) == ("[]", "")
