"""Searches the excerpts: words in three languages, filters, best or newest first, with offsets of what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from geo.model.fields import IslandId, Language
from geo.news.search.query import QueryTerm, highlight_spans, parse_query, phrases_of, refusal
from geo.news.search.ranking import best_first
from geo.news.store.database import Database, Readable
from geo.news.store.passages import mentions_of
from geo.news.store.terms import Wanted, country_term, facet, island_term, language_term, period, publisher_term

# ranking looks at so many; of more, the newest
RANKED = 3_000
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
    """One page of what was found, and how many there are in all.

    Parameters
    ----------
    refusal
        Why nothing could be searched.
    damaged
        Passages of the page, by their numbers, that are set aside: what stands in the store is none.
    """

    total: int
    hits: tuple[Hit, ...]
    refusal: str = ""
    damaged: tuple[int, ...] = ()


def search(  # noqa: PLR0913 - all but two by name
    index: Readable,
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
    wanted = wanted_passages(words, filters or Filters())
    if wanted is None:
        return Hits(0, ())
    with index.snapshot() as kept:
        total = kept.words.count(wanted)
        if query and not newest:
            sought = [phrase for group in phrases_of(query)[0] for phrase in group]
            numbers = best_first(sought, kept.words.candidates(wanted, RANKED))[offset : offset + limit]
        else:
            numbers = kept.words.newest(wanted, limit, offset)
        found = {number: _hit(kept, query, number) for number in numbers}
    damaged = tuple(number for number, hit in found.items() if hit is None)
    return Hits(total - len(damaged), tuple(hit for hit in found.values() if hit is not None), damaged=damaged)


def wanted_passages(words: str, filters: Filters) -> Wanted | None:
    """Return which passages words and filters mean; ``None`` when the words can find nothing."""
    groups, without = phrases_of(parse_query(words))
    if words.strip() and not groups:
        return None
    terms = []
    if filters.island or filters.kind:
        terms.append(island_term(filters.island, filters.kind))
    if filters.language:
        terms.append(language_term(filters.language))
    if filters.publisher:
        terms.append(publisher_term(filters.publisher))
    if filters.country:
        terms.append(country_term(filters.country))
    first, last = period(filters.since, filters.until)
    return Wanted((*groups, *((facet(term),) for term in terms)), without, first, last)


def _hit(index: Database, query: tuple[QueryTerm, ...], number: int) -> Hit | None:
    """Return what was found; ``None`` for a passage that is damaged, or whose article is not there."""
    row = index.execute("SELECT quote, language, article, mentions FROM passages WHERE number = ?", [number]).fetchone()
    quote, language, canonical, stored = row or ("", "", 0, "")
    records = index.execute(
        f"SELECT {', '.join(_ARTICLE)} FROM articles WHERE canonical = ? ORDER BY number <> ?, number",  # noqa: S608
        [canonical, canonical],
    ).fetchall()
    mentions = mentions_of(language, quote, stored)
    if not mentions or not records:
        return None
    article, *outlets = (dict(zip(_ARTICLE, record, strict=True)) for record in records)
    return Hit(quote, language, article, tuple(outlets), mentions, highlight_spans(query, quote))
