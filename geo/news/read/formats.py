"""From an item to drafts of articles, form by form; whatever goes wrong comes as a fault with its reason."""

from __future__ import annotations

import datetime as dt
import io
import logging
import re
import struct
import tomllib
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from geo.news.limits import FRONT_MATTER_CHARACTERS, MARKUP_CHARACTERS, MIB, PDF_PAGES
from geo.news.model import Draft, Item, Unreadable
from geo.news.read.encodings import declared_encoding, decode, is_binary
from geo.news.read.records import draft_of, drafts_of_document, drafts_of_lines

_FRONT_MATTER = re.compile(r"\s*(---|\+\+\+)[ \t]*\r?\n(.*?)\r?\n\1[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_PDF_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
# what a parser of a binary format raises when the bytes are not what they should be
_MALFORMED = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, RecursionError, EOFError,
    NotImplementedError, OSError, struct.error, zlib.error,
)  # fmt: skip


def drafts(item: Item) -> Iterator[Draft | Unreadable]:
    """Give the drafts of an item, and a fault for each record that gives none."""
    return _READERS[item.form](item)


def _plain(item: Item) -> Iterator[Draft | Unreadable]:
    try:
        text = decode(item.data, item.encoding)
    except ValueError as error:
        yield Unreadable(item.path, str(error), item.place)
        return
    if is_binary(text):
        yield Unreadable(item.path, "is no text", item.place)
    else:
        yield Draft(item.path, item.place, text, "", item.fields)


def _markdown(item: Item) -> Iterator[Draft | Unreadable]:
    for draft in _plain(item):
        if isinstance(draft, Draft):
            yield _with_front_matter(draft)
        else:
            yield draft


def _with_front_matter(draft: Draft) -> Draft | Unreadable:
    found = _FRONT_MATTER.match(draft.body[:FRONT_MATTER_CHARACTERS])
    if not found:
        return Draft(draft.path, draft.place, draft.body, "markdown", draft.fields)
    try:
        known = _yaml(found[2]) if found[1] == "---" else tomllib.loads(found[2])
    except ValueError as error:
        return Unreadable(draft.path, f"has front matter that cannot be read ({_brief(error)})", draft.place)
    # dates come as dates; a record wants words and numbers
    fields = {str(k): v.isoformat() if isinstance(v, dt.date) else v for k, v in known.items()}
    return Draft(draft.path, draft.place, draft.body[found.end() :], "markdown", fields)


def _yaml(text: str) -> dict[str, Any]:
    import yaml  # noqa: PLC0415 - for Markdown only

    try:
        known = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(_brief(error)) from None
    return known if isinstance(known, dict) else {}


def _page(item: Item) -> Iterator[Draft | Unreadable]:
    try:
        markup = decode(item.data, item.encoding or declared_encoding(item.data))
    except ValueError as error:
        yield Unreadable(item.path, str(error), item.place)
        return
    if is_binary(markup):
        yield Unreadable(item.path, "is no page", item.place)
    elif len(markup) > MARKUP_CHARACTERS:
        yield Unreadable(item.path, f"is a page of more than {MARKUP_CHARACTERS // MIB} million characters", item.place)
    else:
        yield Draft(item.path, item.place, markup, "page", item.fields)


def _pdf(item: Item) -> Iterator[Draft | Unreadable]:
    import pypdf  # noqa: PLC0415 - for PDF only
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    # it tells of every oddity of a file on stderr
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    if not item.data[:1024].lstrip().startswith(b"%PDF"):
        yield Unreadable(item.path, "is no PDF", item.place)
        return
    try:
        reader = pypdf.PdfReader(io.BytesIO(item.data))
        text = "\n\n".join(page.extract_text() for page in reader.pages[:PDF_PAGES])
        known: Mapping[str, object] = reader.metadata or {}
        title, date = str(known.get("/Title") or ""), str(known.get("/CreationDate") or "")
    except (PyPdfError, *_MALFORMED) as error:
        yield Unreadable(item.path, f"is a PDF that cannot be read ({_brief(error)})", item.place)
        return
    if not text.strip():
        yield Unreadable(item.path, "is a PDF without text (perhaps pictures of pages)", item.place)
        return
    day = _PDF_DATE.match(date)
    fields = {"title": title, "date": "-".join(part for part in day.groups() if part) if day else ""}
    yield Draft(item.path, item.place, text, "", {**item.fields, **fields})


def _feed(item: Item) -> Iterator[Draft | Unreadable]:
    import feedparser  # noqa: PLC0415 - for feeds only

    feed = feedparser.parse(item.data)
    if not feed.entries:
        known = bool(feed.get("version"))
        yield Unreadable(item.path, "is a feed without entries" if known else "is no feed (RSS or Atom)", item.place)
        return
    about = {"publisher": feed.feed.get("title", ""), "language": feed.feed.get("language", "")}
    for number, entry in enumerate(feed.entries, start=1):
        contents = [part.get("value", "") for part in entry.get("content", [])]
        record = {
            **about,
            "text": max([*contents, entry.get("summary", "")], key=len),
            "title": entry.get("title", ""),
            "date": entry.get("published", "") or entry.get("updated", ""),
            "url": entry.get("link", ""),
            "id": entry.get("id", ""),
        }
        yield draft_of(record, item.path, f"entry {number}")


def _brief(error: BaseException) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__


_READERS: dict[str, Callable[[Item], Iterator[Draft | Unreadable]]] = {
    "plain": _plain,
    "markdown": _markdown,
    "page": _page,
    "pdf": _pdf,
    "lines": drafts_of_lines,
    "document": drafts_of_document,
    "feed": _feed,
}
