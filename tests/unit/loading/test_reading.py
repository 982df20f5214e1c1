"""Files read into rows: every fault is told with its file, line, column, what was found and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.errors import DataError
from geo.loading.geojson import Course, Feature, read_features, read_lines
from geo.loading.rows import CheckedTable, read_csv, read_jsonl
from geo.model.places import Anchor
from geo.model.press import Excerpt

HEADER = "island_id,lon,lat,label_side,source_id\n"
QUOTE = (
    '{"article": "a", "island": "iturup", "kind": "named", "quote": "On Iturup.",'
    ' "start": 3, "end": 9, "matched": "Iturup", "language": "en"}'
)
SQUARE = "[[[147,45],[148,45],[148,46],[147,45]]]"


def anchors(folder: Path, content: str | bytes) -> tuple[CheckedTable[Anchor], list[str]]:
    path = folder / "anchors.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    faults: list[DataError] = []
    return read_csv(path, Anchor, faults), [str(f) for f in faults]


def excerpts(folder: Path, content: str) -> tuple[CheckedTable[Excerpt], list[str]]:
    path = folder / "excerpts.jsonl"
    path.write_text(content, encoding="utf-8")
    faults: list[DataError] = []
    return read_jsonl(path, Excerpt, faults), [str(f) for f in faults]


def features(folder: Path, content: str) -> tuple[tuple[Feature, ...], list[DataError]]:
    path = folder / "land.geojson"
    path.write_text(content, encoding="utf-8")
    faults: list[DataError] = []
    return read_features(path, ["iturup"], faults), faults


def collection(geometry: str, properties: str = '{"id": "iturup"}') -> str:
    return (
        '{"type": "FeatureCollection", "license": "x", "attribution": "x", "features": [\n'
        f'{{"type": "Feature", "properties": {properties}, "geometry": {geometry}}}\n]}}'
    )


def test_rows_are_read_with_their_lines_and_without_blanks_around_cells(tmp_path: Path) -> None:
    table, faults = anchors(tmp_path, HEADER + "iturup, 147.6 ,45,nw,own\n\nkunashir,146,44,e,own\n")
    assert faults == []
    assert [(line, row.island_id, row.lon) for line, row in table] == [(2, "iturup", 147.6), (4, "kunashir", 146.0)]


def test_a_byte_order_mark_and_dos_line_ends_are_no_faults(tmp_path: Path) -> None:
    table, faults = anchors(
        tmp_path, b"\xef\xbb\xbf" + (HEADER + "iturup,147,45,nw,own\n").replace("\n", "\r\n").encode()
    )
    assert (len(table.rows), faults) == (1, [])


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    table, faults = anchors(tmp_path, "source_id,lon,lat,label_side,island_id\nown,147,45,nw,iturup\n")
    assert (table.rows[0].island_id, faults) == ("iturup", [])


def test_a_row_without_a_source_is_named_with_its_line(tmp_path: Path) -> None:
    _, faults = anchors(tmp_path, HEADER + "iturup,147,45,nw,own\nkunashir,146,44,e,\n")
    assert faults == ["anchors.csv, line 3, column source_id: found nothing, expected an id of a-z, 0-9, - and _"]


def test_every_fault_of_a_row_is_told_and_sound_rows_are_kept(tmp_path: Path) -> None:
    table, faults = anchors(tmp_path, HEADER + "etorofu,far,45,nw,own\nkunashir,146,44,e,own\n")
    assert faults == [
        "anchors.csv, line 2, column island_id: found 'etorofu', expected one of iturup, kunashir, shikotan, habomai",
        "anchors.csv, line 2, column lon: found 'far', expected degrees east between 138 and 161",
    ]
    assert [row.island_id for row in table.rows] == ["kunashir"]


def test_a_faulty_row_still_counts_as_something_to_refer_to(tmp_path: Path) -> None:
    table, _ = anchors(tmp_path, HEADER + "iturup,far,45,nw,own\n")
    assert table.ids("island_id") == {"iturup"}


def test_a_fault_after_a_cell_with_line_breaks_is_told_in_its_own_line(tmp_path: Path) -> None:
    _, faults = anchors(tmp_path, HEADER + 'iturup,147,45,nw,"a\nb"\nkunashir,146,44,e,\n')
    assert [f.split(":")[0] for f in faults] == [
        "anchors.csv, line 2, column source_id",
        "anchors.csv, line 4, column source_id",
    ]


def test_missing_and_unknown_columns_are_named(tmp_path: Path) -> None:
    table, faults = anchors(tmp_path, "island_id,lon,lat,side,source_id\niturup,147,45,nw,own\n")
    assert faults == [
        "anchors.csv, line 1, column label_side: expected a column named label_side",
        (
            "anchors.csv, line 1, column side: found 'side', "
            "expected only the columns island_id, lon, lat, label_side, source_id"
        ),
    ]
    assert not table.readable


def test_a_column_that_stands_twice_is_a_fault_and_not_an_empty_table(tmp_path: Path) -> None:
    _, faults = anchors(tmp_path, "island_id,lon,lon,lat,label_side,source_id\niturup,147,147,45,nw,own\n")
    assert faults == ["anchors.csv, line 1, column lon: found 'lon', expected each column once"]


def test_too_many_or_too_few_cells_are_told_with_their_number(tmp_path: Path) -> None:
    _, faults = anchors(tmp_path, HEADER + "iturup,147,45,nw\n")
    assert faults == ["anchors.csv, line 2: found '4 cells', expected 5 cells"]


def test_an_empty_file_lacks_all_columns(tmp_path: Path) -> None:
    table, faults = anchors(tmp_path, "")
    assert (len(faults), table.readable) == (5, False)


def test_a_quote_that_never_ends_is_a_fault(tmp_path: Path) -> None:
    _, faults = anchors(tmp_path, HEADER + 'iturup,147,45,nw,"own\n')
    assert faults == ["anchors.csv, line 2: expected rows as in RFC 4180 (unexpected end of data)"]


def test_bytes_that_are_not_utf_8_are_told_with_line_and_byte(tmp_path: Path) -> None:
    _, faults = anchors(tmp_path, HEADER.encode() + b"iturup,147,45,nw,\xff\n")
    assert faults == ["anchors.csv, line 2: found 'byte 0xff', expected text in UTF-8"]


def test_a_missing_file_and_a_folder_in_its_place_are_told(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    faults: list[DataError] = []
    for name in ("none.csv", "folder.csv"):
        assert not read_csv(tmp_path / name, Anchor, faults).readable
    assert [str(f) for f in faults] == [
        "none.csv: expected a file of this name in the data folder",
        "folder.csv: expected a readable file (Is a directory)",
    ]


def test_a_quotation_is_read_with_its_words_marked(tmp_path: Path) -> None:
    table, faults = excerpts(tmp_path, QUOTE + "\n\n")
    assert (table.rows[0].matched, faults) == ("Iturup", [])


def test_a_line_separator_inside_a_quotation_ends_no_line(tmp_path: Path) -> None:
    table, faults = excerpts(tmp_path, QUOTE.replace("Iturup.", "Iturup.\u2028") + "\n")
    assert (len(table.rows), faults) == (1, [])


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "line 2: expected one JSON object (Expecting property name enclosed in double quotes at character 2)"),
        ("[1]", "line 2: found '[1]', expected one JSON object"),
        (
            QUOTE.replace('"start": 3', '"start": "x"'),
            "line 2, column start: found 'x', expected a whole number from 0",
        ),
        (QUOTE.replace('"start": 3, ', ""), "line 2, column start: expected a whole number from 0"),
        (QUOTE.replace('"end": 9', '"end": 8'), "line 2: expected the words quote[start:end] in matched"),
        (QUOTE.replace("{", '{"more": 1, ', 1), None),
    ],
)
def test_a_fault_in_a_line_of_json_is_told(tmp_path: Path, line: str, fault: str | None) -> None:
    members = ", ".join(Excerpt.model_fields)
    expected = fault or f"line 2, column more: found '1', expected only the members {members}"
    assert excerpts(tmp_path, f"{QUOTE}\n{line}\n")[1] == [f"excerpts.jsonl, {expected}"]


def test_a_sound_polygon_is_read_as_a_multipolygon(tmp_path: Path) -> None:
    found, faults = features(tmp_path, collection(f'{{"type": "Polygon", "coordinates": {SQUARE}}}'))
    assert faults == []
    assert [(i, land.geom_type, len(land.geoms)) for i, land, *_ in found] == [("iturup", "MultiPolygon", 1)]


@pytest.mark.parametrize(
    ("coordinates", "expected"),
    [
        ("[[[147,45],[148,46],[148,45],[147,46],[147,45]]]", "rings that do not touch or cross themselves"),
        ("[[[147,45],[148,45],[148,46],[147,46]]]", "closed rings of at least four positions"),
        ("[[[147,45],[148,45],[147,45]]]", "closed rings of at least four positions"),
        ("[[[147,45]]]", "closed rings of at least four positions"),
        ('[[["a","b"],[148,45],[148,46],["a","b"]]]', "closed rings of at least four positions"),
        ("[[[147,45],[148,46],[148,45],[147,45]]]", "outer rings anticlockwise (RFC 7946)"),
        ("[[[-147,45],[-146,45],[-146,46],[-147,45]]]", "positions as longitude, latitude between"),
        ("[[[45,147],[46,147],[46,148],[45,147]]]", "positions as longitude, latitude between"),
        ("[[[16e6,56e5],[17e6,56e5],[17e6,57e5],[16e6,56e5]]]", "WGS 84 longitude and latitude"),
        ("[[[NaN,45],[148,45],[148,46],[NaN,45]]]", ""),
        ("[]", "at least one position"),
        ("null", ""),
        ("7", ""),
        ('{"a": 1}', ""),
    ],
)
def test_a_faulty_polygon_is_told_in_its_line_and_left_out(tmp_path: Path, coordinates: str, expected: str) -> None:
    found, faults = features(tmp_path, collection(f'{{"type": "Polygon", "coordinates": {coordinates}}}'))
    assert found == ()
    assert [(f.line, f.column) for f in faults] == [(2, "geometry of iturup")]
    assert faults[0].expected.startswith(expected)


@pytest.mark.parametrize("geometry", ["null", "7", '{"type": "Point", "coordinates": [147, 45]}', "{}"])
def test_a_feature_without_a_polygon_is_told(tmp_path: Path, geometry: str) -> None:
    _, faults = features(tmp_path, collection(geometry))
    assert [f.expected for f in faults] == ["a Polygon or MultiPolygon"]


@pytest.mark.parametrize("properties", ["{}", "null", '["iturup"]', '"iturup"', "7"])
def test_a_feature_without_an_id_is_told(tmp_path: Path, properties: str) -> None:
    _, faults = features(tmp_path, collection(f'{{"type": "Polygon", "coordinates": {SQUARE}}}', properties))
    assert [str(f) for f in faults] == [
        "land.geojson, line 2, column id: found nothing, expected one of iturup",
        "land.geojson, column id: expected a feature with the id iturup",
    ]


def lines(folder: Path, geometry: str) -> tuple[tuple[Course, ...], list[DataError]]:
    path = folder / "lines.geojson"
    path.write_text(collection(geometry), encoding="utf-8")
    faults: list[DataError] = []
    return read_lines(path, faults), faults


def test_a_sound_line_is_read_with_its_line_in_the_file(tmp_path: Path) -> None:
    found, faults = lines(tmp_path, '{"type": "LineString", "coordinates": [[147,45],[148,46],[148.5,45]]}')
    assert faults == []
    assert [(i, path.coords[0], line) for i, path, _, line in found] == [("iturup", (147.0, 45.0), 2)]


@pytest.mark.parametrize(
    ("geometry", "expected"),
    [
        ("null", "a LineString"),
        ("7", "a LineString"),
        ('{"type": "Point", "coordinates": [147, 45]}', "a LineString"),
        (f'{{"type": "Polygon", "coordinates": {SQUARE}}}', "a LineString"),
        ('{"type": "LineString"}', "a line of at least two positions"),
        ('{"type": "LineString", "coordinates": 7}', "a line of at least two positions"),
        ('{"type": "LineString", "coordinates": [[147,45]]}', "a line of at least two positions"),
        ('{"type": "LineString", "coordinates": [["a","b"],[148,46]]}', "a line of at least two positions"),
        ('{"type": "LineString", "coordinates": [[147,45],[148,46],[148,45],[147,46]]}', "a line of at least two"),
        ('{"type": "LineString", "coordinates": []}', "at least one position"),
        ('{"type": "LineString", "coordinates": [[45,147],[46,148]]}', "positions as longitude, latitude between"),
        ('{"type": "LineString", "coordinates": [[16e6,56e5],[17e6,57e5]]}', "WGS 84 longitude and latitude"),
        ('{"type": "LineString", "coordinates": [[NaN,45],[148,46]]}', ""),
    ],
)
def test_a_faulty_line_is_told_in_its_line_and_left_out(tmp_path: Path, geometry: str, expected: str) -> None:
    found, faults = lines(tmp_path, geometry)
    assert found == ()
    assert [(f.line, f.column) for f in faults] == [(2, "geometry of iturup")]
    assert faults[0].expected.startswith(expected)


def test_a_long_value_is_cut_and_hidden_characters_are_made_visible() -> None:
    assert str(DataError("a.csv", "b", value="q" * 100)).count("q") == 60
    assert "\\u202e" in str(DataError("a.csv", "b", value="\u202eabc"))
    assert "\n" not in str(DataError("a.csv", "b", value="one\ntwo"))
