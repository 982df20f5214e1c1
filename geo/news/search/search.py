"""Searches the excerpts: words in three languages, filters, best or newest first, with offsets of what was found."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import orjson

from geo.model.dates import PartialDate
from geo.model.fields import IslandId, Language
from geo.news.search.query import QueryTerm, highlight_spans, parse_query, refusal, to_fts5
from geo.news.store.passages import BETWEEN, island_bitmask

# ranking looks at so many; of more, the newest
RANKED = 3_000
# conditions and their values; how many were found, and the numbers of those on the page
Filtered = tuple[list[str], list[object]]
PageOfIds = tuple[int, list[int]]
_JOINED = "words JOIN facets f ON f.number = words.rowid"
_ARTICLE = (
    "article_id", "title", "publisher", "publisher_country", "agency", "agency_country", "date", "language", "url",
    "file",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """What excerpts are wanted; an empty value wants all.

    ``publisher`` and ``country`` hold for any outlet of a text; ``since`` and ``until`` are ISO dates and stand for the
    whole of a year or month.
    """

    island: IslandId | Literal[""] = ""
    kind: Literal["named", "group", ""] = ""
    language: Language | Literal[""] = ""
    publisher: str = ""
    country: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A quotation that was found.

    Parameters
    ----------
    article
        Its bibliographic record.
    outlets
        The records of others that had the same text.
    mentions
        ``island``, ``kind``, ``start``, ``end`` and ``matched`` of each island it is on.
    highlights
        Where the words that were sought stand, as offsets in characters of ``quote``.
    """

    quote: str
    language: str
    article: Mapping[str, str]
    outlets: tuple[Mapping[str, str], ...]
    mentions: tuple[Mapping[str, Any], ...]
    highlights: tuple[tuple[int, int], ...]

    def has(self, mark: Literal["cut_start", "cut_end", "repaired"]) -> bool:
        """Return whether a quotation is cut or repaired; stores of before do not know."""
        return any(mention.get(mark, False) for mention in self.mentions)


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of what was found, and how many there are in all; ``refusal`` says why nothing could be searched."""

    total: int
    hits: tuple[Hit, ...]
    refusal: str = ""


def search(  # noqa: PLR0913 - all but two by name
    index: sqlite3.Connection,
    words: str = "",
    filters: Filters | None = None,
    *,
    newest: bool = False,
    limit: int = 20,
    offset: int = 0,
) -> Hits:
    """Return excerpts.

    Parameters
    ----------
    words
        Words that all have to occur, in any of their forms; ``"a phrase"``, ``one OR other``, ``-without`` or ``NOT
        without``, ``begin*``. Empty: all.
    newest
        Newest first instead of best first; so it always is when no words are given. Of more than 3,000 excerpts that
        were found the newest 3,000 are ranked.
    """
    if refused := refusal(words):
        return Hits(0, (), refused)
    query = parse_query(words)
    sought = to_fts5(query)
    if words.strip() and not sought:
        return Hits(0, ())
    conditions, values = _conditions(filters or Filters())
    if not sought:
        total, numbers = _newest(index, "", (conditions, values), limit, offset)
    elif newest:
        total, numbers = _newest(index, sought, (conditions, values), limit, offset)
    else:
        total, numbers = _best(index, sought, (conditions, values), limit, offset)
    return Hits(total, tuple(_hit(index, query, number) for number in numbers))


def _newest(index: sqlite3.Connection, sought: str, filtered: Filtered, limit: int, offset: int) -> PageOfIds:
    conditions, values = filtered
    if sought:
        table, number = _JOINED, "words.rowid"
        conditions, values = ["words MATCH ?", *conditions], [sought, *values]
    else:
        table, number = "facets f", "f.number"
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    total = index.execute(f"SELECT count(*) FROM {table} {where}", values).fetchone()[0]  # noqa: S608 - our own words
    page = f"SELECT {number} FROM {table} {where} ORDER BY {number} DESC LIMIT ? OFFSET ?"  # noqa: S608
    return total, [row[0] for row in index.execute(page, [*values, limit, offset])]


def _best(index: sqlite3.Connection, sought: str, filtered: Filtered, limit: int, offset: int) -> PageOfIds:
    """Rank what was found; of very much, the newest, for ranking costs far more than finding."""
    conditions, values = filtered
    which: str | int = 0
    if conditions:
        where = " AND ".join(["words MATCH ?", *conditions])
        found = f"SELECT words.rowid FROM {_JOINED} WHERE {where} ORDER BY words.rowid DESC"  # noqa: S608
        numbers = [row[0] for row in index.execute(found, [sought, *values])]
        # these few are ranked among themselves; the + keeps SQLite from beginning the search anew for each
        which = orjson.dumps(numbers[:RANKED]).decode()
        of_these = "+words.rowid IN (SELECT value FROM json_each(?))"
        total = len(numbers)
    else:
        total = index.execute("SELECT count(*) FROM words WHERE words MATCH ?", [sought]).fetchone()[0]
        oldest = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?"
        row = index.execute(oldest, [sought, RANKED - 1]).fetchone() if total > RANKED else None
        of_these, which = "words.rowid >= ?", int(row[0]) if row else 0
    # the shortest would come first for no more than being short
    ranked = (
        f"SELECT words.rowid FROM {_JOINED} WHERE words MATCH ? AND {of_these} "  # noqa: S608
        "ORDER BY bm25(words) * f.weight, words.rowid DESC LIMIT ? OFFSET ?"
    )
    return total, [row[0] for row in index.execute(ranked, [sought, which, limit, offset])]


def narrowed(words: str, filters: Filters) -> tuple[str | None, list[object]]:
    """Write which passages are meant as SQL after FROM, with its values; ``None`` when the words can find nothing.

    The table ``facets`` is ``f`` in it.
    """
    sought = to_fts5(parse_query(words))
    if words.strip() and not sought:
        return None, []
    conditions, values = _conditions(filters)
    table = "facets f"
    if sought:
        table, conditions, values = _JOINED, ["words MATCH ?", *conditions], [sought, *values]
    return f"{table} WHERE {' AND '.join(conditions)}" if conditions else table, values


def _conditions(filters: Filters) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    values: list[object] = []
    columns = {"named": ("f.named",), "group": ("f.spoken_of",), "": ("f.named", "f.spoken_of")}[filters.kind]
    if filters.island:
        conditions.append(f"(({' | '.join(columns)}) & ?)")
        values.append(island_bitmask([filters.island]))
    elif filters.kind:
        conditions.append(f"{columns[0]} <> 0")
    for condition, value in (
        ("f.language = ?", filters.language),
        ("instr(f.publishers, ?)", _between(filters.publisher.casefold())),
        ("instr(f.countries, ?)", _between(filters.country.upper())),
        ("f.date >= ?", filters.since),
        (
            "f.date <= ? AND f.date <> ''",
            PartialDate.parse(filters.until).last_day.isoformat() if filters.until else "",
        ),
    ):
        if value:
            conditions.append(condition)
            values.append(value)
    return conditions, values


def _between(name: str) -> str:
    return f"{BETWEEN}{name}{BETWEEN}" if name else ""


def _hit(index: sqlite3.Connection, query: tuple[QueryTerm, ...], number: int) -> Hit:
    quote, language, canonical, mentions = index.execute(
        "SELECT quote, language, article, mentions FROM passages WHERE number = ?", [number]
    ).fetchone()
    records = index.execute(
        f"SELECT {', '.join(_ARTICLE)} FROM articles WHERE canonical = ?1 ORDER BY number <> ?1, number",  # noqa: S608
        [canonical],
    ).fetchall()
    article, *outlets = (dict(zip(_ARTICLE, record, strict=True)) for record in records)
    return Hit(quote, language, article, tuple(outlets), tuple(orjson.loads(mentions)), highlight_spans(query, quote))
