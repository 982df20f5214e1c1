"""The pages that a feed links to, for feeds whose entries hold a line or two only."""

from __future__ import annotations

import hashlib
import http
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import orjson

from geo.news.limits import PAGE_BYTES, PAGES_A_ROUND
from geo.news.model import Format, ParsedDocument, RawDocument, ReadFailure
from geo.news.normalize.article import address as web_address
from geo.news.read.formats import parse
from geo.news.watch.fetch import Visitor
from geo.news.watch.request import Answer, AnswerLimits, FetchError

_PAGE_TYPES = "text/html, application/xhtml+xml, */*;q=0.1"
_PAGES = {"", "text/html", "application/xhtml+xml"}
_DIGITS = 16


@dataclass(slots=True)
class NewPages:
    """What was fetched for the entries of a feed.

    Parameters
    ----------
    documents
        A page for each new entry; where it cannot be had the entry's own text, and why.
    read
        Digests of the addresses that need not be asked again while the feed links to them.
    all_read
        False when entries are left for the next round.
    retry_after
        Seconds for which a host wants to be left alone.
    """

    documents: list[RawDocument | ReadFailure] = field(default_factory=list)
    read: tuple[str, ...] = ()
    all_read: bool = True
    retry_after: float = 0.0


def new_pages(feed: RawDocument, known: AbstractSet[str], visitor: Visitor, language: str) -> NewPages:
    """Return the pages of those entries of a feed that are not known yet, at most so many a round.

    Parameters
    ----------
    known
        Digests of the addresses that were read in earlier rounds.
    """
    pages, read, asked = NewPages(), dict[str, None](), 0
    for entry in parse(feed):
        if isinstance(entry, ReadFailure):
            pages.documents.append(entry)
            continue
        address = web_address(str(entry.fields.get("url", "")))
        mark = hashlib.sha256((address or entry.body).encode("utf-8", "replace")).hexdigest()[:_DIGITS]
        if mark in known or mark in read:
            read[mark] = None
        elif asked == PAGES_A_ROUND:
            pages.all_read = False
        else:
            asked += bool(address)
            try:
                pages.documents += _page(entry, address, feed, visitor, language)
                read[mark] = None
            except FetchError as error:
                # a host that has enough is asked for nothing more
                asked, pages.all_read, pages.retry_after = PAGES_A_ROUND, False, error.retry_after or 0.0
                pages.documents.append(ReadFailure(address, f"{error.reason}; it and what follows wait"))
    pages.read = tuple(read)
    return pages


def _page(
    entry: ParsedDocument, address: str, feed: RawDocument, visitor: Visitor, language: str
) -> list[RawDocument | ReadFailure]:
    own_text = RawDocument(feed.path, Format.JSON, orjson.dumps(dict(entry.fields)), place=entry.place)
    if not address:
        return [own_text]
    try:
        answer = _fetched(address, visitor, language)
    except FetchError as error:
        if error.status == http.HTTPStatus.TOO_MANY_REQUESTS or (error.status and error.retry_after):
            raise
        return [own_text, ReadFailure(address, f"{error.reason}; the feed's own words were read instead")]
    about = {"title": str(entry.fields.get("title", "")), "date": str(entry.fields.get("date", "")), "url": address}
    return [RawDocument(address, Format.HTML, answer.body, encoding=answer.charset, fields={**feed.fields, **about})]


def _fetched(address: str, visitor: Visitor, language: str) -> Answer:
    answer = visitor.get(address, AnswerLimits(PAGE_BYTES), accept=_PAGE_TYPES, language=language).answer
    if answer.media_type not in _PAGES:
        raise FetchError(f"is of the type {answer.media_type[:60]!a} and no page")
    return answer
