"""Passages and the index of their words: put in, taken out and made anew, inside the transaction of their articles."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import orjson

from geo.model.fields import ISLANDS
from geo.model.press import Excerpt
from geo.news.store.database import clear_index
from geo.news.store.tokens import indexed

# stands around each of several names in one cell
BETWEEN = "\x1f"
# of a passage's number the upper bits are its date, so that the newest are found without sorting; the lower ones
# fall, so that of one date the first read comes first
_SEQUENCE_BITS = 32
# a passage narrower than this says little; the shortest counts less than half (wide characters are two)
_FULL_WIDTH, _LEAST_WEIGHT = 100, 0.4
_MENTION = ("island", "kind", "start", "end", "matched", "cut_start", "cut_end", "repaired")


def island_bitmask(islands: Iterable[str]) -> int:
    """Return a set of islands as a number, one bit each."""
    return sum(1 << ISLANDS.index(island) for island in set(islands))


def first_number(date: str) -> int:
    """Return the least number of a passage of a date (YYYY, YYYY-MM or YYYY-MM-DD; none: 0)."""
    return int(date.replace("-", "").ljust(8, "0")) << _SEQUENCE_BITS


def add_passages(
    connection: sqlite3.Connection, article: int, date: str, excerpts: Sequence[Excerpt], *, shipped: bool = False
) -> list[int]:
    """Keep each quotation of an article once, with all that it says of islands; return the numbers of the passages."""
    by_quote: dict[str, list[Excerpt]] = {}
    for excerpt in excerpts:
        by_quote.setdefault(excerpt.quote, []).append(excerpt)
    numbers = []
    for quote, same in by_quote.items():
        mentions = orjson.dumps([excerpt.model_dump(include=set(_MENTION)) for excerpt in same]).decode()
        numbers.append(_next_number(connection, date))
        row = (numbers[-1], article, int(shipped), same[0].language, quote, mentions)
        connection.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)", row)
    return numbers


def index_passages(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Make passages findable; those that are shipped as well stay unfindable."""
    # in order: of numbers that fall, FTS5 writes each to the disk by itself
    for number in sorted(numbers):
        article, shipped, language, quote, mentions = connection.execute(
            "SELECT article, shipped, language, quote, mentions FROM passages WHERE number = ?", [number]
        ).fetchone()
        [date] = connection.execute("SELECT date FROM articles WHERE number = ?", [article]).fetchone()
        if not shipped and _is_shipped(connection, quote, date):
            continue
        said = orjson.loads(mentions)
        masks = [island_bitmask(m["island"] for m in said if m["kind"] == kind) for kind in ("named", "group")]
        facets = (number, *masks, language, date, *_outlets(connection, article), _weight(quote))
        connection.execute("INSERT INTO facets VALUES (?, ?, ?, ?, ?, ?, ?, ?)", facets)
        connection.execute("INSERT INTO words (rowid, forms, stems) VALUES (?, ?, ?)", (number, *indexed(quote)))


def unindex_passages(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Make passages unfindable, whether or not they were findable."""
    for number in sorted(numbers):
        if connection.execute("DELETE FROM facets WHERE number = ?", [number]).rowcount:
            [quote] = connection.execute("SELECT quote FROM passages WHERE number = ?", [number]).fetchone()
            # an index that keeps no texts has to be told what it forgets
            connection.execute(
                "INSERT INTO words (words, rowid, forms, stems) VALUES ('delete', ?, ?, ?)", (number, *indexed(quote))
            )


def index_outlets(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Let the passages of texts be found under all their outlets."""
    for article in articles:
        connection.execute(
            "UPDATE facets SET countries = ?, publishers = ? "
            "WHERE number IN (SELECT number FROM passages WHERE article = ?)",
            (*_outlets(connection, article), article),
        )


def rebuild_index(connection: sqlite3.Connection) -> None:
    """Make the index anew from the passages."""
    clear_index(connection)
    connection.execute("INSERT OR IGNORE INTO publishers SELECT publisher, publisher_country FROM articles")
    index_passages(connection, (row[0] for row in connection.execute("SELECT number FROM passages")))


def excerpts_of_article(connection: sqlite3.Connection, article: int, article_id: str) -> Iterator[Excerpt]:
    """Return what is kept of an article, in the order of its text."""
    rows = connection.execute(
        "SELECT language, quote, mentions FROM passages WHERE article = ? ORDER BY number DESC", [article]
    )
    for language, quote, mentions in rows.fetchall():
        for mention in orjson.loads(mentions):
            yield Excerpt(article=article_id, quote=quote, language=language, **mention)


def _next_number(connection: sqlite3.Connection, date: str) -> int:
    first = first_number(date)
    last = first + (1 << _SEQUENCE_BITS)
    least = connection.execute(
        "SELECT min(number) FROM passages WHERE number >= ? AND number < ?", [first, last]
    ).fetchone()[0]
    return int(last if least is None else least) - 1


def _is_shipped(connection: sqlite3.Connection, quote: str, date: str) -> bool:
    shipped = (
        "SELECT 1 FROM passages p JOIN articles a ON a.number = p.article "
        "WHERE p.shipped AND p.quote = ? AND a.date = ?"
    )
    return connection.execute(shipped, [quote, date]).fetchone() is not None


def _outlets(connection: sqlite3.Connection, article: int) -> tuple[str, str]:
    """Return the countries and the publishers of a text, those of its further outlets included."""
    rows = connection.execute(
        "SELECT publisher_country, publisher FROM articles WHERE canonical = ? ORDER BY number", [article]
    ).fetchall()
    countries = dict.fromkeys(country for country, _ in rows)
    publishers = dict.fromkeys(publisher.casefold() for _, publisher in rows)
    return tuple(f"{BETWEEN}{BETWEEN.join(names)}{BETWEEN}" for names in (countries, publishers))  # type: ignore[return-value]


def _weight(quote: str) -> float:
    width = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in quote)
    return min(1.0, _LEAST_WEIGHT + (1 - _LEAST_WEIGHT) * width / _FULL_WIDTH)
