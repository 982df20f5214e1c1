"""How many excerpts there are: by year, by language, and whose."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from geo.news.search.search import Filters, narrowed


@dataclass(frozen=True, slots=True)
class Facets:
    """Who stands in an index: publishers by name, and their countries by code."""

    publishers: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


def facets(index: sqlite3.Connection) -> Facets:
    """Return the publishers and countries of all articles, in alphabetical order."""

    def distinct(column: str) -> tuple[str, ...]:
        known = f"SELECT DISTINCT {column} FROM publishers WHERE {column} <> '' ORDER BY {column} COLLATE NOCASE"  # noqa: S608
        return tuple(str(row[0]) for row in index.execute(known))

    return Facets(distinct("publisher"), distinct("country"))


def by_year(index: sqlite3.Connection, words: str, filters: Filters) -> tuple[tuple[str, int], ...]:
    """Return how many excerpts a search finds by the year of the article, the oldest first; without a date: ``""``."""
    return _counted(index, "substr(f.date, 1, 4)", words, filters)


def by_language(index: sqlite3.Connection, filters: Filters) -> dict[str, int]:
    """Return the number of excerpts by language, whatever language the filters ask for."""
    return dict(_counted(index, "f.language", "", replace(filters, language="")))


def _counted(index: sqlite3.Connection, of: str, words: str, filters: Filters) -> tuple[tuple[str, int], ...]:
    source, values = narrowed(words, filters)
    if source is None:
        return ()
    rows = index.execute(f"SELECT {of}, count(*) FROM {source} GROUP BY 1 ORDER BY 1", values)  # noqa: S608
    return tuple((str(key), int(count)) for key, count in rows)
