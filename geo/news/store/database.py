"""What a store asks of the database that keeps it: plain SQL that all of them know, and an index of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from geo.errors import GeoError
from geo.news.store.terms import Candidate, IndexedPassage, Wanted


class BusyError(GeoError):
    """Somebody else is writing the store."""


class AwayError(GeoError):
    """The server that keeps the store does not answer."""


class Rows(Protocol):
    """What a statement gives."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        ...

    def fetchone(self) -> Any:  # noqa: ANN401 - a tuple of what was asked for, or None
        """Return the next row."""
        ...

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""
        ...

    def __iter__(self) -> Iterator[Any]:
        """Return the rows one by one."""
        ...


class WordIndex(Protocol):
    """An inverted index of passages by the terms of their words and facets."""

    def is_current(self) -> bool:
        """Return whether it can be used: there, readable, and of the version that this program makes."""
        ...

    def make(self, passages: Iterable[IndexedPassage]) -> None:
        """Make it anew, of these passages."""
        ...

    def put(self, passages: Iterable[IndexedPassage]) -> None:
        """Make passages findable; they come in the order of their numbers."""
        ...

    def remove(self, numbers: Iterable[int]) -> None:
        """Make passages unfindable, whether or not they were findable."""
        ...

    def set_facets(self, number: int, facets: str) -> None:
        """Exchange the facets of a passage if it is findable."""
        ...

    def count(self, wanted: Wanted) -> int:
        """Return how many passages there are."""
        ...

    def newest(self, wanted: Wanted, limit: int, offset: int) -> list[int]:
        """Return the numbers of passages, the highest first."""
        ...

    def candidates(self, wanted: Wanted, limit: int) -> list[Candidate]:
        """Return passages for ranking, those with the highest numbers."""
        ...

    def by_year(self, wanted: Wanted) -> list[tuple[int, int]]:
        """Return the years of passages and how many each has, the earliest first; 0: no date."""
        ...


class Readable(Protocol):
    """A store as its readers have it open, several threads at once."""

    def snapshot(self) -> AbstractContextManager[Database]:
        """Return one state of the store to read in several queries, whatever is written meanwhile."""
        ...

    def told(self) -> AbstractContextManager[None]:
        """Turn what the database and the system say into one line for a person."""
        ...

    def version(self) -> object:
        """Return what is another one after anybody else has written the store."""
        ...

    def close(self) -> None:
        """End the connection; what was not kept is as if it had not been."""
        ...


class Database(Readable, Protocol):
    """A connection to what keeps a store. Statements have question marks for values."""

    @property
    def words(self) -> WordIndex:
        """The index of words."""
        ...

    @property
    def in_transaction(self) -> bool:
        """Whether something is done that is not kept yet."""
        ...

    def execute(self, statement: str, values: Sequence[object] = ()) -> Rows:
        """Run one statement."""
        ...

    def executemany(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of values."""
        ...

    def begin(self) -> None:
        """Begin to write, alone, unless that was begun."""
        ...

    def commit(self) -> None:
        """Keep what was done."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """Keep all of what is done, or nothing."""
        ...


def meta(database: Database, name: str) -> str | None:
    """Return what the store says of itself under a name."""
    row = database.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchone()
    return None if row is None else str(row[0])


def set_meta(database: Database, name: str, value: str) -> None:
    """Let the store say something of itself."""
    database.execute(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", [name, value]
    )
