"""From a parsed document to an article: clean text, ISO date, publisher and country, an id, and what was left out."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from geo.news.languages import language_of
from geo.news.limits import ADDRESS_CHARACTERS, FIELD_CHARACTERS, MIB, TEXT_CHARACTERS
from geo.news.model import Article, Format, ParsedDocument, ReadFailure
from geo.news.normalize.datelines import strip_dateline
from geo.news.normalize.dates import iso_date
from geo.news.normalize.publishers import Publishers, host_of
from geo.news.normalize.text import one_line, strip_controls, strip_references, unwrap_paragraphs
from geo.news.read.html import plain_text
from geo.news.read.records import fields_of

_SENTENCE_END = (".", "!", "?", "…", "。", "！", "？", "”", '"', "»", "」")
_TITLE_CHARACTERS = 160
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+", re.IGNORECASE)
_SLUG_LENGTH = 60
_DIGITS = 10


def normalize_article(document: ParsedDocument, publishers: Publishers) -> tuple[Article, tuple[ReadFailure, ...]]:
    """Make an article of a parsed document.

    Returns
    -------
    tuple
        The article, and remarks on what was left out of it, such as a date of the year 0.

    Raises
    ------
    Unreadable
        When there is no text to it, or far too much.
    """
    as_read, known = plain_text(document)
    text = as_read
    if len(text) > TEXT_CHARACTERS:
        reason = f"has a text of more than {TEXT_CHARACTERS // MIB} million characters"
        raise ReadFailure(document.path, reason, document.place)
    # what the carrier says of an article goes before what its page says
    fields = {**known, **fields_of(document.fields)}
    title = one_line(fields.get("title", ""), FIELD_CHARACTERS)
    line = strip_dateline(strip_controls(text))
    text = strip_references(unwrap_paragraphs(line.text))
    if not text:
        raise ReadFailure(document.path, "has no article text", document.place)
    written = fields.get("date", "")
    date = iso_date(written)
    url = address(fields.get("url", ""))
    named = one_line(fields.get("publisher", ""), FIELD_CHARACTERS)
    publisher, country = publishers.publisher(named or ("" if url else line.agency), url)
    wire = one_line(fields.get("agency", ""), FIELD_CHARACTERS) or line.agency
    agency, agency_country = publishers.agency(wire, publisher)
    article = Article(
        article_id="",
        text=text,
        title=title or ("" if document.format is not Format.PLAIN or fields else _headline(text)),
        publisher=publisher,
        publisher_country=_country(fields) or country,
        agency=agency,
        agency_country=agency_country,
        date=date or line.date,
        # what a template declares is often not what the text is in; script does not lie
        language=language_of(text),
        url=url,
        path=document.path,
        document_id=_document_id(document, fields),
        text_as_read=as_read,
    )
    article = replace(article, article_id=_article_id(article))
    if written and not date:
        reason = f"the date {written[:40]!r} is none the press writes; left out"
        return article, (ReadFailure(document.path, reason, document.place),)
    return article, ()


def address(text: str) -> str:
    """Return a web address without its fragment and what only tracks its reader; empty when it is none."""
    # for articles that name an island only
    from courlan import clean_url  # noqa: PLC0415

    text = text.strip()
    if len(text) > ADDRESS_CHARACTERS or not _ADDRESS.fullmatch(text):
        return ""
    cleaned = clean_url(text.partition("#")[0])
    # what it makes of a host it has no name for is no address any more
    return cleaned if cleaned and _ADDRESS.fullmatch(cleaned) and host_of(cleaned) else ""


def _article_id(article: Article) -> str:
    """Return the id that an article has wherever and however often it is read: from its address and its text."""
    words = " ".join(article.text.split())
    digest = hashlib.sha256(f"{article.url}\n{words}".encode()).hexdigest()[:_DIGITS]
    name = slug(article.publisher) or slug(host_of(article.url)) or "article"
    return "-".join(part for part in (name, article.date, digest) if part)


def slug(text: str) -> str:
    """Return the letters a-z and digits of a text as an id, empty when it has none."""
    plain = unicodedata.normalize("NFKD", text[: _SLUG_LENGTH * 4]).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_SLUG_LENGTH].strip("-")


def _document_id(document: ParsedDocument, fields: Mapping[str, str]) -> str:
    if given := slug(fields.get("id", "")):
        return given
    name = document.path.replace("\\", "/").rpartition("/")[2]
    # a name in Japanese or Russian leaves nothing of a-z
    stem = slug(name.partition(".")[0]) or f"article-{hashlib.sha256(name.encode()).hexdigest()[:_DIGITS]}"
    number = re.sub(r"\D", "", document.place)
    return f"{stem}-{number}" if number else stem


def _headline(text: str) -> str:
    """Take the first line of a plain text for its title when it looks like one; it stays in the text."""
    first, gap, _ = text.partition("\n\n")
    is_title = gap and len(first) <= _TITLE_CHARACTERS and not first.endswith(_SENTENCE_END)
    return one_line(first, FIELD_CHARACTERS) if is_title else ""


def _country(fields: Mapping[str, str]) -> str:
    code = fields.get("country", "")
    return code.upper() if _COUNTRY.fullmatch(code) else ""
