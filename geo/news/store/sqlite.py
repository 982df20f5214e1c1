"""The embedded store, one SQLite file: its tables and their version, how it is opened, what is told if it is not."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import RLock

from filelock import FileLock, Timeout

from geo.errors import GeoError
from geo.news.store.database import BusyError
from geo.news.store.terms import INDEX_VERSION, YEAR, Candidate, IndexedPassage, Phrase, Wanted

FILE, LOCK = "store.sqlite", ".lock"
# raised when the tables change; an older file is brought up to date, a newer one is refused
VERSION = 1
# 4ISL: so that another program's database is not taken for a store
_APPLICATION_ID = 0x3449534C
_BUSY_SECONDS = 5.0
# pages of the file that a connection keeps: near-duplicates are looked up all over it
_CACHE_KIB = 32 * 1024
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
# filters are terms like words: what is sought and what is filtered is found in one go, without looking at a passage
_INDEX = """
DROP TABLE IF EXISTS words;
DROP TABLE IF EXISTS facets;
DROP TABLE IF EXISTS publishers;
CREATE TABLE publishers (publisher TEXT, country TEXT, PRIMARY KEY (publisher, country)) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (forms, stems, facets, weight UNINDEXED, tokenize='ascii', columnsize=0);
"""
_FOUND = "FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?"


class SqliteDatabase:
    """A connection to the file; it serves several threads, one at a time."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder
        self._lock = RLock()
        self.words = _Words(connection)
        connection.execute(f"PRAGMA cache_size = {-_CACHE_KIB}")

    @property
    def in_transaction(self) -> bool:
        """Whether something is done that is not kept yet."""
        return self._connection.in_transaction

    @property
    def is_file(self) -> bool:
        """Whether it stands on a disk, and not in memory."""
        return bool(self._connection.execute("PRAGMA database_list").fetchone()[2])

    def execute(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Run one statement."""
        return self._connection.execute(statement, values)

    def executemany(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of values."""
        self._connection.executemany(statement, rows)

    def begin(self) -> None:
        """Begin to write, alone, unless that was begun."""
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Keep what was done."""
        self._connection.commit()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all of what is done, or nothing."""
        with _transaction(self._connection):
            yield

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[SqliteDatabase]:
        """Return one state of the store to read in several queries, whatever is written meanwhile."""
        with self._lock:
            if self._connection.in_transaction:
                yield self
                return
            self._connection.execute("BEGIN")
            try:
                yield self
            finally:
                self._connection.rollback()

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """Turn what SQLite and the system say into one line for a person."""
        with told(self._folder):
            yield

    def version(self) -> int:
        """Return a number that is another one after another process has written the store."""
        with self._lock:
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def copied(self) -> SqliteDatabase:
        """Return a copy in memory, and close this one."""
        copy = in_memory(self._folder)
        self._connection.backup(copy._connection)  # noqa: SLF001 - of its own kind
        self.close()
        return copy

    def close(self) -> None:
        """End the connection; what was not kept is as if it had not been."""
        self._connection.close()


class _Words:
    """The index of words as FTS5 keeps it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def is_current(self) -> bool:
        """Return whether it can be used: there, readable, and of the version that this program makes."""
        execute = self._connection.execute
        try:
            made = execute("SELECT value FROM meta WHERE name = 'index'").fetchone()
            execute("SELECT rowid FROM words WHERE words MATCH 'a' LIMIT 1").fetchone()
            execute("SELECT weight FROM words LIMIT 1").fetchone()
            execute("SELECT country FROM publishers LIMIT 1").fetchone()
            # an index has these two records even when it is empty
            [records] = execute("SELECT count(*) FROM words_data WHERE id IN (1, 10)").fetchone()
        except sqlite3.DatabaseError:
            return False
        return records == _FTS5_RECORDS and bool(made == (str(INDEX_VERSION),))

    def make(self, passages: Iterable[IndexedPassage]) -> None:
        """Make it anew, of these passages."""
        # an index of words that is spoilt can be dropped only once it is legible again
        with contextlib.suppress(sqlite3.OperationalError):
            self._connection.execute("REPLACE INTO words_config VALUES ('version', 4)")
            self._connection.execute("REPLACE INTO words_data VALUES (1, x''), (10, x'00000000000000')")
        _run(self._connection, _INDEX)
        self._connection.execute("REPLACE INTO meta VALUES ('index', ?)", [str(INDEX_VERSION)])
        self.put(passages)

    def put(self, passages: Iterable[IndexedPassage]) -> None:
        """Make passages findable; of numbers out of order FTS5 writes each to the disk by itself."""
        self._connection.executemany(
            "INSERT INTO words (rowid, forms, stems, facets, weight) VALUES (?, ?, ?, ?, ?)", passages
        )

    def remove(self, numbers: Iterable[int]) -> None:
        """Make passages unfindable, whether or not they were findable."""
        self._connection.executemany("DELETE FROM words WHERE rowid = ?", ([number] for number in sorted(numbers)))

    def set_facets(self, number: int, facets: str) -> None:
        """Exchange the facets of a passage if it is findable."""
        self._connection.execute("UPDATE words SET facets = ? WHERE rowid = ?", [facets, number])

    def count(self, wanted: Wanted) -> int:
        """Return how many passages there are."""
        return int(self._found("SELECT count(*)", wanted).fetchone()[0])

    def newest(self, wanted: Wanted, limit: int, offset: int) -> list[int]:
        """Return the numbers of passages, the highest first."""
        rows = self._found("SELECT rowid", wanted, "ORDER BY rowid DESC LIMIT ? OFFSET ?", limit, offset)
        return [row[0] for row in rows]

    def candidates(self, wanted: Wanted, limit: int) -> list[Candidate]:
        """Return passages for ranking, those with the highest numbers."""
        columns = "SELECT rowid, forms, stems, weight"
        return [Candidate(*row) for row in self._found(columns, wanted, "ORDER BY rowid DESC LIMIT ?", limit)]

    def by_year(self, wanted: Wanted) -> list[tuple[int, int]]:
        """Return the years of passages and how many each has, the earliest first; 0: no date."""
        return self._found(f"SELECT rowid / {YEAR} AS year, count(*)", wanted, "GROUP BY year ORDER BY year").fetchall()

    def _found(self, select: str, wanted: Wanted, then: str = "", *values: int) -> sqlite3.Cursor:
        return self._connection.execute(
            f"{select} {_FOUND} {then}", (_fts5(wanted), wanted.first, wanted.last, *values)
        )


def _fts5(wanted: Wanted) -> str:
    """Return what is wanted as FTS5 reads it."""
    groups = [f"({' OR '.join(map(_phrase, group))})" for group in wanted.groups]
    return " AND ".join(groups) + "".join(f" NOT ({_phrase(phrase)})" for phrase in wanted.none_of)


def _phrase(phrase: Phrase) -> str:
    text = " ".join(phrase.terms).replace('"', '""')
    return f'{phrase.column} : "{text}"{" *" if phrase.is_prefix else ""}'


def in_memory(folder: Path) -> SqliteDatabase:
    """Return an empty store that ends with the connection, in the place of that of a folder."""
    connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    with _transaction(connection):
        _create(connection)
    return SqliteDatabase(connection, folder)


def connect(folder: Path) -> SqliteDatabase:
    """Open the store of a folder, made when it is not there.

    Writers commit without waiting for readers and readers see whole commits only (a write-ahead log).

    Raises
    ------
    GeoError
        When it is damaged, of a newer version, no store, or cannot be written where it has to be made.
    """
    path = folder / FILE
    with told(folder):
        if path.is_file() and not os.access(folder, os.W_OK):
            return SqliteDatabase(_read_only(path, folder), folder)
        if path.exists() and not path.is_file():
            raise GeoError(f"The store {folder} cannot be opened: {FILE} is no file.")
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False, isolation_level=None)
        try:
            if not _is_made(connection, folder):
                connection.execute("PRAGMA journal_mode = WAL")
                with _transaction(connection):
                    # another process may have made it in between
                    if not _is_made(connection, folder):
                        _create(connection)
            # a crash of the machine may cost the last commits, one of the program none
            connection.execute("PRAGMA synchronous = NORMAL")
            return SqliteDatabase(connection, folder)
        except BaseException:
            connection.close()
            raise


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[SqliteDatabase]:
    """Return the store of a folder to its one writer, made when it is not there.

    Raises
    ------
    GeoError
        When it cannot be opened, or another process is writing it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK, timeout=0)
        lock.acquire()
    except Timeout:
        raise BusyError(f"Another process is writing the store {folder}; nothing was done.") from None
    except OSError as error:
        raise GeoError(f"The store {folder} cannot be written ({error.strerror or error}).") from None
    # a full disk may show when the file is closed once more
    try:
        with told(folder), contextlib.closing(connect(folder)) as database:
            yield database
    finally:
        lock.release()


@contextlib.contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn what SQLite and the system say of a folder into one line for a person."""
    try:
        yield
    except sqlite3.Error as error:
        kind = BusyError if getattr(error, "sqlite_errorname", "") in {"SQLITE_BUSY", "SQLITE_LOCKED"} else GeoError
        raise kind(f"The store {folder} {_reason(error)}") from None
    except OSError as error:
        raise GeoError(f"The store {folder} cannot be written ({error.strerror or error}).") from None


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


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
    _Words(connection).make(())
    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _run(connection: sqlite3.Connection, script: str) -> None:
    # executescript would commit first
    for statement in script.split(";\n"):
        if statement.strip():
            connection.execute(statement)
