"""What a reader takes away: opened by GDAL and a schema's own reader, it says what the page says, and on what terms."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from lxml import etree

from geo.__main__ import main
from geo.export import FORMATS, Format
from geo.export.formats import exported
from geo.i18n import PAGE_LANGUAGES
from geo.loading.datapackage import data_version
from geo.loading.dossier import Dossier
from geo.loading.nearness import nearness
from geo.map.assets import prepare
from geo.model.fields import ISLANDS, STATES, IslandId, Language
from geo.model.names import NAMINGS, Naming, shown
from geo.page.view import PERSPECTIVE_CHOICES, PerspectiveChoice, View
from geo.paths import DATA

VERSION = "0123456789ab"
KML = {"k": "http://www.opengis.net/kml/2.2"}
TERMS = ("MIT License", "Open Data Commons Open Database License", "© OpenStreetMap contributors")


def taken(dossier: Dossier, view: View, file_format: Format, folder: Path) -> Path:
    path = folder / f"taken.{file_format}"
    path.write_bytes(exported(dossier, view, VERSION, file_format))
    return path


def second_reader(path: Path) -> list[dict[str, Any]]:
    frame = pyogrio.read_dataframe(path)
    return [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]


def placemarks(path: Path) -> list[dict[str, str]]:
    tree = etree.parse(path)
    return [
        {data.get("name"): data.findtext("k:value", namespaces=KML) for data in mark.iterfind(".//k:Data", KML)}
        for mark in tree.iterfind(".//k:Placemark", KML)
    ]


def rows_in(path: Path) -> list[Mapping[str, Any]]:
    return [*placemarks(path)] if path.suffix == ".kml" else [*second_reader(path)]


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("island", [None, *ISLANDS])
def test_a_second_reader_finds_the_islands_in_view(
    file_format: Format, island: IslandId | None, dossier: Dossier, tmp_path: Path
) -> None:
    rows = rows_in(taken(dossier, View(island), file_format, tmp_path))
    assert [row["id"] for row in rows] == ([island] if island else [*ISLANDS])


@pytest.mark.parametrize("file_format", FORMATS)
def test_each_row_says_what_the_page_says(file_format: Format, dossier: Dossier, tmp_path: Path) -> None:
    for row in rows_in(taken(dossier, View(origin="nemuro"), file_format, tmp_path)):
        island = dossier.islands[row["id"]]
        near = nearness(dossier, "nemuro")[island.island_id]
        assert float(row["distance_km"]) == pytest.approx(near.computed.km, abs=0.005)
        assert row["holder"] == island.administered.state
        for state in STATES:
            first, *_ = island.statuses[state]
            claim = next(s for s in island.statuses[state] if s.role == "claims")
            assert str(row[f"{state}_since"])[:10] == first.since
            assert row[f"{state}_document"] == claim.document_en
            assert row[f"{state}_document_url"] == dossier.sources[claim.document_source_id].url


@pytest.mark.parametrize("file_format", ["geojson", "gpkg", "kml"])
def test_the_second_reader_finds_the_land_whole(file_format: Format, dossier: Dossier, tmp_path: Path) -> None:
    frame = pyogrio.read_dataframe(taken(dossier, View(), file_format, tmp_path))
    assert frame.crs.to_epsg() == 4326
    for land, island in zip(frame.geometry, dossier.islands.values(), strict=True):
        assert land.normalize().equals_exact(island.land.normalize(), 1e-9)


def test_the_point_of_a_table_lies_on_the_land(dossier: Dossier, tmp_path: Path) -> None:
    path = taken(dossier, View(), "csv", tmp_path)
    frame = pyogrio.read_dataframe(path, X_POSSIBLE_NAMES="lon", Y_POSSIBLE_NAMES="lat")
    for point, island in zip(frame.geometry, dossier.islands.values(), strict=True):
        assert island.land.contains(point)


@pytest.mark.parametrize("file_format", FORMATS)
def test_each_row_carries_source_licence_version_and_view(
    file_format: Format, dossier: Dossier, tmp_path: Path
) -> None:
    view = View("shikotan", "ru", "nemuro", "both")
    (row,) = rows_in(taken(dossier, view, file_format, tmp_path))
    assert all(term in row["licence"] for term in TERMS)
    assert row["data_version"] == VERSION
    assert row["view"] == "island=shikotan&naming=ru&origin=nemuro&perspective=both&lang=en"
    assert dossier.sources["osm-land"].url in row["source"]
    assert dossier.islands["shikotan"].administered.document_source_id in {
        s.source_id for s in dossier.sources.values() if s.url in row["sources"].split()
    }


def test_files_say_their_terms_beside_the_rows_too(dossier: Dossier, tmp_path: Path) -> None:
    collection = json.loads(taken(dossier, View(), "geojson", tmp_path).read_bytes())
    package = pyogrio.read_info(taken(dossier, View(), "gpkg", tmp_path), layer="islands")["layer_metadata"]
    globe = etree.parse(taken(dossier, View(), "kml", tmp_path)).findtext(".//k:Document/k:description", namespaces=KML)
    assert collection["data_version"] == package["data_version"] == VERSION
    for term in (*TERMS, VERSION):
        assert term in str(collection["licence"]) + collection["data_version"]
        assert term in str(package)
        assert term in globe


@pytest.mark.parametrize("naming", NAMINGS)
@pytest.mark.parametrize("file_format", FORMATS)
def test_names_follow_the_naming(file_format: Format, naming: Naming, dossier: Dossier, tmp_path: Path) -> None:
    for row in rows_in(taken(dossier, View(naming=naming), file_format, tmp_path)):
        names = {n.convention: n.name for n in shown(dossier.names, row["id"], naming)}
        assert {c: row[f"name_{c}"] for c in ("ja", "ru") if f"name_{c}" in row} == names


@pytest.mark.parametrize("perspective", PERSPECTIVE_CHOICES)
def test_the_holder_follows_the_perspective_and_is_never_mixed(
    perspective: PerspectiveChoice, dossier: Dossier, tmp_path: Path
) -> None:
    (row, *_) = rows_in(taken(dossier, View(perspective=perspective), "csv", tmp_path))
    expected = {
        "administered": {"holder": "ru"},
        "jp": {"holder_as_jp_claims": "jp"},
        "ru": {"holder_as_ru_claims": "ru"},
        "both": {"holder_as_jp_claims": "jp", "holder_as_ru_claims": "ru"},
    }
    assert {k: v for k, v in row.items() if k.startswith("holder")} == expected[perspective]


def test_a_date_says_who_held_it_then(dossier: Dossier, tmp_path: Path) -> None:
    rows = rows_in(taken(dossier, View(date="1900"), "csv", tmp_path))
    assert {(row["date"], row["holder"]) for row in rows} == {("1900", "jp")}


@pytest.mark.parametrize("lang", PAGE_LANGUAGES)
@pytest.mark.parametrize("file_format", FORMATS)
def test_texts_are_in_the_language_of_the_page(file_format: Format, lang: Language, tmp_path: Path) -> None:
    dossier = prepare(DATA, lang).dossier
    (row,) = rows_in(taken(dossier, View("iturup", language=lang), file_format, tmp_path))
    claim = dossier.islands["iturup"].claimed
    assert row["jp_document"] == claim.document_en
    assert row["view"].endswith(f"lang={lang}")


def test_a_globe_is_well_formed_and_in_the_order_of_the_schema(dossier: Dossier, tmp_path: Path) -> None:
    order = ["name", "description", "ExtendedData", "MultiGeometry"]
    for mark in etree.parse(taken(dossier, View(), "kml", tmp_path)).iterfind(".//k:Placemark", KML):
        assert [etree.QName(child).localname for child in mark] == order


def test_a_table_opens_in_a_spreadsheet_as_utf_8(dossier: Dossier) -> None:
    content = exported(dossier, View(), VERSION, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert len([*csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]) == len(ISLANDS)


def test_the_version_is_the_hash_of_the_published_descriptor_and_moves_with_the_data(data_copy: Path) -> None:
    published = hashlib.sha256((DATA / "datapackage.json").read_bytes()).hexdigest()
    assert published.startswith(data_version(DATA))
    assert data_version(data_copy) == data_version(DATA)
    with (data_copy / "names.csv").open("a") as names:
        names.write("\n")
    assert data_version(data_copy) != data_version(DATA)


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_command_writes_the_file_and_says_its_version(
    file_format: Format, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"out.{file_format}"
    chosen = ("--island", "habomai", "--naming", "ja", "--lang", "ja", "--from", "43.33,145.58")
    assert main(["export", "--format", file_format, "--output", str(path), *chosen]) == 0
    assert capsys.readouterr().out == f"{path}: data version {data_version(DATA)}\n"
    (row,) = rows_in(path)
    assert row["id"] == "habomai"
    assert "from=43.33%2C145.58" in row["view"]


@pytest.mark.parametrize(
    ("wrong", "told"), [(("--date", "1500"), "--date is"), (("--date", "x"), "--date is"), (("--island", "urup"), "")]
)
def test_a_wrong_call_of_the_command_writes_nothing(
    wrong: tuple[str, ...], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["export", "--format", "csv", "--output", str(tmp_path / "x.csv"), *wrong])
    assert told in capsys.readouterr().err
    assert not [*tmp_path.iterdir()]


def test_a_place_nobody_knows_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--format", "csv", "--output", str(tmp_path / "x.csv"), "--from", "atlantis"]) == 1
    assert "latitude, longitude" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_told_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--format", "csv", "--output", str(tmp_path / "no" / "x.csv")]) == 1
    assert "cannot be written" in capsys.readouterr().err
