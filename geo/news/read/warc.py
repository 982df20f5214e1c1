"""Reads web archives: the pages, texts and PDFs among their records, each with its address and date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from geo.news.limits import MIB, RECORD_BYTES
from geo.news.model import Format, RawDocument, ReadFailure

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


def records(path: str, file: IO[bytes]) -> Iterator[RawDocument | ReadFailure]:
    """Return the records of a WARC file, packed or not, that may be articles, one at a time."""
    # loaded for archives only
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    number = given = 0
    try:
        for number, record in enumerate(ArchiveIterator(file), start=1):
            if found := _format(record):
                given += 1
                yield _item(path, f"record {number}", found, record)
    except (ArchiveLoadFailed, EOFError, ValueError) as error:
        reason = " ".join(str(error).split())[:120]
        yield ReadFailure(path, f"is no WARC from here on ({reason})", place=f"record {number + 1}")
        return
    if not given:
        yield ReadFailure(path, "has no pages among its records" if number else "is empty")


def _format(record: ArcWarcRecord) -> Format | None:
    if record.rec_type not in _TYPES:
        return None
    if record.http_headers and record.http_headers.get_statuscode() != _WELL:
        return None
    return _FORMATS.get(_content_type(record).partition(";")[0].strip().lower())


def _content_type(record: ArcWarcRecord) -> str:
    headers = record.http_headers or record.rec_headers
    return headers.get_header("Content-Type") or ""


def _item(path: str, place: str, found: Format, record: ArcWarcRecord) -> RawDocument | ReadFailure:
    data = record.content_stream().read(RECORD_BYTES + 1)
    if len(data) > RECORD_BYTES:
        return ReadFailure(path, f"is longer than {RECORD_BYTES // MIB} MiB", place=place)
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    # the day of the crawl is not the day of the article, so it is not handed on
    encoding = _content_type(record).partition("charset=")[2].strip("\"' ;")
    return RawDocument(path, found, data, place, encoding, {"url": address})
