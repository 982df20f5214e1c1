"""What a worker does with a batch: read it, leave aside what names no island, quote what does. Needs no store."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from geo.news.find.mentions import Finder
from geo.news.limits import TEXT_CHARACTERS
from geo.news.model import Article, BatchResult, ExtractedArticle, ParsedDocument, RawDocument, ReadFailure
from geo.news.normalize.article import kept_id, normalize_article
from geo.news.normalize.publishers import Publishers
from geo.news.quote.excerpts import excerpts_of
from geo.news.read.chunks import pieces
from geo.news.read.files import files
from geo.news.read.formats import parse
from geo.news.store.near_duplicates import signature


@dataclass(frozen=True, slots=True)
class ExtractionContext:
    """All that an extraction needs beside the batch; sent to each worker once."""

    finder: Finder
    outlets: Publishers


def extract(batch: Sequence[RawDocument | ReadFailure], tools: ExtractionContext) -> BatchResult:
    """Read a batch and quote its articles; what went wrong is part of what it gives."""
    result = BatchResult()
    for document in _documents(batch, result):
        if not tools.finder.may_mention(_searchable(document)):
            result.read += 1
            result.nothing += 1
            continue
        try:
            article, remarks = normalize_article(document, tools.outlets)
        except ReadFailure as fault:
            result.faults.add(fault)
            continue
        result.read += 1
        for remark in remarks:
            result.remarks.add(remark)
        _quote(article, tools, result)
    return result


def _quote(article: Article, tools: ExtractionContext, result: BatchResult) -> None:
    article = replace(article, article_id=kept_id(article))
    excerpts = excerpts_of(article, tools.finder)
    if excerpts:
        mark = signature(article.text, article.language)
        result.quoted.append(ExtractedArticle(replace(article, text=""), excerpts, mark))
    else:
        result.nothing += 1


def _documents(batch: Sequence[RawDocument | ReadFailure], result: BatchResult) -> Iterator[ParsedDocument]:
    for item in batch:
        for document in parse(item) if isinstance(item, RawDocument) else (item,):
            if isinstance(document, ParsedDocument):
                yield document
            else:
                result.faults.add(document)


def _searchable(document: ParsedDocument) -> str:
    # a name may be written in entities; what is far too long is refused when it is finished
    body = document.body[: TEXT_CHARACTERS * 2]
    return html.unescape(body) if document.markup and "&" in body else body


@lru_cache(maxsize=4)
def tools(data: Path) -> ExtractionContext:
    """Make the gazetteer and the list of outlets of a data folder.

    Raises
    ------
    GeoError
        When its tables cannot be read.
    """
    return ExtractionContext(Finder.from_data(data), Publishers.from_data(data))


def articles(
    paths: Iterable[Path], outlets: Publishers | None = None, *, fault: Callable[[ReadFailure], None]
) -> Iterator[Article]:
    """Read every article of files and folders, in the order of their names.

    Parameters
    ----------
    fault
        Called with the reason for each file or record that gives no article.
    """
    outlets = outlets or Publishers()
    for document in _all_documents(paths, fault):
        try:
            article, _ = normalize_article(document, outlets)
        except ReadFailure as error:
            fault(error)
        else:
            yield article


def _all_documents(paths: Iterable[Path], fault: Callable[[ReadFailure], None]) -> Iterator[ParsedDocument]:
    for found in files(paths):
        for piece in (found,) if isinstance(found, ReadFailure) else pieces(found):
            for document in parse(piece) if isinstance(piece, RawDocument) else (piece,):
                if isinstance(document, ParsedDocument):
                    yield document
                else:
                    fault(document)
