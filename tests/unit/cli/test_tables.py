"""How rows are printed: the same content in every format, cells that cannot break a table, lines as they come."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.cli.tables import TableFormat, streamed_table, whole_table

HOSTILE = 'a | b\r\nc, "d"\te'
ROWS = [
    {"to": "iturup", "km": 144.53, "published_km": 144.5, "to_point": [146.87179, 44.43912]},
    {"to": "taraku", "km": 45.0, "published_km": None, "to_point": [146.2, 43.6]},
]


def test_a_table_for_reading_has_its_decimal_points_below_each_other() -> None:
    assert list(whole_table(ROWS, "md")) == [
        "| to     |     km |   published_km |    to_lon |   to_lat |",
        "|:-------|-------:|---------------:|----------:|---------:|",
        "| iturup | 144.53 |          144.5 | 146.87179 | 44.43912 |",
        "| taraku |  45    |                | 146.2     | 43.6     |",
    ]


def test_what_is_not_known_is_null_in_json_and_an_empty_cell_in_csv() -> None:
    assert json.loads("".join(whole_table(ROWS, "json"))) == ROWS
    assert list(whole_table(ROWS, "csv"))[2] == "taraku,45.0,,146.2,43.6"


@pytest.mark.parametrize("table_format", ["json", "csv", "md"])
def test_a_table_without_rows_is_printed_without_a_fault(table_format: TableFormat) -> None:
    assert "".join(whole_table([], table_format)).strip("[]|\n ") == ""


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])), min_size=1, max_size=4))
def test_csv_gives_back_every_text(cells: list[str]) -> None:
    columns = [f"c{n}" for n in range(len(cells))]
    lines = streamed_table(columns, [dict(zip(columns, cells, strict=True))], "csv")
    assert list(csv.reader(io.StringIO("\n".join(lines), newline=""))) == [columns, cells]


def test_a_cell_cannot_break_out_of_its_row_in_markdown() -> None:
    streamed = list(streamed_table(["quote", "n"], [{"quote": HOSTILE, "n": 1}], "md"))
    assert streamed == ["| quote | n |", "| --- | --- |", '| a \\| b c, "d" e | 1 |']
    assert list(whole_table([{"quote": HOSTILE, "n": 1}], "md"))[2] == '| a \\| b c, "d" e |   1 |'


@pytest.mark.parametrize("line_format", ["jsonl", "csv", "md"])
def test_each_row_is_printed_before_the_next_is_asked_for(line_format: str) -> None:
    asked: list[int] = []

    def rows() -> Iterator[dict[str, int]]:
        for n in range(3):
            asked.append(n)
            yield {"n": n}

    lines = streamed_table(["n"], rows(), line_format)  # type: ignore[arg-type]
    for _ in range(1 if line_format == "jsonl" else 3 if line_format == "md" else 2):
        next(lines)
    assert asked == [0]
