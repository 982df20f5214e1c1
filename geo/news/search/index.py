"""What search reads: the store with the shipped excerpts in it; where there is no store, the shipped ones in memory."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import orjson

from geo.errors import DataError, FaultyDataError, GeoError
from geo.loading.rows import read_table
from geo.model.press import Article, Excerpt
from geo.news.store.database import FILE, connect, in_memory, is_index_current, told, transaction
from geo.news.store.passages import add_passages, index_passages, rebuild_index, unindex_passages
from geo.news.store.records import ARTICLES
from geo.news.store.store import Store, is_to_import


def open_index(data: Path, store: Path) -> sqlite3.Connection:
    """Open a store for searching, with the shipped excerpts of a data folder in it.

    Shipped excerpts that have changed are put in the place of those before; an index that is missing or of another
    version is made anew. A place that cannot be written is read, and what has to be added is added in memory. The
    connection may be used from several threads, one at a time.

    Raises
    ------
    GeoError
        When the data or the store cannot be read.
    """
    if not (store / FILE).exists() and not (store / ARTICLES).exists():
        return _current(in_memory(), data, store)
    connection = connect(store)
    try:
        if is_to_import(connection, store):
            with Store(store):
                pass
        return _current(connection, data, store)
    except BaseException:
        connection.close()
        raise


def inputs_fingerprint(data: Path, store: Path) -> str:
    """Return as one text which files an index is opened on: another text, and it is to be opened anew.

    Whether a store has grown is told by its connection (``PRAGMA data_version``).
    """
    known: list[object] = []
    for file in (data / Article.FILE, data / Excerpt.FILE):
        with contextlib.suppress(FileNotFoundError):
            status = file.stat()
            known.append([file.name, status.st_size, status.st_mtime_ns, status.st_ino])
    with contextlib.suppress(OSError):
        known.append((store / FILE).stat().st_ino)
    return orjson.dumps(known).decode()


def _current(connection: sqlite3.Connection, data: Path, store: Path) -> sqlite3.Connection:
    with told(store):
        shipped = _digest(data)
        is_current = is_index_current(connection)
        if is_current and _shipped_in(connection) == shipped:
            return connection
        in_a_file = connection.execute("PRAGMA database_list").fetchone()[2]
        if in_a_file and not os.access(store, os.W_OK):
            copy = in_memory()
            connection.backup(copy)
            connection.close()
            connection = copy
        try:
            with transaction(connection):
                if not is_current:
                    rebuild_index(connection)
                if _shipped_in(connection) != shipped:
                    _ship(connection, data)
                    connection.execute("REPLACE INTO meta VALUES ('shipped', ?)", [shipped])
        except sqlite3.OperationalError as error:
            # whoever writes at this moment does it at the end
            if error.sqlite_errorname != "SQLITE_BUSY" or not is_current:
                raise
        return connection


def _shipped_in(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE name = 'shipped'").fetchone()
    return str(row[0]) if row else ""


def _digest(data: Path) -> str:
    digest = hashlib.sha256()
    for name in (Article.FILE, Excerpt.FILE):
        try:
            digest.update((data / name).read_bytes())
        except OSError as error:
            raise GeoError(f"{name} cannot be read ({error.strerror or error}).") from None
    return digest.hexdigest()


def _ship(connection: sqlite3.Connection, data: Path) -> None:
    """Put the shipped excerpts of a data folder in the place of those before."""
    faults: list[DataError] = []
    articles = read_table(data, Article, faults).rows
    excerpts = sorted(read_table(data, Excerpt, faults).rows, key=attrgetter("article", "quote"))
    if faults:
        raise FaultyDataError(faults)
    quotes = {row[0] for row in connection.execute("SELECT quote FROM passages WHERE shipped")}
    unindex_passages(connection, _numbers(connection, "WHERE shipped"))
    for table in ("passages", "articles"):
        connection.execute(f"DELETE FROM {table} WHERE shipped")  # noqa: S608 - two of our own
    numbers = []
    by_article = {key: list(group) for key, group in groupby(excerpts, key=attrgetter("article"))}
    for article in articles:
        number = _insert(connection, article)
        numbers += add_passages(connection, number, article.date, by_article.get(article.article_id, []), shipped=True)
    index_passages(connection, numbers)
    # a quotation that is shipped is not found in the store as well; one that no longer is, is found there again
    quotes |= {excerpt.quote for excerpt in excerpts}
    both = _numbers(connection, "WHERE NOT shipped AND quote IN (SELECT value FROM json_each(?))", [*quotes])
    unindex_passages(connection, both)
    index_passages(connection, both)


def _insert(connection: sqlite3.Connection, article: Article) -> int:
    [number] = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM articles").fetchone()
    outlet = (article.publisher, article.publisher_country)
    wire = (article.agency, article.agency_country)
    row = (number, article.article_id, number, 1, article.title, *outlet, *wire, article.date, article.language)
    connection.execute(
        f"INSERT INTO articles VALUES ({', '.join('?' * 14)})",  # noqa: S608 - question marks only
        (*row, article.url, "", b""),
    )
    connection.execute("INSERT OR IGNORE INTO publishers VALUES (?, ?)", outlet)
    return int(number)


def _numbers(connection: sqlite3.Connection, where: str, quotes: list[str] | None = None) -> list[int]:
    values = [] if quotes is None else [orjson.dumps(quotes).decode()]
    return [row[0] for row in connection.execute(f"SELECT number FROM passages {where}", values)]  # noqa: S608
