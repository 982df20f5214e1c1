"""What search reads: the store with the shipped excerpts in it; where there is no store, the shipped ones in memory."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import orjson

from geo.errors import DataError, FaultyDataError, GeoError
from geo.loading.rows import read_table
from geo.model.press import Article, Excerpt
from geo.news.store import sqlite
from geo.news.store.address import ServerAddress, StoreAddress
from geo.news.store.database import BusyError, Database, Readable, meta, set_meta
from geo.news.store.passages import add_passages, add_publishers, index_passages, rebuild_index
from geo.news.store.records import ARTICLES
from geo.news.store.sqlite import FILE, SqliteDatabase, in_memory
from geo.news.store.store import Store, is_to_import

# quotations that are looked up by one statement
_AT_ONCE = 5_000


def open_index(data: Path, store: StoreAddress) -> Readable:
    """Open a store for searching, with the shipped excerpts of a data folder in it.

    Shipped excerpts that have changed are put in the place of those before; an index that is missing or of another
    version is made anew. A folder that cannot be written is read, and what has to be added is added in memory. What is
    returned may be used from several threads.

    Raises
    ------
    GeoError
        When the data or the store cannot be read.
    """
    if isinstance(store, ServerAddress):
        # a library of its own, for those who keep their store on a server
        from geo.news.store.postgresql import PostgresReaders, connect  # noqa: PLC0415

        with contextlib.closing(connect(store)) as writer:
            _bring_up_to_date(writer, data)
        return PostgresReaders(store)
    if not (store / FILE).exists() and not (store / ARTICLES).exists():
        return _current(in_memory(store), data, store)
    database = sqlite.connect(store)
    try:
        if is_to_import(database, store):
            with Store(store):
                pass
        return _current(database, data, store)
    except BaseException:
        database.close()
        raise


def inputs_fingerprint(data: Path, store: StoreAddress) -> str:
    """Return as one text which files an index is opened on: another text, and it is to be opened anew.

    Whether a store has grown is told by its database (``version``).
    """
    known: list[object] = []
    for file in (data / Article.FILE, data / Excerpt.FILE):
        with contextlib.suppress(FileNotFoundError):
            status = file.stat()
            known.append([file.name, status.st_size, status.st_mtime_ns, status.st_ino])
    if isinstance(store, Path):
        with contextlib.suppress(OSError):
            known.append((store / FILE).stat().st_ino)
    return orjson.dumps(known).decode()


def _current(database: SqliteDatabase, data: Path, store: Path) -> Database:
    is_current = database.words.is_current() and meta(database, "shipped") == _digest(data)
    if not is_current and database.is_file and not os.access(store, os.W_OK):
        database = database.copied()
    _bring_up_to_date(database, data)
    return database


def _bring_up_to_date(database: Database, data: Path) -> None:
    """Make an index that cannot be used anew, and put what is shipped in the place of what was."""
    with database.told():
        shipped = _digest(data)
        is_current = database.words.is_current()
        if is_current and meta(database, "shipped") == shipped:
            return
        try:
            with database.told(), database.transaction():
                if not is_current:
                    rebuild_index(database)
                if meta(database, "shipped") != shipped:
                    _ship(database, data)
                    set_meta(database, "shipped", shipped)
        except BusyError:
            # whoever writes at this moment does it at the end
            if not is_current:
                raise


def _digest(data: Path) -> str:
    digest = hashlib.sha256()
    for name in (Article.FILE, Excerpt.FILE):
        try:
            digest.update((data / name).read_bytes())
        except OSError as error:
            raise GeoError(f"{name} cannot be read ({error.strerror or error}).") from None
    return digest.hexdigest()


def _ship(database: Database, data: Path) -> None:
    """Put the shipped excerpts of a data folder in the place of those before."""
    faults: list[DataError] = []
    articles = read_table(data, Article, faults).rows
    excerpts = sorted(read_table(data, Excerpt, faults).rows, key=attrgetter("article", "quote"))
    if faults:
        raise FaultyDataError(faults)
    quotes = {row[0] for row in database.execute("SELECT quote FROM passages WHERE shipped")}
    database.words.remove(row[0] for row in database.execute("SELECT number FROM passages WHERE shipped").fetchall())
    for table in ("passages", "articles"):
        database.execute(f"DELETE FROM {table} WHERE shipped")  # noqa: S608 - two of our own
    numbers = []
    by_article = {key: list(group) for key, group in groupby(excerpts, key=attrgetter("article"))}
    for article in articles:
        number = _insert(database, article)
        numbers += add_passages(database, number, article.date, by_article.get(article.article_id, []), shipped=True)
    index_passages(database, numbers)
    # a quotation that is shipped is not found in the store as well; one that no longer is, is found there again
    both = list(_of_the_store(database, sorted(quotes | {excerpt.quote for excerpt in excerpts})))
    database.words.remove(both)
    index_passages(database, both)


def _insert(database: Database, article: Article) -> int:
    [number] = database.execute("SELECT coalesce(max(number), 0) + 1 FROM articles").fetchone()
    outlet = (article.publisher, article.publisher_country)
    wire = (article.agency, article.agency_country)
    row = (number, article.article_id, number, True, article.title, *outlet, *wire, article.date, article.language)
    database.execute(
        f"INSERT INTO articles VALUES ({', '.join('?' * 14)})",  # noqa: S608 - question marks only
        (*row, article.url, "", b""),
    )
    add_publishers(database, outlet, wire)
    return int(number)


def _of_the_store(database: Database, quotes: list[str]) -> Iterator[int]:
    """Return the numbers of the passages with these quotations that are not shipped."""
    for start in range(0, len(quotes), _AT_ONCE):
        some = quotes[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        rows = database.execute(f"SELECT number FROM passages WHERE NOT shipped AND quote IN ({marks})", some)  # noqa: S608
        yield from (row[0] for row in rows.fetchall())
