"""A store written out as JSON Lines: for other programs, for version control, and for another store to take in."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from geo.errors import GeoError
from geo.news.model import FailureLog, ReadFailure
from geo.news.store.database import Database, Readable
from geo.news.store.passages import excerpts_of_article
from geo.news.store.records import ARTICLES, EXCERPTS, StoredArticle, excerpt_line, first_fault, line

_COLUMNS = (
    "article_id", "title", "publisher", "publisher_country", "agency", "agency_country", "date", "language", "url",
    "file",
)  # fmt: skip
_ARTICLES = f"""
SELECT a.number, {", ".join(f"a.{column}" for column in _COLUMNS)},
    CASE a.canonical WHEN a.number THEN '' ELSE c.article_id END, a.signature
FROM articles a LEFT JOIN articles c ON c.number = a.canonical WHERE NOT a.shipped ORDER BY a.number
"""  # noqa: S608 - our own words


def export_store(database: Readable, folder: Path) -> tuple[int, FailureLog]:
    """Write what a store keeps as articles.jsonl and excerpts.jsonl into a folder.

    Returns
    -------
    tuple
        How many articles were written, and what is damaged and was left out.

    Raises
    ------
    GeoError
        When the store cannot be read or the folder cannot be written.
    """
    count, failures = 0, FailureLog()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (
            (folder / ARTICLES).open("wb") as articles,
            (folder / EXCERPTS).open("wb") as excerpts,
            database.told(),
            database.snapshot() as kept,
        ):
            for number, article in _articles(kept, failures):
                count += 1
                articles.write(line(article))
                if not article.same_as:
                    also = _outlets(kept, number)
                    for excerpt in excerpts_of_article(kept, number, article.article_id):
                        if isinstance(excerpt, ReadFailure):
                            failures.add(excerpt)
                        else:
                            excerpts.write(excerpt_line(excerpt, also))
    except OSError as error:
        raise GeoError(f"The folder {folder} cannot be written ({error.strerror or error}).") from None
    return count, failures


def _articles(database: Database, failures: FailureLog) -> Iterator[tuple[int, StoredArticle]]:
    for number, *values, same_as, signature in database.execute(_ARTICLES):
        record = dict(zip(_COLUMNS, values, strict=True))
        text = base64.b64encode(signature).decode()
        try:
            yield number, StoredArticle(**record, same_as=same_as or "", signature=text)
        except ValidationError as error:
            failures.add(
                ReadFailure("the store", f"is damaged and left out: {first_fault(error)}", f"article {number}")
            )


def _outlets(database: Database, number: int) -> list[str]:
    rows = database.execute(
        "SELECT article_id FROM articles WHERE canonical = ? AND number <> ? ORDER BY number", [number, number]
    )
    return [str(row[0]) for row in rows]
