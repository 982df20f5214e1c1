"""The store's one SQLite file: its tables and their version, how it is opened, and what is told when it cannot be."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from geo.errors import GeoError

FILE = "store.sqlite"
# raised when the tables change; an older file is brought up to date, a newer one is refused
VERSION = 1
# raised when how words are cut, or what filters look at, changes: the index is made anew from the passages
INDEX_VERSION = 1
# 4ISL: so that another program's database is not taken for a store
_APPLICATION_ID = 0x3449534C
_BUSY_SECONDS = 5.0
_FTS5_RECORDS = 2
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL,
    canonical INTEGER NOT NULL,
    shipped INTEGER NOT NULL CHECK (shipped IN (0, 1)),
    title TEXT NOT NULL, publisher TEXT NOT NULL, publisher_country TEXT NOT NULL, agency TEXT NOT NULL,
    agency_country TEXT NOT NULL, date TEXT NOT NULL, language TEXT NOT NULL, url TEXT NOT NULL, file TEXT NOT NULL,
    signature BLOB NOT NULL,
    UNIQUE (article_id, shipped)
) STRICT;
CREATE INDEX articles_by_canonical ON articles (canonical);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY,
    article INTEGER NOT NULL,
    shipped INTEGER NOT NULL CHECK (shipped IN (0, 1)),
    language TEXT NOT NULL, quote TEXT NOT NULL, mentions TEXT NOT NULL CHECK (json_valid(mentions))
) STRICT;
CREATE INDEX passages_by_article ON passages (article);
CREATE INDEX shipped_quotes ON passages (quote) WHERE shipped;
CREATE TABLE bands (key INTEGER, article INTEGER, PRIMARY KEY (key, article)) STRICT, WITHOUT ROWID;
"""
# what filters look at is kept apart from the quotations: ten times as many of its rows are in memory
_INDEX = """
DROP TABLE IF EXISTS words;
DROP TABLE IF EXISTS facets;
DROP TABLE IF EXISTS publishers;
CREATE TABLE facets (
    number INTEGER PRIMARY KEY, named INTEGER NOT NULL, spoken_of INTEGER NOT NULL, language TEXT NOT NULL,
    date TEXT NOT NULL, countries TEXT NOT NULL, publishers TEXT NOT NULL, weight REAL NOT NULL
) STRICT;
CREATE TABLE publishers (publisher TEXT, country TEXT, PRIMARY KEY (publisher, country)) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (forms, stems, content='', tokenize='ascii');
"""


def in_memory() -> sqlite3.Connection:
    """Return an empty store that ends with the connection."""
    connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    with transaction(connection):
        _create(connection)
    return connection


def connect(folder: Path) -> sqlite3.Connection:
    """Open the store of a folder, made when it is not there; its connection serves several threads, one at a time.

    Writers commit without waiting for readers and readers see whole commits only (a write-ahead log).

    Raises
    ------
    GeoError
        When it is damaged, of a newer version, no store, or cannot be written where it has to be made.
    """
    path = folder / FILE
    with told(folder):
        if path.is_file() and not os.access(folder, os.W_OK):
            return _read_only(path, folder)
        if path.exists() and not path.is_file():
            raise GeoError(f"The store {folder} cannot be opened: {FILE} is no file.")
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False, isolation_level=None)
        try:
            if not _is_made(connection, folder):
                connection.execute("PRAGMA journal_mode = WAL")
                with transaction(connection):
                    # another process may have made it in between
                    if not _is_made(connection, folder):
                        _create(connection)
            # a crash of the machine may cost the last commits, one of the program none
            connection.execute("PRAGMA synchronous = NORMAL")
        except BaseException:
            connection.close()
            raise
        return connection


def is_index_current(connection: sqlite3.Connection) -> bool:
    """Return whether the index can be used: there, readable, and of the version that this program makes."""
    try:
        made = connection.execute("SELECT value FROM meta WHERE name = 'index'").fetchone()
        connection.execute("SELECT rowid FROM words WHERE words MATCH 'a' LIMIT 1").fetchone()
        connection.execute("SELECT weight FROM facets LIMIT 1").fetchone()
        connection.execute("SELECT country FROM publishers LIMIT 1").fetchone()
        # an index has these two records even when it is empty
        [records] = connection.execute("SELECT count(*) FROM words_data WHERE id IN (1, 10)").fetchone()
    except sqlite3.DatabaseError:
        return False
    return records == _FTS5_RECORDS and bool(made == (str(INDEX_VERSION),))


def clear_index(connection: sqlite3.Connection) -> None:
    """Make the index anew, empty."""
    # an index of words that is spoilt can be dropped only once it is legible again
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute("REPLACE INTO words_config VALUES ('version', 4)")
        connection.execute("REPLACE INTO words_data VALUES (1, x''), (10, x'00000000000000')")
    _run(connection, _INDEX)
    connection.execute("REPLACE INTO meta VALUES ('index', ?)", [str(INDEX_VERSION)])


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Keep all of what is done, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


@contextlib.contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Read one state of the store in several queries, whatever is written meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


@contextlib.contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn what SQLite and the system say into one line for a person."""
    try:
        yield
    except sqlite3.Error as error:
        raise GeoError(f"The store {folder} {_reason(error)}") from None
    except OSError as error:
        raise GeoError(f"The store {folder} cannot be written ({error.strerror or error}).") from None


def _reason(error: sqlite3.Error) -> str:
    match getattr(error, "sqlite_errorname", "").split("_")[1:2]:
        case ["NOTADB" | "CORRUPT"]:
            return f"is damaged ({error}); move {FILE} away and read the articles, or an export of them, again."
        case ["BUSY" | "LOCKED"]:
            return "is being written by another process; nothing was done."
        case ["READONLY" | "CANTOPEN" | "PERM"]:
            return f"cannot be written ({error})."
    return f"could not be written ({error}); what was kept before stands."


def _read_only(path: Path, folder: Path) -> sqlite3.Connection:
    # without its log it cannot change: SQLite need not be able to write beside it
    how = "mode=ro" if path.with_name(f"{FILE}-wal").exists() else "immutable=1"
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?{how}", uri=True, check_same_thread=False, isolation_level=None
    )
    try:
        if _is_made(connection, folder):
            return connection
    except BaseException:
        connection.close()
        raise
    connection.close()
    raise GeoError(f"The store {folder} is empty and cannot be written.")


def _is_made(connection: sqlite3.Connection, folder: Path) -> bool:
    [application], [version], [tables] = (
        connection.execute(query).fetchone()
        for query in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_schema")
    )
    if not tables:
        return False
    if application != _APPLICATION_ID:
        raise GeoError(f"The store {folder} cannot be opened: {FILE} is the database of another program.")
    if version > VERSION:
        raise GeoError(f"The store {folder} is of version {version}, newer than this program, which knows {VERSION}.")
    return True


def _create(connection: sqlite3.Connection) -> None:
    _run(connection, _TABLES)
    clear_index(connection)
    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _run(connection: sqlite3.Connection, script: str) -> None:
    # executescript would commit first
    for statement in script.split(";\n"):
        if statement.strip():
            connection.execute(statement)
