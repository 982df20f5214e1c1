"""What becomes of a batch: it is read, what names no island is left aside, the rest is quoted. Needs no store."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from geo.news.find.mentions import Finder
from geo.news.limits import BATCH_BYTES, TEXT_CHARACTERS
from geo.news.model import BatchResult, ExtractedArticle, Format, ParsedDocument, RawDocument, ReadFailure, ReadNote
from geo.news.normalize.article import normalize_article
from geo.news.normalize.publishers import Publishers
from geo.news.quote.excerpts import excerpts_of
from geo.news.read.batches import Batch, Source, size_of
from geo.news.read.chunks import pieces
from geo.news.read.files import SourceFile
from geo.news.read.formats import parse
from geo.news.steps import Steps
from geo.news.store.near_duplicates import signature

_TAG = re.compile("<[^<>]*+>")


@dataclass(frozen=True, slots=True)
class ExtractionContext:
    """All that an extraction needs beside the batch; sent to each worker once."""

    finder: Finder
    publishers: Publishers


@lru_cache(maxsize=4)
def extraction_context(data: Path) -> ExtractionContext:
    """Return the gazetteer and the list of publishers of a data folder.

    Raises
    ------
    GeoError
        When its tables cannot be read.
    """
    return ExtractionContext(Finder.from_data(data), Publishers.from_data(data))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one document: an article with excerpts, or none, and notes on what was left out of it."""

    article: ExtractedArticle | None = None
    notes: tuple[ReadFailure, ...] = ()


def extract(batch: Batch, context: ExtractionContext, steps: Steps | None = None) -> Iterator[BatchResult]:
    """Read a batch and quote its articles: a result whenever ``BATCH_BYTES`` were read, and one at the end.

    Results of equal batches are equal and come after the same steps.
    """
    steps = steps or Steps()
    result = BatchResult()
    for source in batch:
        left = size_of(source)
        for piece in steps.take(_pieces(source), _path(source)):
            if isinstance(piece, ReadFailure):
                (result.remarks if isinstance(piece, ReadNote) else result.faults).add(piece)
                continue
            _extract_piece(piece, context, steps, result)
            # a packed file is longer once it is unpacked
            stored = min(len(piece.data), left)
            left -= stored
            result.stored_bytes += stored
            result.unpacked_bytes += len(piece.data)
            if result.unpacked_bytes >= BATCH_BYTES:
                yield result
                result = BatchResult()
        result.stored_bytes += left
    yield result


def _pieces(source: Source) -> Iterator[RawDocument | ReadFailure]:
    return pieces(source) if isinstance(source, SourceFile) else iter((source,))


def _path(source: Source) -> str:
    return source.name if isinstance(source, SourceFile) else source.path


def _extract_piece(piece: RawDocument, context: ExtractionContext, steps: Steps, result: BatchResult) -> None:
    for document in steps.take(parse(piece), piece.path, piece.place):
        if isinstance(document, ReadFailure):
            result.faults.add(document)
            continue
        work = _known_already if steps.is_repeated else partial(_outcome, document, context)
        _add(steps.do(work, document.path, document.place), result)


def _known_already() -> _Outcome:
    """Return anything: what is repeated is part of a result that is there."""
    return _Outcome()


def _outcome(document: ParsedDocument, context: ExtractionContext) -> _Outcome | ReadFailure:
    if not any(map(context.finder.may_mention, _searchable(document))):
        return _Outcome()
    try:
        article, notes = normalize_article(document, context.publishers)
    except ReadFailure as failure:
        return failure
    excerpts = excerpts_of(article, context.finder)
    if not excerpts:
        return _Outcome(None, notes)
    kept = replace(article, text="", text_as_read="")
    return _Outcome(ExtractedArticle(kept, excerpts, signature(article.text, article.language)), notes)


def _add(outcome: _Outcome | ReadFailure, result: BatchResult) -> None:
    if isinstance(outcome, ReadFailure):
        result.faults.add(outcome)
        return
    result.read += 1
    for note in outcome.notes:
        result.remarks.add(note)
    if outcome.article:
        result.quoted.append(outcome.article)
    else:
        result.nothing += 1


def _searchable(document: ParsedDocument) -> Iterator[str]:
    """Return every text that a document's markup may come to: a name may stand across tags, beside or without them."""
    # what is far too long is refused when it is normalized
    body = document.body[: TEXT_CHARACTERS * 2]
    if document.format is Format.PLAIN:
        yield body
        return
    for text in (body, _TAG.sub("", body), _TAG.sub(" ", body)) if "<" in body else (body,):
        # a line end in markup is a blank, whatever follows it
        yield " ".join((html.unescape(text) if "&" in text else text).split())
