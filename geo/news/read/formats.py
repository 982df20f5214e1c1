"""Parses raw documents, one function a format; whatever goes wrong comes as a fault with its reason."""

from __future__ import annotations

import datetime as dt
import io
import logging
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import hypot
from typing import TYPE_CHECKING, Any

from geo.news.limits import FRONT_MATTER_CHARACTERS, MARKUP_CHARACTERS, MIB, PDF_PAGES
from geo.news.model import Format, ParsedDocument, RawDocument, ReadFailure
from geo.news.read.encodings import declared_encoding, decode, is_binary
from geo.news.read.malformed import MALFORMED, brief
from geo.news.read.records import document_of, documents_of_json, documents_of_lines

if TYPE_CHECKING:
    from pypdf import PageObject

_FRONT_MATTER = re.compile(r"\s*(---|\+\+\+)[ \t]*\r?\n(.*?)\r?\n\1[ \t]*(?:\r?\n|\Z)", re.DOTALL)
# what programs call a document that nobody named
_NO_TITLE = re.compile(
    r"(?i:untitled|document|無題|без названия|microsoft word - )|.*\.(?:docx?|odt|rtf|indd|pdf|txt|html?)\s*\Z"
)
# a heading is set in larger letters than what follows
_SIZE_STEP = 1.08


def parse(item: RawDocument) -> Iterator[ParsedDocument | ReadFailure]:
    """Return the parsed documents of a raw document, and a fault for each record that gives none."""
    return _PARSERS[item.format](item)


def _plain(item: RawDocument) -> Iterator[ParsedDocument | ReadFailure]:
    try:
        text = decode(item.data, item.encoding)
    except ValueError as error:
        yield ReadFailure(item.path, str(error), item.place)
        return
    if is_binary(text):
        yield ReadFailure(item.path, "is no text", item.place)
    else:
        yield ParsedDocument(item.path, item.place, text, Format.PLAIN, item.fields)


def _markdown(item: RawDocument) -> Iterator[ParsedDocument | ReadFailure]:
    for document in _plain(item):
        if isinstance(document, ParsedDocument):
            yield _with_front_matter(document)
        else:
            yield document


def _with_front_matter(document: ParsedDocument) -> ParsedDocument | ReadFailure:
    found = _FRONT_MATTER.match(document.body[:FRONT_MATTER_CHARACTERS])
    if not found:
        return ParsedDocument(document.path, document.place, document.body, Format.MARKDOWN, document.fields)
    try:
        known = _yaml(found[2]) if found[1] == "---" else tomllib.loads(found[2])
    except ValueError as error:
        return ReadFailure(document.path, f"has front matter that cannot be read ({brief(error)})", document.place)
    # dates come as dates; a record wants words and numbers
    fields = {str(k): v.isoformat() if isinstance(v, dt.date) else v for k, v in known.items()}
    return ParsedDocument(document.path, document.place, document.body[found.end() :], Format.MARKDOWN, fields)


def _yaml(text: str) -> dict[str, Any]:
    import yaml  # noqa: PLC0415 - for Markdown only

    try:
        known = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(brief(error)) from None
    return known if isinstance(known, dict) else {}


def _page(item: RawDocument) -> Iterator[ParsedDocument | ReadFailure]:
    try:
        markup = decode(item.data, item.encoding or declared_encoding(item.data))
    except ValueError as error:
        yield ReadFailure(item.path, str(error), item.place)
        return
    if is_binary(markup):
        yield ReadFailure(item.path, "is no page", item.place)
    elif len(markup) > MARKUP_CHARACTERS:
        yield ReadFailure(
            item.path, f"is a page of more than {MARKUP_CHARACTERS // MIB} million characters", item.place
        )
    else:
        yield ParsedDocument(item.path, item.place, markup, Format.HTML, item.fields)


def _pdf(item: RawDocument) -> Iterator[ParsedDocument | ReadFailure]:
    import pypdf  # noqa: PLC0415 - for PDF only
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    # it tells of every oddity of a file on stderr
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    if not item.data[:1024].lstrip().startswith(b"%PDF"):
        yield ReadFailure(item.path, "is no PDF", item.place)
        return
    try:
        reader = pypdf.PdfReader(io.BytesIO(item.data))
        text = "\n\n".join(_page_text(page) for page in reader.pages[:PDF_PAGES])
        known: Mapping[str, object] = reader.metadata or {}
        title = str(known.get("/Title") or "")
    except (PyPdfError, *MALFORMED) as error:
        yield ReadFailure(item.path, f"is a PDF that cannot be read ({brief(error)})", item.place)
        return
    if not text.strip():
        yield ReadFailure(item.path, "is a PDF without text (perhaps pictures of pages)", item.place)
        return
    # the day on which a file was made is that of a scan or an export
    fields = {"title": "" if _NO_TITLE.match(title.strip()) else title}
    yield ParsedDocument(item.path, item.place, text, Format.PLAIN, {**item.fields, **fields})


def _page_text(page: PageObject) -> str:
    """Return the text of a page of PDF, a blank line where the size of its letters changes from line to line."""
    parts: list[str] = []
    size = 0.0

    def visit(text: str, _: object, matrix: Sequence[float], __: object, font_size: float) -> None:
        nonlocal size
        if text.strip():
            present = font_size * hypot(matrix[2], matrix[3])
            is_other = size and not 1 / _SIZE_STEP < present / size < _SIZE_STEP
            if is_other and (text.startswith("\n") or (parts and parts[-1].endswith("\n"))):
                parts.append("\n\n")
            size = present or size
        parts.append(text)

    whole = page.extract_text(visitor_text=visit)
    parted = "".join(parts)
    return parted if parted.split() == whole.split() else whole


def _feed(item: RawDocument) -> Iterator[ParsedDocument | ReadFailure]:
    import feedparser  # noqa: PLC0415 - for feeds only

    try:
        data = decode(item.data, item.encoding or declared_encoding(item.data)).encode("utf-8", "replace")
    except ValueError as error:
        yield ReadFailure(item.path, str(error), item.place)
        return
    try:
        # a stream: bytes that spell a path would be opened as a file. its encoding is settled, whatever it declares
        feed = feedparser.parse(io.BytesIO(data), response_headers={"content-type": "application/xml; charset=utf-8"})
    except MALFORMED as error:
        yield ReadFailure(item.path, f"is a feed that cannot be read ({brief(error)})", item.place)
        return
    if not feed.entries:
        known = bool(feed.get("version"))
        yield ReadFailure(item.path, "is a feed without entries" if known else "is no feed (RSS or Atom)", item.place)
        return
    about = {"publisher": feed.feed.get("title", ""), "language": feed.feed.get("language", "")}
    for number, entry in enumerate(feed.entries, start=1):
        contents = [part.get("value") or "" for part in entry.get("content") or ()]
        record = {
            **about,
            "text": max([*contents, entry.get("summary") or ""], key=len),
            "title": entry.get("title", ""),
            "date": entry.get("published", "") or entry.get("updated", ""),
            "url": entry.get("link", ""),
            "id": entry.get("id", ""),
            # whoever fetched the feed knows whose it is
            **item.fields,
        }
        yield document_of(record, item.path, f"entry {number}")


_PARSERS: dict[Format, Callable[[RawDocument], Iterator[ParsedDocument | ReadFailure]]] = {
    Format.PLAIN: _plain,
    Format.MARKDOWN: _markdown,
    Format.HTML: _page,
    Format.PDF: _pdf,
    Format.JSON_LINES: documents_of_lines,
    Format.JSON: documents_of_json,
    Format.FEED: _feed,
}
