"""Opens files and cuts them into items small enough for a worker, as a stream: nothing large is held."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

import orjson

from geo.news.limits import BATCH_BYTES, MIB, RECORD_BYTES, UNPACKED_FREE_BYTES, UNPACKED_RATIO, WHOLE_FILE_BYTES
from geo.news.model import Format, RawDocument, ReadFailure
from geo.news.read.encodings import decode, encoding_of
from geo.news.read.files import LineRange, SourceFile
from geo.news.read.warc import records

Piece = RawDocument | ReadFailure

_GZIP_MAGIC = b"\x1f\x8b"


class UnpackedTooFarError(Exception):
    """A packed file is many times larger than any text packs."""


def pieces(found: SourceFile) -> Iterator[Piece]:
    """Cut one file into items; a fault ends the file, comes last and says why."""
    try:
        with _opened(found) as file:
            yield from _CUTTERS.get(found.format, _whole)(found, file)
    except UnpackedTooFarError:
        yield ReadFailure(found.name, f"unpacks to more than {UNPACKED_RATIO} times its size")
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        yield ReadFailure(found.name, f"cannot be unpacked ({error})")
    except OSError as error:
        yield ReadFailure(found.name, f"cannot be read ({error.strerror or error})")


class _Unpacked(io.RawIOBase):
    """A packed file as it unpacks, stopped when it has become suspiciously large."""

    def __init__(self, found: SourceFile) -> None:
        super().__init__()
        self._file = gzip.open(found.path, "rb")  # noqa: SIM115 - closed with this
        self._left = max(UNPACKED_FREE_BYTES, found.size * UNPACKED_RATIO)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        count = self._file.readinto(buffer)
        self._left -= count
        if self._left < 0:
            raise UnpackedTooFarError
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


class _Range(io.RawIOBase):
    """The bytes of some lines of a file."""

    def __init__(self, file: IO[bytes], lines: LineRange) -> None:
        super().__init__()
        self._file, self._left = file, lines.stop - lines.start
        file.seek(lines.start)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._file.read(min(len(buffer), self._left))
        self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def _opened(found: SourceFile) -> IO[bytes]:
    if found.lines:
        return cast("IO[bytes]", io.BufferedReader(_Range(found.path.open("rb"), found.lines), MIB))
    if _is_packed(found.path) if found.format is Format.WARC else found.packed:
        return cast("IO[bytes]", io.BufferedReader(_Unpacked(found), MIB))
    return found.path.open("rb")


def _whole(found: SourceFile, file: IO[bytes]) -> Iterator[Piece]:
    data = b"".join(_blocks(file, WHOLE_FILE_BYTES + 1))
    path = found.name
    if len(data) > WHOLE_FILE_BYTES:
        yield ReadFailure(path, f"is larger than {WHOLE_FILE_BYTES // MIB} MiB")
    elif not data.strip():
        yield ReadFailure(path, "is empty")
    else:
        yield RawDocument(path, found.format, data)


def _is_packed(path: Path) -> bool:
    # archives are packed record by record, and not all say so in their name
    with path.open("rb") as file:
        return file.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC


def _blocks(file: IO[bytes], most: int) -> Iterator[bytes]:
    # asked for all at once, the bytes of the limit would be set aside for a file of ten
    while most > 0 and (block := file.read(min(most, MIB))):
        most -= len(block)
        yield block


def _lines(found: SourceFile, file: IO[bytes]) -> Iterator[Piece]:
    """Cut JSON Lines after the last line end of each block; a line longer than a record may be is left out."""
    path = found.name
    number, rest = found.lines.number if found.lines else 1, b""
    block = file.read(BATCH_BYTES)
    if not block:
        yield ReadFailure(path, "is empty")
    if block.startswith((b"\xff\xfe", b"\xfe\xff")):
        # lines cannot be told in UTF-16 by their bytes: such a file is read as a whole
        yield from _recoded(path, block + b"".join(_blocks(file, WHOLE_FILE_BYTES)))
        return
    while block:
        whole, end, part = (rest + block).rpartition(b"\n")
        if end:
            yield RawDocument(path, Format.JSON_LINES, whole, place=f"line {number}")
            number += whole.count(b"\n") + 1
        rest = part
        if len(rest) > RECORD_BYTES:
            yield ReadFailure(path, f"is longer than {RECORD_BYTES // MIB} MiB", place=f"line {number}")
            rest, number = _after_line(file), number + 1
        block = file.read(BATCH_BYTES)
    if rest.strip():
        yield RawDocument(path, Format.JSON_LINES, rest, place=f"line {number}")


def _recoded(path: str, data: bytes) -> Iterator[Piece]:
    if len(data) > WHOLE_FILE_BYTES:
        yield ReadFailure(path, f"is in UTF-16 and larger than {WHOLE_FILE_BYTES // MIB} MiB")
    else:
        yield RawDocument(path, Format.JSON_LINES, decode(data).encode("utf-8", "replace"), place="line 1")


def _after_line(file: IO[bytes]) -> bytes:
    while block := file.read(BATCH_BYTES):
        _, end, rest = block.partition(b"\n")
        if end:
            return rest
    return b""


def _table(found: SourceFile, file: IO[bytes]) -> Iterator[Piece]:
    """Read a table as lines of JSON, one a row: from here on it is like any other collection."""
    path = found.name
    head = file.read(4 * BATCH_BYTES)
    if not head.strip():
        yield ReadFailure(path, "is empty")
        return
    try:
        # the last character of what was read may be cut
        encoding = encoding_of(head[: head.rfind(b"\n") + 1] or head)
    except ValueError as error:
        yield ReadFailure(path, str(error))
        return
    # in this process only, which reads for another one
    csv.field_size_limit(RECORD_BYTES)
    try:
        with io.TextIOWrapper(_opened(found), encoding=encoding, errors="replace", newline="") as stream:
            yield from _rows(path, stream)
    except csv.Error as error:
        yield ReadFailure(path, f"is no table from here on ({error})")


def _rows(path: str, stream: io.TextIOWrapper) -> Iterator[Piece]:
    lines = _bounded(stream)
    first = next(lines, "")
    delimiter = max(",;\t|", key=first.count)
    header = next(csv.reader([first], delimiter=delimiter), [])
    held: list[bytes] = []
    size, start = 0, 1
    for number, row in enumerate(csv.reader(lines, delimiter=delimiter), start=1):
        held.append(orjson.dumps(dict(zip(header, row, strict=False))) if row else b"")
        size += len(held[-1])
        if size >= BATCH_BYTES:
            yield RawDocument(path, Format.JSON_LINES, b"\n".join(held), place=f"row {start}")
            held, size, start = [], 0, number + 1
    if held:
        yield RawDocument(path, Format.JSON_LINES, b"\n".join(held), place=f"row {start}")


def _bounded(stream: io.TextIOWrapper) -> Iterator[str]:
    while line := stream.readline(RECORD_BYTES):
        if len(line) == RECORD_BYTES:
            raise csv.Error(f"a line longer than {RECORD_BYTES // MIB} MiB")
        # the csv module of some Pythons refuses NULs
        yield line.replace("\0", "")


def _archive(found: SourceFile, file: IO[bytes]) -> Iterator[Piece]:
    yield from records(found.name, file)


_CUTTERS: dict[Format, Callable[[SourceFile, IO[bytes]], Iterator[Piece]]] = {
    Format.JSON_LINES: _lines,
    Format.CSV: _table,
    Format.WARC: _archive,
}
