"""The index of words as PostgreSQL keeps it: our own terms in a tsvector, columns told apart by a letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import psycopg

from geo.news.store.migrations import INDEX, INDEX_OF_TERMS
from geo.news.store.terms import INDEX_VERSION, YEAR, Candidate, Column, IndexedPassage, Phrase, Wanted

_LETTERS: dict[Column, str] = {"forms": "f", "stems": "s", "facets": "x"}
_AT_ONCE = 2_000
_LAST = (1 << 63) - 1
# of so many the newest are found by walking back from the newest, of fewer by looking up all of them
_COMMON = 30_000
Row = tuple[Any, ...]


class TsearchWords:
    """An inverted index of passages: a GIN index over terms that PostgreSQL itself neither cuts nor stems."""

    def __init__(self, connection: psycopg.Connection[Row]) -> None:
        self._connection = connection
        self._counted: dict[Wanted, int] = {}

    def is_current(self) -> bool:
        """Return whether it can be used: there, and of the version that this program makes."""
        there = "SELECT to_regclass('words_by_term') IS NOT NULL AND to_regclass('texts') IS NOT NULL"
        made = self._connection.execute("SELECT value FROM meta WHERE name = 'index'").fetchone()
        return made == (str(INDEX_VERSION),) and self._connection.execute(there).fetchone() == (True,)

    def make(self, passages: Iterable[IndexedPassage]) -> None:
        """Make it anew, of these passages."""
        self._connection.execute(INDEX)
        self.put(passages)
        self._connection.execute(INDEX_OF_TERMS)
        self._connection.execute(
            "INSERT INTO meta VALUES ('index', %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (str(INDEX_VERSION),),
        )

    def put(self, passages: Iterable[IndexedPassage]) -> None:
        """Make passages findable."""
        self._counted.clear()
        found = iter(passages)
        # gathered first: while rows are copied the connection can ask nothing
        while some := list(islice(found, _AT_ONCE)):
            self._copy("words (number, terms)", ((p.number, _tsvector(p.forms, p.stems, p.facets)) for p in some))
            self._copy("texts (number, forms, stems, weight)", ((p.number, p.forms, p.stems, p.weight) for p in some))

    def remove(self, numbers: Iterable[int]) -> None:
        """Make passages unfindable, whether or not they were findable."""
        self._counted.clear()
        gone = list(numbers)
        for table in ("words", "texts"):
            self._connection.execute(f"DELETE FROM {table} WHERE number = ANY(%s)", (gone,))  # noqa: S608 - our own

    def set_facets(self, number: int, facets: str) -> None:
        """Exchange the facets of a passage if it is findable."""
        row = self._connection.execute("SELECT forms, stems FROM texts WHERE number = %s", (number,)).fetchone()
        if row is not None:
            terms = _tsvector(row[0], row[1], facets)
            self._connection.execute("UPDATE words SET terms = %s::tsvector WHERE number = %s", (terms, number))

    def count(self, wanted: Wanted) -> int:
        """Return how many passages there are."""
        if wanted not in self._counted:
            row = self._found("SELECT count(*)", wanted).fetchone()
            self._counted[wanted] = int(row[0]) if row else 0
        return self._counted[wanted]

    def newest(self, wanted: Wanted, limit: int, offset: int) -> list[int]:
        """Return the numbers of passages, the highest first."""
        rows = self._newest(wanted, "LIMIT %s OFFSET %s", limit, offset)
        return [row[0] for row in rows]

    def candidates(self, wanted: Wanted, limit: int) -> list[Candidate]:
        """Return passages for ranking, those with the highest numbers."""
        numbers = [row[0] for row in self._newest(wanted, "LIMIT %s", limit)]
        rows = self._connection.execute(
            "SELECT number, forms, stems, weight FROM texts WHERE number = ANY(%s) ORDER BY number DESC", (numbers,)
        )
        return [Candidate(*row) for row in rows]

    def by_year(self, wanted: Wanted) -> list[tuple[int, int]]:
        """Return the years of passages and how many each has, the earliest first; 0: no date."""
        rows = self._found(f"SELECT number / {YEAR}, count(*)", wanted, "GROUP BY 1 ORDER BY 1")
        return [(int(year), int(count)) for year, count in rows]

    def _newest(self, wanted: Wanted, then: str, *values: int) -> Sequence[Row]:
        """Return the newest, found in the way that suits how many there are; statistics know little of terms."""
        is_common = self.count(wanted) > _COMMON
        if not is_common:
            return self._found("SELECT number", wanted, f"ORDER BY number DESC {then}", *values).fetchall()
        self._walk_back(is_wanted=True)
        rows = self._found("SELECT number", wanted, f"ORDER BY number DESC {then}", *values).fetchall()
        self._walk_back(is_wanted=False)
        return rows

    def _walk_back(self, *, is_wanted: bool) -> None:
        """Let the next statement go through the numbers and not through the terms, or again the other way."""
        self._connection.execute(f"SET LOCAL enable_indexscan TO {'on' if is_wanted else 'off'}")
        self._connection.execute(f"SET LOCAL enable_bitmapscan TO {'off' if is_wanted else 'on'}")

    def _found(self, select: str, wanted: Wanted, then: str = "", *values: int) -> psycopg.Cursor[Row]:
        where, sought = "terms @@ %s::tsquery", [_tsquery(wanted)]
        limits: list[int] = []
        if wanted.first > 0:
            where, limits = f"{where} AND number >= %s", [wanted.first]
        if wanted.last < _LAST:
            where, limits = f"{where} AND number <= %s", [*limits, wanted.last]
        return self._connection.execute(
            f"{select} FROM words WHERE {where} {then}",
            (*sought, *limits, *values),
        )

    def _copy(self, table: str, rows: Iterator[Row]) -> None:
        with self._connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _tsvector(forms: str, stems: str, facets: str) -> str:
    """Return a passage as PostgreSQL reads a tsvector: only the order of forms counts, for phrases."""
    positions: dict[str, list[int]] = {}
    for position, term in enumerate(forms.split(), start=1):
        positions.setdefault(term, []).append(position)
    lexemes = [f"{_lexeme('forms', term)}:{','.join(map(str, at))}" for term, at in positions.items()]
    lexemes += [_lexeme("stems", term) for term in dict.fromkeys(stems.split())]
    lexemes += [_lexeme("facets", term) for term in facets.split()]
    return " ".join(lexemes)


def _tsquery(wanted: Wanted) -> str:
    """Return what is wanted as PostgreSQL reads a tsquery."""
    groups = [f"({' | '.join(map(_phrase, group))})" for group in wanted.groups]
    return " & ".join(groups + [f"!({_phrase(phrase)})" for phrase in wanted.none_of])


def _phrase(phrase: Phrase) -> str:
    lexemes = [_lexeme(phrase.column, term) for term in phrase.terms]
    return f"({' <-> '.join(lexemes)}{':*' if phrase.is_prefix else ''})"


def _lexeme(column: Column, term: str) -> str:
    return "'" + (_LETTERS[column] + term).replace("\\", "\\\\").replace("'", "''") + "'"
