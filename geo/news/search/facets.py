"""How many excerpts there are: by year, by language, and whose."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geo.model.fields import LANGUAGES
from geo.news.search.search import Filters, wanted_passages
from geo.news.store.database import Readable


@dataclass(frozen=True, slots=True)
class Facets:
    """Who stands in an index: publishers by name, and their countries by code."""

    publishers: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


def facets(index: Readable) -> Facets:
    """Return the publishers and countries of all articles, in alphabetical order."""
    with index.snapshot() as kept:
        outlets = kept.execute("SELECT publisher, country FROM publishers").fetchall()
    publishers, countries = ({outlet[column] for outlet in outlets} - {""} for column in (0, 1))
    return Facets(tuple(sorted(publishers, key=lambda name: (name.casefold(), name))), tuple(sorted(countries)))


def by_year(index: Readable, words: str, filters: Filters) -> tuple[tuple[str, int], ...]:
    """Return how many excerpts a search finds by the year of the article, the oldest first; without a date: ``""``."""
    wanted = wanted_passages(words, filters)
    if wanted is None:
        return ()
    with index.snapshot() as kept:
        return tuple((f"{year:04}" if year else "", count) for year, count in kept.words.by_year(wanted))


def by_language(index: Readable, filters: Filters) -> dict[str, int]:
    """Return the number of excerpts by language, whatever language the filters ask for."""
    found: dict[str, int] = {}
    with index.snapshot() as kept:
        for language in LANGUAGES:
            wanted = wanted_passages("", replace(filters, language=language))
            if wanted is not None and (count := kept.words.count(wanted)):
                found[language] = count
    return found
