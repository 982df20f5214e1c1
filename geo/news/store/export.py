"""A store written out as JSON Lines: for other programs, for version control, and for another store to take in."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

from geo.errors import GeoError
from geo.news.store.database import Database, Readable
from geo.news.store.passages import excerpts_of_article
from geo.news.store.records import ARTICLES, EXCERPTS, StoredArticle, excerpt_line, line

_COLUMNS = (
    "article_id", "title", "publisher", "publisher_country", "agency", "agency_country", "date", "language", "url",
    "file",
)  # fmt: skip
_ARTICLES = f"""
SELECT a.number, {", ".join(f"a.{column}" for column in _COLUMNS)},
    CASE a.canonical WHEN a.number THEN '' ELSE c.article_id END, a.signature
FROM articles a LEFT JOIN articles c ON c.number = a.canonical WHERE NOT a.shipped ORDER BY a.number
"""  # noqa: S608 - our own words


def export_store(database: Readable, folder: Path) -> int:
    """Write what a store keeps as articles.jsonl and excerpts.jsonl into a folder; return how many articles.

    Raises
    ------
    GeoError
        When the store cannot be read or the folder cannot be written.
    """
    count = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (
            (folder / ARTICLES).open("wb") as articles,
            (folder / EXCERPTS).open("wb") as excerpts,
            database.told(),
            database.snapshot() as kept,
        ):
            for count, (number, article) in enumerate(_articles(kept), start=1):  # noqa: B007 - it is returned
                articles.write(line(article))
                if not article.same_as:
                    also = _outlets(kept, number)
                    for excerpt in excerpts_of_article(kept, number, article.article_id):
                        excerpts.write(excerpt_line(excerpt, also))
    except OSError as error:
        raise GeoError(f"The folder {folder} cannot be written ({error.strerror or error}).") from None
    return count


def _articles(database: Database) -> Iterator[tuple[int, StoredArticle]]:
    for number, *values, same_as, signature in database.execute(_ARTICLES):
        record = dict(zip(_COLUMNS, values, strict=True))
        text = base64.b64encode(signature).decode()
        yield number, StoredArticle(**record, same_as=same_as, signature=text)


def _outlets(database: Database, number: int) -> list[str]:
    rows = database.execute(
        "SELECT article_id FROM articles WHERE canonical = ? AND number <> ? ORDER BY number", [number, number]
    )
    return [str(row[0]) for row in rows]
