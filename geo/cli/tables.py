"""What a command prints: rows as JSON, CSV or Markdown, and the exit code that follows from its faults."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

TableFormat = Literal["json", "csv", "md"]
LineFormat = Literal["jsonl", "csv", "md"]

# a heading is at least so many characters narrower than its column
_HEADING_PADDING = 2


@dataclass(frozen=True, slots=True)
class Output:
    """What a command prints to stdout, line by line.

    ``faults`` may grow while the lines are taken: with any after the last line the exit code is 1.
    """

    lines: Iterable[str]
    faults: Collection[object] = ()


def whole_table(rows: Sequence[Mapping[str, Any]], table_format: TableFormat) -> Iterator[str]:
    """Return the lines of rows that have the same columns, in Markdown aligned for reading as they are.

    In CSV and Markdown the point ``to_point`` is two columns, ``to_lon`` and ``to_lat``, and None an empty cell.
    """
    if table_format == "json":
        yield json.dumps(rows, ensure_ascii=False, indent=2)
    elif rows:
        flat = [_flat(row) for row in rows]
        cells = [list(row.values()) for row in flat]
        yield from (_csv if table_format == "csv" else _aligned_markdown)(list(flat[0]), cells)


def streamed_table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], line_format: LineFormat) -> Iterator[str]:
    """Return a line for each row as it comes, after a heading in CSV and Markdown."""
    if line_format == "jsonl":
        yield from (json.dumps(row, ensure_ascii=False) for row in rows)
    else:
        cells = ([row[column] for column in columns] for row in rows)
        yield from (_csv if line_format == "csv" else _markdown)(columns, cells)


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for column, value in row.items():
        point = column.removesuffix("_point")
        cells |= {f"{point}_lon": value[0], f"{point}_lat": value[1]} if point != column else {column: value}
    return {column: "" if value is None else value for column, value in cells.items()}


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    for cells in itertools.chain([columns], rows):
        written = io.StringIO()
        csv.writer(written, lineterminator="").writerow(cells)
        yield written.getvalue()


def _markdown(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    yield from (f"| {' | '.join(map(_markdown_cell, cells))} |" for cells in rows)


def _aligned_markdown(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """Return a Markdown table whose columns are of one width, numbers with their points below each other."""
    laid_out, rules = [], []
    for column, values in zip(columns, zip(*rows, strict=True), strict=True):
        numeric = any(map(_is_number, values)) and all(_is_number(v) or v == "" for v in values)
        cells = _decimals_aligned(values) if numeric else [_markdown_cell(v) for v in values]
        width = max(len(column) + _HEADING_PADDING, *map(len, cells))
        laid_out.append([c.rjust(width) if numeric else c.ljust(width) for c in (column, *cells)])
        rule = "-" * (width + 1)
        rules.append(f"{rule}:" if numeric else f":{rule}")
    heading, *lines = (f"| {' | '.join(cells)} |" for cells in zip(*laid_out, strict=True))
    yield from (heading, f"|{'|'.join(rules)}|", *lines)


def _decimals_aligned(values: Sequence[object]) -> list[str]:
    cells = [f"{v:.10g}" if isinstance(v, float) else str(v) for v in values]
    # what follows the point, the point included
    tails = [len(c) - len(c.partition(".")[0]) for c in cells]
    return [cell + " " * (max(tails) - tail) for cell, tail in zip(cells, tails, strict=True)]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _markdown_cell(value: object) -> str:
    return re.sub(r"\s+", " ", str(value)).replace("|", "\\|")
