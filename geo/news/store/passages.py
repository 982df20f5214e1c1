"""Passages and the index of their words: put in, taken out and made anew, inside the transaction of their articles."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from geo.model.press import Excerpt
from geo.news.model import ReadFailure
from geo.news.store.database import Database
from geo.news.store.terms import SEQUENCE_BITS, IndexedPassage, facet_terms, first_number
from geo.news.store.tokens import indexed

# a passage narrower than this says little; the shortest counts less than half (wide characters are two)
_FULL_WIDTH, _LEAST_WEIGHT = 100, 0.4
_MENTION = ("island", "kind", "start", "end", "matched", "cut_start", "cut_end", "repaired")


def mentions_of(language: str, quote: str, stored: str) -> tuple[Mapping[str, Any], ...]:
    """Return what a passage says of islands; nothing when the model does not take it, as something else wrote it."""
    try:
        mentions = tuple(orjson.loads(stored))
        for mention in mentions:
            Excerpt.model_validate({"article": "any", "quote": quote, "language": language} | mention)
    except (ValueError, TypeError):
        return ()
    return mentions


def add_passages(
    database: Database, article: int, date: str, excerpts: Sequence[Excerpt], *, shipped: bool = False
) -> list[int]:
    """Keep each quotation of an article once, with all that it says of islands; return the numbers of the passages."""
    by_quote: dict[str, list[Excerpt]] = {}
    for excerpt in excerpts:
        by_quote.setdefault(excerpt.quote, []).append(excerpt)
    numbers = []
    for quote, same in by_quote.items():
        mentions = orjson.dumps([excerpt.model_dump(include=set(_MENTION)) for excerpt in same]).decode()
        numbers.append(_next_number(database, date))
        row = (numbers[-1], article, shipped, same[0].language, quote, mentions)
        database.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)", row)
    return numbers


def index_passages(database: Database, numbers: Iterable[int]) -> None:
    """Make passages findable; those that are shipped as well stay unfindable."""
    database.words.put(passage for number in sorted(numbers) if (passage := _indexed(database, number)) is not None)


def index_outlets(database: Database, articles: Iterable[int]) -> None:
    """Let the passages of texts be found under all their outlets."""
    for article in articles:
        outlets = _outlets(database, article)
        rows = database.execute("SELECT number, language, quote, mentions FROM passages WHERE article = ?", [article])
        for number, language, quote, stored in rows.fetchall():
            if mentions := mentions_of(language, quote, stored):
                database.words.set_facets(number, facet_terms(mentions, language, outlets))


def add_publishers(database: Database, outlet: tuple[str, str], agency: tuple[str, str]) -> None:
    """Offer an outlet, and the agency whose text it has, with their countries to whoever filters."""
    for name in (outlet, agency) if agency[0] else (outlet,):
        database.execute("INSERT INTO publishers VALUES (?, ?) ON CONFLICT DO NOTHING", name)


def rebuild_index(database: Database) -> None:
    """Make the index anew from the passages."""
    numbers = [row[0] for row in database.execute("SELECT number FROM passages ORDER BY number")]
    database.words.make(passage for number in numbers if (passage := _indexed(database, number)) is not None)
    database.execute(
        "INSERT INTO publishers SELECT publisher, publisher_country FROM articles "
        "UNION SELECT agency, agency_country FROM articles WHERE agency <> '' ON CONFLICT DO NOTHING"
    )


def excerpts_of_article(database: Database, article: int, article_id: str) -> Iterator[Excerpt | ReadFailure]:
    """Return what is kept of an article, in the order of its text; a passage that is damaged is a failure."""
    rows = database.execute(
        "SELECT number, language, quote, mentions FROM passages WHERE article = ? ORDER BY number DESC", [article]
    )
    for number, language, quote, stored in rows.fetchall():
        mentions = mentions_of(language, quote, stored)
        for mention in mentions:
            yield Excerpt(article=article_id, quote=quote, language=language, **mention)
        if not mentions:
            yield damaged(number)


def damaged(number: int) -> ReadFailure:
    """Return how a passage is told that is set aside."""
    return ReadFailure("the store", "is damaged and left out", f"passage {number}")


def _indexed(database: Database, number: int) -> IndexedPassage | None:
    """Return a passage as the index holds it, unless it is shipped as well, damaged, or of no article."""
    row = database.execute(
        "SELECT p.article, p.shipped, p.language, p.quote, p.mentions, a.date "
        "FROM passages p JOIN articles a ON a.number = p.article WHERE p.number = ?",
        [number],
    ).fetchone()
    if row is None:
        return None
    article, shipped, language, quote, stored, date = row
    mentions = mentions_of(language, quote, stored)
    if not mentions or (not shipped and _is_shipped(database, quote, date)):
        return None
    facets = facet_terms(mentions, language, _outlets(database, article))
    return IndexedPassage(number, *indexed(quote), facets, _weight(quote))


def _next_number(database: Database, date: str) -> int:
    first = first_number(date)
    last = first + (1 << SEQUENCE_BITS)
    least = database.execute(
        "SELECT min(number) FROM passages WHERE number >= ? AND number < ?", [first, last]
    ).fetchone()[0]
    return int(last if least is None else least) - 1


def _is_shipped(database: Database, quote: str, date: str) -> bool:
    shipped = (
        "SELECT 1 FROM passages p JOIN articles a ON a.number = p.article "
        "WHERE p.shipped AND p.quote = ? AND a.date = ?"
    )
    return database.execute(shipped, [quote, date]).fetchone() is not None


def _outlets(database: Database, article: int) -> list[tuple[str, str]]:
    """Return the countries and the publishers of a text, its agency's and those of its further outlets included."""
    names = (
        "SELECT publisher_country, publisher, agency_country, agency FROM articles WHERE canonical = ? ORDER BY number"
    )
    rows = database.execute(names, [article]).fetchall()
    return [pair for *outlet, country, agency in rows for pair in (tuple(outlet), (country, agency)) if any(pair)]


def _weight(quote: str) -> float:
    width = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in quote)
    return min(1.0, _LEAST_WEIGHT + (1 - _LEAST_WEIGHT) * width / _FULL_WIDTH)
