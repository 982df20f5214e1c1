"""Reads the tables of data/ into checked rows, collecting every fault with its file, line and column."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from geo.errors import DataError
from geo.model.row import Row

R = TypeVar("R", bound=Row)
R_co = TypeVar("R_co", bound=Row, covariant=True)
# line, cells by column, and what is wrong with the row as a whole
Record = tuple[int, dict[str, object], DataError | None]


@dataclass(frozen=True, slots=True)
class CheckedTable(Generic[R_co]):
    """The checked rows of one file, each with its line.

    ``faulty`` keeps the rows that did not pass, so that what refers to them is not called wrong as well;
    ``readable`` is false when not even the header could be used.
    """

    file: str
    rows: tuple[R_co, ...] = ()
    lines: tuple[int, ...] = ()
    faulty: tuple[Mapping[str, object], ...] = ()
    readable: bool = True

    def __iter__(self) -> Iterator[tuple[int, R_co]]:
        """Return each row with its line."""
        return zip(self.lines, self.rows, strict=True)

    def ids(self, column: str) -> set[str]:
        """Return the values of an id column, those of faulty rows included."""
        return {str(getattr(r, column)) for r in self.rows} | {str(r.get(column, "")) for r in self.faulty}

    def fault(self, line: int, column: str, value: object, expected: str) -> DataError:
        """Return a fault in a row of this table."""
        return DataError(self.file, expected, line=line, column=column, value=str(value))


def read_text(path: Path, faults: list[DataError]) -> str | None:
    """Return the text of a UTF-8 file; None, and a fault, where it is missing, unreadable or not UTF-8."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        faults.append(DataError(path.name, "a file of this name in the data folder"))
        return None
    except OSError as error:
        faults.append(DataError(path.name, f"a readable file ({error.strerror})"))
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = data[error.start : error.start + 1].hex()
        faults.append(DataError(path.name, "text in UTF-8", line=line, value=f"byte 0x{found}"))
        return None


def read_table(data: Path, model: type[R], faults: list[DataError]) -> CheckedTable[R]:
    """Return the table of a model from its file in a data folder; every fault found is added to ``faults``."""
    path = data / model.FILE
    return (read_jsonl if path.suffix == ".jsonl" else read_csv)(path, model, faults)


def read_csv(path: Path, model: type[R], faults: list[DataError]) -> CheckedTable[R]:
    """Return the sound rows of a CSV file with a header row.

    Every faulty cell, missing column and column too many is added to ``faults``.
    """
    text = read_text(path, faults)
    if text is None:
        return CheckedTable(path.name, readable=False)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        if not _header(path.name, header := next(reader, []), model, faults):
            return CheckedTable(path.name, readable=False)
        return _checked(path.name, model, _csv_records(path.name, reader, header), faults)
    except csv.Error as error:
        faults.append(DataError(path.name, f"rows as in RFC 4180 ({error})", line=reader.line_num))
        return CheckedTable(path.name, readable=False)


def read_jsonl(path: Path, model: type[R], faults: list[DataError]) -> CheckedTable[R]:
    """Return the sound rows of a JSON Lines file, one object a line."""
    text = read_text(path, faults)
    if text is None:
        return CheckedTable(path.name, readable=False)
    return _checked(path.name, model, _json_records(path.name, text), faults)


def _header(file: str, header: list[str], model: type[Row], faults: list[DataError]) -> bool:
    wanted = list(model.columns())
    missing = [c for c in wanted if c not in header]
    faults.extend(DataError(file, f"a column named {c}", line=1, column=c) for c in missing)
    faults.extend(
        DataError(file, f"only the columns {', '.join(wanted)}", line=1, column=c, value=c)
        for c in header
        if c not in wanted
    )
    twice = [c for c, count in Counter(header).items() if count > 1]
    faults.extend(DataError(file, "each column once", line=1, column=c, value=c) for c in twice)
    return not missing and not twice


def _csv_records(file: str, reader: Iterator[list[str]], header: list[str]) -> Iterator[Record]:
    line = 2
    for cells in reader:
        fault = None
        if len(cells) != len(header):
            fault = DataError(file, f"{len(header)} cells", line=line, value=f"{len(cells)} cells")
        if cells:
            yield line, {c: v.strip() for c, v in zip(header, cells, strict=False)}, fault
        # a quoted cell may hold line breaks, so the next row starts where the reader stands now
        line = getattr(reader, "line_num", line) + 1


def _json_records(file: str, text: str) -> Iterator[Record]:
    for line, entry in enumerate(text.split("\n"), start=1):
        if not entry.strip():
            continue
        try:
            record = json.loads(entry)
        except (ValueError, RecursionError) as error:
            yield line, {}, DataError(file, f"one JSON object ({json_fault(error)})", line=line)
            continue
        if isinstance(record, dict):
            yield line, record, None
        else:
            yield line, {}, DataError(file, "one JSON object", line=line, value=entry)


def json_fault(error: ValueError | RecursionError) -> str:
    """Return in a few words why a text is not JSON that can be read."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.colno}"
    # what is left of ValueError is Python's limit on the digits of whole numbers
    return "nested too deeply" if isinstance(error, RecursionError) else "a number too long"


def _checked(file: str, model: type[R], records: Iterator[Record], faults: list[DataError]) -> CheckedTable[R]:
    rows: list[R] = []
    lines: list[int] = []
    faulty: list[dict[str, object]] = []
    for line, record, fault in records:
        if fault:
            faults.append(fault)
            faulty.append(record)
            continue
        try:
            rows.append(model.model_validate(record))
            lines.append(line)
        except ValidationError as error:
            faulty.append(record)
            faults.extend(
                _fault(file, line, model, detail)
                for detail in error.errors(include_url=False)
                if detail["type"] != "extra_forbidden" or file.endswith(".jsonl")
            )
    return CheckedTable(file, tuple(rows), tuple(lines), tuple(faulty))


def _fault(file: str, line: int, model: type[Row], detail: ErrorDetails) -> DataError:
    if not detail["loc"]:
        return DataError(file, detail["msg"], line=line)
    column = str(detail["loc"][0])
    field = model.columns().get(column)
    expected = (field.description if field else None) or f"only the members {', '.join(model.columns())}"
    value = None if detail["type"] == "missing" else str(detail["input"])
    return DataError(file, expected, line=line, column=column, value=value)
