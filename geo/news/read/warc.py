"""Reads web archives: the pages, texts and PDFs among their records, each with its address."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, cast

from geo.news.limits import MIB, RECORD_BYTES, WARC_LINE_BYTES
from geo.news.model import Format, RawDocument, ReadFailure, ReadNote
from geo.news.read.malformed import MALFORMED, brief

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_FORMATS = {
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "text/plain": Format.PLAIN,
    "application/pdf": Format.PDF,
}
_TYPES = {"response", "resource", "conversion"}
_WELL = "200"
# what the file itself does wrong, as against what stands in it
_UNPACKING = (gzip.BadGzipFile, zlib.error)


class _EndlessLineError(ValueError):
    """No line of headers and no text is so long; its reader would gather it block by block."""


def records(path: str, file: IO[bytes]) -> Iterator[RawDocument | ReadFailure]:
    """Return the records of an unpacked WARC file that may be articles, one at a time, and notes on those cut short."""
    # loaded for archives only
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    number = given = 0
    try:
        bounded = io.BufferedReader(_LineGuard(file), MIB)
        for number, record in enumerate(ArchiveIterator(bounded), start=1):
            if found := _format(record):
                given += 1
                yield from _pieces(path, f"record {number}", found, record)
    except _UNPACKING:
        raise
    except (ArchiveLoadFailed, *MALFORMED) as error:
        yield ReadFailure(path, f"is no WARC from here on ({brief(error)})", place=f"record {number + 1}")
        return
    if not given:
        yield ReadFailure(path, "has no pages among its records" if number else "is empty")


class _LineGuard(io.RawIOBase):
    """A file that ends with an error where a line does not end."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file, self._length = file, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        end = data.rfind(b"\n")
        self._length = len(data) - end - 1 if end >= 0 else self._length + len(data)
        if self._length > WARC_LINE_BYTES:
            raise _EndlessLineError(f"a line longer than {WARC_LINE_BYTES // MIB} MiB")
        return len(data)


def _format(record: ArcWarcRecord) -> Format | None:
    if record.rec_type not in _TYPES:
        return None
    if record.http_headers and record.http_headers.get_statuscode() != _WELL:
        return None
    return _FORMATS.get(_content_type(record).partition(";")[0].strip().lower())


def _content_type(record: ArcWarcRecord) -> str:
    headers = record.http_headers or record.rec_headers
    return headers.get_header("Content-Type") or ""


def _pieces(path: str, place: str, found: Format, record: ArcWarcRecord) -> Iterator[RawDocument | ReadFailure]:
    data = record.content_stream().read(RECORD_BYTES + 1)
    if len(data) > RECORD_BYTES:
        yield ReadFailure(path, f"is longer than {RECORD_BYTES // MIB} MiB", place=place)
        return
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    # the day of the crawl is not the day of the article, so it is not handed on
    encoding = _content_type(record).partition("charset=")[2].strip("\"' ;")
    yield RawDocument(path, found, data, place, encoding, {"url": address})
    missing = cast("int", getattr(record.raw_stream, "limit", 0))
    if missing > 0:
        yield ReadNote(path, f"is cut short: {missing:,} of its bytes are missing", place)
