"""What the press says: the shipped excerpts, those of a store, and those of a reader's own files, for one view."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from threading import Lock

from geo.i18n import tr
from geo.model.fields import LANGUAGES, IslandId
from geo.news.model import Article, ExtractedArticle
from geo.news.search.facets import Facets, by_language, by_year, facets
from geo.news.search.index import inputs_fingerprint, open_index
from geo.news.search.query import QueryTerm, highlight_spans, is_met, parse_query
from geo.news.search.search import Filters, Hit, search
from geo.news.store.address import StoreAddress
from geo.news.store.database import AwayError, Readable
from geo.page.view import View

# several islands, words and filters at once are asked by several readers
# beyond these a reader is better served by a narrower search
MOST_SHOWN = 100
_ANSWERS = 512
# where no store is
_NOWHERE = Path("/nonexistent/store")
# of an article of the reader's own
_SHOWN = ("title", "publisher", "agency", "agency_country", "date", "url")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quotation: words that put it on an island, words that were searched, or neither."""

    text: str
    names: bool
    sought: bool


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its article, the islands it is about, and the other outlets of the same text.

    ``cut_start`` and ``cut_end`` say where its sentence goes on, ``repaired`` that blanks or line breaks were tidied.
    ``reasons`` are pairs of a kind (named, group) and the words that put it on an island in view.
    """

    pieces: tuple[Piece, ...]
    language: str
    article: Mapping[str, str]
    also: tuple[str, ...]
    islands: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]
    cut_start: bool = False
    cut_end: bool = False
    repaired: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a view finds: how many of how many, by year, the first of them, and the languages it has none in at all.

    ``refusal`` says why the words cannot be searched; ``is_away`` that there is no more than what is shipped, as the
    server that keeps the store does not answer.
    """

    total: int
    unfiltered: int
    years: tuple[tuple[str, int], ...]
    quotations: tuple[Quotation, ...]
    lacking: tuple[str, ...]
    refusal: str = ""
    is_away: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Press:
    """An open index and who stands in it; usable from every session."""

    index: Readable
    facets: Facets
    version: object
    is_away: bool = False


_open: dict[tuple[Path, StoreAddress], tuple[str, Press]] = {}
_opening = Lock()
# a server that is away is not waited for by every reader: it is asked again after so many seconds
_AWAY_SECONDS = 5.0
_away: dict[StoreAddress, float] = {}


def open_press(data: Path, store: StoreAddress) -> Press:
    """Open the excerpts of a data folder and a store; opened anew only when their files are others.

    When a store has grown, what is open shows it at once; what was answered before is answered anew. While the server
    that keeps it is away, there is what is shipped.

    Raises
    ------
    GeoError
        When the data or the store cannot be read.
    """
    with _opening:
        if _away.get(store, -math.inf) + _AWAY_SECONDS < time.monotonic():
            try:
                return _opened(data, store)
            except AwayError:
                _away[store] = time.monotonic()
        return _opened(data, _NOWHERE, is_away=True)


def _opened(data: Path, store: StoreAddress, *, is_away: bool = False) -> Press:
    files = inputs_fingerprint(data, store)
    known, before = _open.get((data, store), ("", None))
    if before is not None and known == files:
        index = before.index
    else:
        # nobody answers from the files before any more: they are closed when the last answer is given
        answer.cache_clear()
        index, before = open_index(data, store), None
    with index.told():
        version = index.version()
        if before is not None and version == before.version:
            return before
        press = Press(index, facets(index), version, is_away)
    _open[data, store] = inputs_fingerprint(data, store), press
    return press


def ask(data: Path, store: StoreAddress, view: View, limit: int) -> Answer:
    """Return what the press says of the islands in view, whatever becomes of the server meanwhile.

    Raises
    ------
    GeoError
        When the data or the store cannot be read.
    """
    press = open_press(data, store)
    try:
        return answer(press, view, limit)
    except AwayError:
        _away[store] = time.monotonic()
        return answer(open_press(data, store), view, limit)


@lru_cache(maxsize=_ANSWERS)
def answer(press: Press, view: View, limit: int) -> Answer:
    """Return what the press says of the islands in view, newest first unless words are searched."""
    filters = _filters(view)
    everything = Filters(island=view.island or "")
    with press.index.told(), press.index.snapshot() as kept:
        found = search(kept, view.words, filters, newest=not view.words, limit=limit)
        languages = by_language(kept, everything)
        years = () if found.refusal else by_year(kept, view.words, filters)
    quotations = [_quotation(hit, view.island) for hit in found.hits]
    return Answer(
        total=found.total,
        unfiltered=sum(languages.values()),
        years=years,
        quotations=tuple(quotations),
        lacking=tuple(language for language in LANGUAGES if language not in languages),
        refusal=found.refusal,
        is_away=press.is_away,
    )


def own_quotations(own: Iterable[ExtractedArticle], view: View) -> tuple[Quotation, ...]:
    """Return from a reader's own articles what is on the islands in view and fits the words and filters."""
    found = []
    query = parse_query(view.words)
    for quoted in own:
        if not _wanted(quoted.article, view):
            continue
        record = {c: str(getattr(quoted.article, c)) for c in _SHOWN}
        for quote, rows in groupby(quoted.excerpts, key=lambda e: e.quote):
            excerpts = [e for e in rows if view.kind in {"", e.kind} and view.press_language in {"", e.language}]
            mentions = tuple(e.model_dump() for e in excerpts if view.island in {None, e.island})
            if mentions and _fits(query, quote, view.words):
                hit = Hit(quote, excerpts[0].language, record, (), mentions, highlight_spans(query, quote))
                found.append(_quotation(hit, view.island))
    return tuple(sorted(found, key=lambda q: q.article["date"], reverse=True))


def _wanted(article: Article, view: View) -> bool:
    # a month or a year ends with its last day: any date that begins with it sorts before it and a tilde
    return (
        (not view.publisher or view.publisher.casefold() in {article.publisher.casefold(), article.agency.casefold()})
        and view.country in {"", article.publisher_country, article.agency_country}
        and (not view.since or article.date >= view.since)
        and (not view.until or "" < article.date <= f"{view.until}~")
    )


def _fits(query: tuple[QueryTerm, ...], quote: str, words: str) -> bool:
    if not words.strip():
        return True
    return any(not part.without for part in query) and is_met(query, quote)


def _filters(view: View) -> Filters:
    return Filters(
        view.island or "", view.kind, view.press_language, view.publisher, view.country, view.since, view.until
    )


def _quotation(hit: Hit, island: IslandId | None) -> Quotation:
    in_view = [m for m in hit.mentions if island in {None, m["island"]}]
    named = {at for m in in_view for at in range(m["start"], m["end"])}
    sought = {at for start, end in hit.highlights for at in range(start, end)}
    runs = groupby(enumerate(hit.quote), key=lambda c: (c[0] in named, c[0] in sought))
    # the id of an article is ours alone and names no outlet
    others = (o["publisher"] or o["url"] or o.get("file") or tr("a publisher not known") for o in hit.outlets)
    return Quotation(
        pieces=tuple(Piece("".join(c for _, c in run), *marked) for marked, run in runs),
        language=hit.language,
        article=hit.article,
        also=tuple(o for o in dict.fromkeys(others) if o != hit.article["publisher"]),
        islands=tuple(dict.fromkeys(str(m["island"]) for m in hit.mentions)),
        reasons=tuple(dict.fromkeys((str(m["kind"]), str(m["matched"])) for m in in_view)),
        cut_start=hit.has("cut_start"),
        cut_end=hit.has("cut_end"),
        repaired=hit.has("repaired"),
    )
