"""What a worker does with a batch: read it, leave aside what names no island, quote what does. Needs no store."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from geo.news.article import Article
from geo.news.excerpts import excerpts_of
from geo.news.finishing import finish, kept_id
from geo.news.forms import drafts
from geo.news.items import Draft, Item, Reasons, Unreadable
from geo.news.likeness import signature
from geo.news.limits import TEXT_CHARACTERS
from geo.news.mentions import Finder
from geo.news.outlets import Outlets
from geo.rows import Excerpt


@dataclass(frozen=True, slots=True)
class Quoted:
    """An article that speaks of an island, its excerpts, and what its text is recognised by; the text is not kept."""

    article: Article
    excerpts: tuple[Excerpt, ...]
    mark: str


@dataclass(slots=True)
class Harvest:
    """What came of a batch."""

    read: int = 0
    nothing: int = 0
    quoted: list[Quoted] = field(default_factory=list)
    faults: Reasons = field(default_factory=Reasons)
    remarks: Reasons = field(default_factory=Reasons)


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
