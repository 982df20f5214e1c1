"""The articles of files with all of their text, which an extraction does not keep."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from geo.news.model import Article, ParsedDocument, RawDocument, ReadFailure
from geo.news.normalize.article import normalize_article
from geo.news.normalize.publishers import Publishers
from geo.news.read.batches import sources
from geo.news.read.chunks import pieces
from geo.news.read.files import SourceFile
from geo.news.read.formats import parse


def read_articles(*paths: Path, publishers: Publishers | None = None) -> tuple[list[Article], list[ReadFailure]]:
    """Return every article of files and folders, whatever it is about, and what went wrong."""
    articles: list[Article] = []
    failures: list[ReadFailure] = []
    for document in _documents(paths):
        try:
            if isinstance(document, ReadFailure):
                raise document
            articles.append(normalize_article(document, publishers or Publishers())[0])
        except ReadFailure as failure:
            failures.append(failure)
    return articles, failures


def _documents(paths: tuple[Path, ...]) -> Iterator[ParsedDocument | ReadFailure]:
    for source in sources(paths):
        for piece in pieces(source) if isinstance(source, SourceFile) else (source,):
            yield from parse(piece) if isinstance(piece, RawDocument) else (piece,)
