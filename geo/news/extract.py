"""What a worker does with a batch: read it, leave aside what names no island, quote what does. Needs no store."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from geo.news.find.mentions import Finder
from geo.news.limits import TEXT_CHARACTERS
from geo.news.model import Article, Draft, Harvest, Item, Quoted, Unreadable
from geo.news.normalize.article import finish, kept_id
from geo.news.normalize.publishers import Outlets
from geo.news.quote.excerpts import excerpts_of
from geo.news.read.chunks import pieces
from geo.news.read.files import files
from geo.news.read.formats import drafts
from geo.news.store.near_duplicates import signature


@dataclass(frozen=True, slots=True)
class Tools:
    """All that an extraction needs beside the batch; sent to each worker once."""

    finder: Finder
    outlets: Outlets


def extract(batch: Sequence[Item | Unreadable], tools: Tools) -> Harvest:
    """Read a batch and quote its articles; what went wrong is part of what it gives."""
    harvest = Harvest()
    for draft in _drafts(batch, harvest):
        if not tools.finder.may_mention(_searchable(draft)):
            harvest.read += 1
            harvest.nothing += 1
            continue
        try:
            article, remarks = finish(draft, tools.outlets)
        except Unreadable as fault:
            harvest.faults.add(fault)
            continue
        harvest.read += 1
        for remark in remarks:
            harvest.remarks.add(remark)
        _quote(article, tools, harvest)
    return harvest


def _quote(article: Article, tools: Tools, harvest: Harvest) -> None:
    article = replace(article, article_id=kept_id(article))
    excerpts = excerpts_of(article, tools.finder)
    if excerpts:
        mark = signature(article.text, article.language)
        harvest.quoted.append(Quoted(replace(article, text=""), excerpts, mark))
    else:
        harvest.nothing += 1


def _drafts(batch: Sequence[Item | Unreadable], harvest: Harvest) -> Iterator[Draft]:
    for item in batch:
        for draft in drafts(item) if isinstance(item, Item) else (item,):
            if isinstance(draft, Draft):
                yield draft
            else:
                harvest.faults.add(draft)


def _searchable(draft: Draft) -> str:
    # a name may be written in entities; what is far too long is refused when it is finished
    body = draft.body[: TEXT_CHARACTERS * 2]
    return html.unescape(body) if draft.markup and "&" in body else body


@lru_cache(maxsize=4)
def tools(data: Path) -> Tools:
    """Make the gazetteer and the list of outlets of a data folder.

    Raises
    ------
    GeoError
        When its tables cannot be read.
    """
    return Tools(Finder.from_data(data), Outlets.from_data(data))


def articles(
    paths: Iterable[Path], outlets: Outlets | None = None, *, fault: Callable[[Unreadable], None]
) -> Iterator[Article]:
    """Read every article of files and folders, in the order of their names.

    Parameters
    ----------
    fault
        Called with the reason for each file or record that gives no article.
    """
    outlets = outlets or Outlets()
    for draft in _all_drafts(paths, fault):
        try:
            article, _ = finish(draft, outlets)
        except Unreadable as error:
            fault(error)
        else:
            yield article


def _all_drafts(paths: Iterable[Path], fault: Callable[[Unreadable], None]) -> Iterator[Draft]:
    for found in files(paths):
        for piece in (found,) if isinstance(found, Unreadable) else pieces(found):
            for draft in drafts(piece) if isinstance(piece, Item) else (piece,):
                if isinstance(draft, Draft):
                    yield draft
                else:
                    fault(draft)
