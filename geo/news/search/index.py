"""The search index: SQLite with FTS5, made from JSON Lines and CSV whenever they have changed, free to be deleted."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import orjson
from filelock import FileLock, Timeout

from geo.errors import DataError, FaultyDataError
from geo.loading.rows import read_table
from geo.model.dates import PartialDate
from geo.model.fields import ISLANDS
from geo.model.press import Article, Excerpt
from geo.news.search.tokens import indexed
from geo.news.store.jsonl import ARTICLES, EXCERPTS, NEEDED, read_records

FILE, LOCK = "index.sqlite", ".index.lock"
# stands around each of several names in one cell
BETWEEN = "\x1f"
# raised whenever the tables below, or how words are cut, change
_VERSION = 2
# what filters look at is kept apart from the quotations: ten times as many of its rows are in memory
_TABLES = """
CREATE TABLE made (sources TEXT NOT NULL);
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, article_id TEXT NOT NULL UNIQUE, leader TEXT NOT NULL, title TEXT NOT NULL,
    publisher TEXT NOT NULL, publisher_country TEXT NOT NULL, date TEXT NOT NULL, language TEXT NOT NULL,
    url TEXT NOT NULL, shipped INTEGER NOT NULL
);
CREATE INDEX articles_by_leader ON articles (leader);
CREATE TEMPORARY TABLE gathered (
    article_id TEXT NOT NULL, quote TEXT NOT NULL, mentions TEXT NOT NULL, language TEXT NOT NULL, date TEXT NOT NULL,
    named INTEGER NOT NULL, spoken_of INTEGER NOT NULL
);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, article_id TEXT NOT NULL, quote TEXT NOT NULL, mentions TEXT NOT NULL,
    language TEXT NOT NULL
);
CREATE TABLE facets (
    number INTEGER PRIMARY KEY, named INTEGER NOT NULL, spoken_of INTEGER NOT NULL, language TEXT NOT NULL,
    date TEXT NOT NULL, countries TEXT NOT NULL, publishers TEXT NOT NULL
);
CREATE VIRTUAL TABLE words USING fts5 (forms, stems, content='', tokenize='ascii');
"""
# numbered by date: what has the greater number is newer, and the newest are found without sorting
_BY_DATE = "SELECT * FROM gathered ORDER BY date, rowid DESC"


def open_index(data: Path, store: Path) -> sqlite3.Connection:
    """Open the index over the shipped excerpts and those of a store, made anew when either has changed.

    It stands in the store's folder; where that is missing or read-only it is made in memory. The connection may be
    used from several threads, one at a time.

    Raises
    ------
    GeoError
        When the data or the store cannot be read.
    """
    path = store / FILE
    if (ready := _ready(path, inputs_fingerprint(data, store))) is not None:
        return ready
    if not (store.is_dir() and os.access(store, os.W_OK)):
        return _filled(
            sqlite3.connect(":memory:", check_same_thread=False), data, store, inputs_fingerprint(data, store)
        )
    with _making(store):
        sources = inputs_fingerprint(data, store)
        # another process may have made it while this one waited
        if (ready := _ready(path, sources)) is not None:
            return ready
        handle, name = tempfile.mkstemp(prefix=f".{FILE}-", dir=store)
        os.close(handle)
        try:
            _filled(sqlite3.connect(name, check_same_thread=False), data, store, sources).close()
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
        return sqlite3.connect(path, check_same_thread=False)


def _making(store: Path, seconds: float = -1) -> FileLock:
    return FileLock(store / LOCK, timeout=seconds)


def is_rebuilding(store: Path) -> bool:
    """Return whether somebody is making the index of a store at this moment."""
    if not (store.is_dir() and os.access(store, os.W_OK)):
        return False
    try:
        with _making(store, seconds=0):
            return False
    except Timeout:
        return True


def island_bitmask(islands: Iterable[str]) -> int:
    """Return a set of islands as a number, one bit each."""
    return sum(1 << ISLANDS.index(island) for island in set(islands))


def inputs_fingerprint(data: Path, store: Path) -> str:
    """Return as one text what an index over a data folder and a store is made from: another text, another index."""
    files = (data / Article.FILE, data / Excerpt.FILE, store / ARTICLES, store / EXCERPTS)
    known: list[object] = [_VERSION]
    for file in files:
        with contextlib.suppress(FileNotFoundError):
            status = file.stat()
            known.append([file.name, status.st_size, status.st_mtime_ns, status.st_ino])
    return orjson.dumps(known).decode()


def _ready(path: Path, sources: str) -> sqlite3.Connection | None:
    if not path.is_file():
        return None
    connection = sqlite3.connect(path, check_same_thread=False)
    try:
        if connection.execute("SELECT sources FROM made").fetchone() == (sources,):
            return connection
    except sqlite3.DatabaseError:
        # spoilt, or no index at all: it is made again
        pass
    connection.close()
    return None


def _filled(connection: sqlite3.Connection, data: Path, store: Path, sources: str) -> sqlite3.Connection:
    connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES}")
    with connection:
        row = "INSERT INTO articles VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        connection.executemany(row, _articles(data, store))
        dates = dict(connection.execute("SELECT article_id, date FROM articles"))
        connection.executemany("INSERT INTO gathered VALUES (?, ?, ?, ?, ?, ?, ?)", _passages(data, store, dates))
        outlets = _outlets(connection)
        for number, passage in enumerate(connection.execute(_BY_DATE), start=1):
            article_id, quote, mentions, language, date, named, spoken_of = passage
            facets = (number, named, spoken_of, language, date, *outlets[article_id])
            connection.execute(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?)", (number, article_id, quote, mentions, language)
            )
            connection.execute("INSERT INTO facets VALUES (?, ?, ?, ?, ?, ?, ?)", facets)
            connection.execute("INSERT INTO words (rowid, forms, stems) VALUES (?, ?, ?)", (number, *indexed(quote)))
        connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        connection.execute("INSERT INTO made VALUES (?)", (sources,))
    connection.execute("DROP TABLE gathered")
    return connection


def _outlets(connection: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Return the countries and the publishers of each text, those of its further outlets included."""
    found: dict[str, tuple[str, str]] = {}
    for canonical_id, publisher, country in connection.execute(
        "SELECT leader, publisher, publisher_country FROM articles"
    ):
        countries, publishers = found.get(canonical_id, (BETWEEN, BETWEEN))
        found[canonical_id] = (f"{countries}{country}{BETWEEN}", f"{publishers}{publisher.casefold()}{BETWEEN}")
    return found


