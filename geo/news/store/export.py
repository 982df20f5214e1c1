"""A store written out as JSON Lines: for other programs, for version control, and for another store to take in."""

from __future__ import annotations

import base64
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from geo.news.store.database import snapshot, told
from geo.news.store.passages import excerpts_of_article
from geo.news.store.records import ARTICLES, EXCERPTS, StoredArticle, excerpt_line, line

_ARTICLES = """
SELECT a.number, a.article_id, a.title, a.publisher, a.publisher_country, a.agency, a.agency_country, a.date,
    a.language, a.url, a.file, iif(a.canonical = a.number, '', c.article_id) AS same_as, a.signature
FROM articles a LEFT JOIN articles c ON c.number = a.canonical WHERE NOT a.shipped ORDER BY a.number
"""


def export_store(connection: sqlite3.Connection, folder: Path) -> int:
    """Write what a store keeps as articles.jsonl and excerpts.jsonl into a folder; return how many articles.

    Raises
    ------
    GeoError
        When the store cannot be read or the folder cannot be written.
    """
    count = 0
    with told(folder), snapshot(connection):
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ARTICLES).open("wb") as articles, (folder / EXCERPTS).open("wb") as excerpts:
            for count, (number, article) in enumerate(_articles(connection), start=1):  # noqa: B007 - it is returned
                articles.write(line(article))
                if not article.same_as:
                    also = _outlets(connection, number)
                    for excerpt in excerpts_of_article(connection, number, article.article_id):
                        excerpts.write(excerpt_line(excerpt, also))
    return count


def _articles(connection: sqlite3.Connection) -> Iterator[tuple[int, StoredArticle]]:
    rows = connection.execute(_ARTICLES)
    names = [column[0] for column in rows.description][1:-1]
    for number, *values, signature in rows:
        text = base64.b64encode(signature).decode()
        yield number, StoredArticle(**dict(zip(names, values, strict=True)), signature=text)


def _outlets(connection: sqlite3.Connection, number: int) -> list[str]:
    rows = connection.execute(
        "SELECT article_id FROM articles WHERE canonical = ?1 AND number <> ?1 ORDER BY number", [number]
    )
    return [str(row[0]) for row in rows]
