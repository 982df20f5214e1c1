"""Understands records with members - JSON objects, rows of a table: which member is text, title, publisher, date."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from geo.news.model import Format, ParsedDocument, RawDocument, ReadFailure
from geo.news.read.encodings import decode

# the first that is there and not empty is taken; small letters, with _ between words
_OWN_TEXTS = (
    *("text", "body", "content", "maintext", "main_text", "full_text", "fulltext", "article_text", "article_body"),
    *("articlebody", "content_text", "raw_text", "content_html", "html", "本文", "текст"),
)
# of an article, and of a collection as well
_TEXTS = (*_OWN_TEXTS, "description", "summary")
_FIELDS = {
    "title": ("title", "headline", "見出し", "タイトル", "заголовок"),
    "publisher": ("publisher", "source", "outlet", "site_name", "sitename", "newspaper", "agency", "media", "domain"),
    "agency": ("agency", "news_agency", "wire", "wire_service"),
    "country": ("publisher_country", "country", "source_country"),
    "date": (
        *("date", "published", "publication_date", "date_published", "datepublished", "publish_date", "pub_date"),
        *("pubdate", "published_at", "publishedat", "datetime", "created_at", "timestamp", "日付", "дата"),
    ),
    "language": ("language", "lang", "languages"),
    "url": ("url", "link", "canonical_url", "source_url", "href", "uri", "source_link"),
    "id": ("article_id", "id", "guid", "doc_id"),
}
_COLLECTIONS = ("articles", "items", "entries", "results", "documents", "docs", "posts", "data", "news")
_MARKUP = re.compile(
    r"<(?:p|br|div|span|a|html|body|article|h[1-6]|ul|li|b|i|em|strong|script|table)\b[^<>]*>", re.IGNORECASE
)
_WHOLE_PAGE = re.compile(r"<(?:html|body|head|!doctype)\b", re.IGNORECASE)
_MARKUP_HEAD = 20_000
_NAME_MEMBERS = ("name", "title", "domain", "url", "href")


def documents_of_lines(item: RawDocument) -> Iterator[ParsedDocument | ReadFailure]:
    """Return a parsed document, or a fault, for each line of JSON."""
    unit, _, first = item.place.partition(" ")
    for number, line in enumerate(item.data.split(b"\n"), start=int(first)):
        # a line of blanks, or the empty object that an empty row of a table became
        if not line or line.isspace():
            continue
        place = f"{unit} {number}"
        try:
            record = _loaded(line)
        except ReadFailure as fault:
            yield ReadFailure(item.path, fault.reason, place)
        else:
            yield document_of(record, item.path, place)


def documents_of_json(item: RawDocument) -> Iterator[ParsedDocument | ReadFailure]:
    """Return the articles of one JSON document: one article, a list of them, or an object that holds such a list."""
    try:
        document = _loaded(item.data)
    except ReadFailure as fault:
        # files named .json often hold JSON Lines
        if b"\n{" in item.data.strip():
            yield from documents_of_lines(RawDocument(item.path, Format.JSON_LINES, item.data, place="line 1"))
        else:
            yield ReadFailure(item.path, fault.reason, item.place)
        return
    if isinstance(document, dict) and not _has_text(document):
        lists = (value for name in _COLLECTIONS if isinstance(value := document.get(name), list))
        document = next(lists, document)
    if not isinstance(document, list):
        yield document_of(document, item.path, item.place)
        return
    if not document:
        yield ReadFailure(item.path, "has no articles in it")
    for number, record in enumerate(document, start=1):
        yield document_of(record, item.path, f"record {number}")


def _has_text(record: Mapping[str, Any]) -> bool:
    """Return whether an object is an article itself, whatever lists it has beside its text."""
    members = _members(record)
    return any(isinstance(text := members.get(name), str) and not _blank(text) for name in _OWN_TEXTS)


def document_of(record: Any, path: str, place: str) -> ParsedDocument | ReadFailure:  # noqa: ANN401 - any JSON
    """Make a parsed document of one record; a record that is no object, or has no text, is a fault."""
    if not isinstance(record, dict):
        return ReadFailure(path, "is no JSON object", place)
    if isinstance(record.get("_source"), dict):  # what search servers export
        record = record["_source"]
    # nearly all call it so, and nearly all articles are never looked at again
    body = record.get("text")
    if not isinstance(body, str) or _blank(body):
        members = _members(record)
        body = next((text for name in _TEXTS if isinstance(text := members.get(name), str) and not _blank(text)), "")
        if not body:
            given = repr(", ".join(sorted(members)[:6])[:80])
            return ReadFailure(path, f"has no text under a name that is known (it has {given})", place)
    if "<" in body and _MARKUP.search(body[:_MARKUP_HEAD]):
        return ParsedDocument(
            path,
            place,
            body,
            Format.HTML if _WHOLE_PAGE.search(body[:_MARKUP_HEAD]) else Format.HTML_FRAGMENT,
            record,
        )
    return ParsedDocument(path, place, body, Format.PLAIN, record)


def fields_of(record: Mapping[str, Any]) -> dict[str, str]:
    """Return what a record says of its article, by our own names for it."""
    members = _members(record)
    return {field: text for field, names in _FIELDS.items() if (text := _first(members, names))}


def _members(record: Mapping[str, Any]) -> dict[str, Any]:
    return {str(name).strip().lower().replace(" ", "_").replace("-", "_"): value for name, value in record.items()}


def _blank(text: str) -> bool:
    return not text or text.isspace()


def _first(members: Mapping[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        value = members.get(name)
        if isinstance(value, dict):
            value = next((value[n] for n in _NAME_MEMBERS if isinstance(value.get(n), str)), "")
        if isinstance(value, list):
            value = value[0] if value else ""
        # True and False are numbers for Python
        if isinstance(value, (str, int, float)) and not isinstance(value, bool) and value != "":
            return str(value)
    return ""


def _loaded(data: bytes) -> Any:  # noqa: ANN401 - any JSON
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        fault = _json_fault(error)
    # JSON is UTF-8 by its standard, what is called JSON is not always
    try:
        return json.loads(decode(data))
    except RecursionError:
        raise ReadFailure("", "is nested too deeply") from None
    except ValueError:
        raise ReadFailure("", f"is no JSON ({fault})") from None


def _json_fault(error: orjson.JSONDecodeError) -> str:
    return f"{error.msg.partition(':')[0]} at character {error.pos + 1}"