def _articles(data: Path, store: Path) -> Iterator[tuple[object, ...]]:
    columns = itemgetter("title", "publisher", "publisher_country", "date", "language", "url")
    seen: set[str] = set()
    faults: list[DataError] = []
    shipped = [row.model_dump() | {"same_as": ""} for row in read_table(data, Article, faults).rows]
    if faults:
        raise FaultyDataError(faults)
    for records, is_shipped in ((shipped, 1), (read_records(store / ARTICLES, NEEDED), 0)):
        for record in records:
            if record["article_id"] not in seen:
                seen.add(record["article_id"])
                record["date"] = record["date"] if PartialDate.is_valid(record["date"]) else ""
                yield record["article_id"], record["same_as"] or record["article_id"], *columns(record), is_shipped


def _passages(data: Path, store: Path, dates: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    """Return each quotation once, with all that it says of islands."""
    faults: list[DataError] = []
    rows = (row.model_dump() for row in read_table(data, Excerpt, faults).rows)
    shipped = sorted(rows, key=itemgetter("article", "quote"))
    if faults:
        raise FaultyDataError(faults)
    # in a store the lines of one article stand together, in the order of its text
    # an article that is shipped may stand in the store as well
    told = {(record["quote"], dates.get(record["article"])) for record in shipped}
    for records in (shipped, _stored(store)):
        for article_id, of_article in groupby(records, key=itemgetter("article")):
            if article_id not in dates:
                continue
            by_quote: dict[str, list[dict[str, Any]]] = {}
            for record in of_article:
                by_quote.setdefault(record["quote"], []).append(record)
            for quote, same in by_quote.items():
                if records is not shipped and (quote, dates[article_id]) in told:
                    continue
                mentions = [{k: r[k] for k in ("island", "kind", "start", "end", "matched")} for r in same]
                kinds = {
                    kind: island_bitmask(r["island"] for r in same if r["kind"] == kind) for kind in ("named", "group")
                }
                yield (
                    article_id, quote, orjson.dumps(mentions).decode(), same[0]["language"], dates[article_id],
                    kinds["named"], kinds["group"],
                )  # fmt: skip


def _stored(store: Path) -> Iterator[dict[str, Any]]:
    return read_records(store / EXCERPTS, ("article", "island", "kind", "quote", "matched", "language"))
