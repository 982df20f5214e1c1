"""The store as its one writer has it: articles and quotations go in, a commit keeps them, found from then on."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

from pydantic import BaseModel

from geo.model.press import Excerpt
from geo.news.model import ExtractedArticle, FailureLog, ReadFailure
from geo.news.store.address import StoreAddress
from geo.news.store.database import Database, meta, set_meta
from geo.news.store.near_duplicates import NearDuplicateIndex
from geo.news.store.opening import writing
from geo.news.store.passages import add_passages, add_publishers, index_outlets, index_passages, rebuild_index
from geo.news.store.records import ARTICLES, EXCERPTS, StoredArticle, read_lines

ARTICLE_COLUMNS = (
    "title", "publisher", "publisher_country", "agency", "agency_country", "date", "language", "url", "file"
)  # fmt: skip

Added = Literal["new", "outlet", "known"]
Model = TypeVar("Model", bound=BaseModel)


class Store:
    """One writing of a store: what was committed stays, whatever happens next; the rest is as if it had not been.

    Parameters
    ----------
    address
        A folder, made when it is not there, or a database on a server.

    Raises
    ------
    GeoError
        When it cannot be written, another process is writing it, or what stands there is no store.
    """

    def __init__(self, address: StoreAddress) -> None:
        self._address = address
        self._opened = contextlib.ExitStack()
        self.set_aside = FailureLog()
        self._passages: list[int] = []
        self._with_new_outlets: set[int] = set()

    def __enter__(self) -> Self:
        """Lock the store and open it."""
        with contextlib.ExitStack() as opened:
            self.database = opened.enter_context(writing(self._address))
            self._near_duplicates = NearDuplicateIndex(self.database)
            if not self.database.words.is_current():
                with self.database.transaction():
                    rebuild_index(self.database)
            if isinstance(self._address, Path) and is_to_import(self.database, self._address):
                self.set_aside = self.import_lines(self._address)
            self._opened = opened.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Unlock the store; what was not committed is thrown away."""
        self._opened.__exit__(kind, error, trace)

    def add(self, extracted: ExtractedArticle) -> Added:
        """Keep an article, and its excerpts unless its text is kept already.

        Returns
        -------
        str
            ``new``; ``outlet`` for a text that another outlet had first; ``known`` for one of the same outlet.
        """
        about = asdict(extracted.article) | {"file": Path(extracted.article.path).name}
        return self.add_record(about, base64.b64decode(extracted.signature), extracted.excerpts)

    def add_record(self, about: Mapping[str, Any], signature: bytes, excerpts: Sequence[Excerpt]) -> Added:
        """Keep an article by its record, as ``add`` does."""
        self._begin()
        known = self._number(about["article_id"])
        if known is not None:
            return self._restored(known, signature, excerpts)
        canonical = self._near_duplicates.find(signature, about["date"], excerpts) if signature else None
        if canonical is not None and self._has_outlet(canonical, about["url"] or about["publisher"]):
            return "known"
        number = self._insert(about, canonical, signature)
        if canonical is not None:
            self._with_new_outlets.add(canonical)
            return "outlet"
        self._keep(number, signature, excerpts)
        return "new"

    def size(self) -> int:
        """Return how many articles are kept, those that ship left aside."""
        return int(self.database.execute("SELECT count(*) FROM articles WHERE NOT shipped").fetchone()[0])

    def import_lines(self, folder: Path) -> FailureLog:
        """Take in what articles.jsonl and excerpts.jsonl of a folder hold, all at once, and return what is no record.

        What the store knows already stays as it is.
        """
        failures = FailureLog()
        self._begin()
        with self._near_duplicates.many():
            self._import_articles(folder, failures)
            self._import_excerpts(folder, failures)
        set_meta(self.database, "imported", "1")
        self.commit()
        return failures

    def commit(self) -> None:
        """Make what was added findable and keep it, all at once; when nothing is new, nothing is touched.

        Raises
        ------
        GeoError
            When the disk is full; the store stays as it was at the commit before.
        """
        if not self.database.in_transaction:
            return
        with self.database.told():
            index_passages(self.database, self._passages)
            index_outlets(self.database, self._with_new_outlets)
            self.database.commit()
        self._passages.clear()
        self._with_new_outlets.clear()

    def _import_articles(self, folder: Path, failures: FailureLog) -> None:
        for place, article in _records(folder / ARTICLES, StoredArticle, failures):
            if self._number(article.article_id) is None:
                canonical = self._number(article.same_as) if article.same_as else None
                if article.same_as and canonical is None:
                    failures.add(ReadFailure(str(folder / ARTICLES), f"same_as: no article {article.same_as!a}", place))
                else:
                    self._insert(article.model_dump(), canonical, base64.b64decode(article.signature))

    def _import_excerpts(self, folder: Path, failures: FailureLog) -> None:
        excerpts = _records(folder / EXCERPTS, Excerpt, failures)
        for article_id, group in groupby(excerpts, key=lambda record: record[1].article):
            place, number = "", self._number(article_id)
            if number is not None:
                signature = "SELECT signature FROM articles WHERE number = ?"
                [kept] = self.database.execute(signature, [number]).fetchone()
                self._restored(number, kept, [excerpt for _, excerpt in group])
            else:
                # of an article that is not listed nothing counts
                for place, _ in group:
                    failures.add(ReadFailure(str(folder / EXCERPTS), f"article: no article {article_id!a}", place))

    def _begin(self) -> None:
        self.database.begin()

    def _number(self, article_id: str) -> int | None:
        row = self.database.execute(
            "SELECT number FROM articles WHERE article_id = ? AND NOT shipped", [article_id]
        ).fetchone()
        return None if row is None else int(row[0])

    def _insert(self, about: Mapping[str, Any], canonical: int | None, signature: bytes) -> int:
        [number] = self.database.execute("SELECT coalesce(max(number), 0) + 1 FROM articles").fetchone()
        kept = b"" if canonical is not None else signature
        row = (number, about["article_id"], canonical or number, False, *(about[c] for c in ARTICLE_COLUMNS), kept)
        self.database.execute(f"INSERT INTO articles VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608
        outlet = (about["publisher"], about["publisher_country"])
        add_publishers(self.database, outlet, (about["agency"], about["agency_country"]))
        return int(number)

    def _keep(self, number: int, signature: bytes, excerpts: Sequence[Excerpt]) -> None:
        [date] = self.database.execute("SELECT date FROM articles WHERE number = ?", [number]).fetchone()
        self._near_duplicates.add(number, signature, excerpts)
        self._passages += add_passages(self.database, number, date, excerpts)

    def _restored(self, number: int, signature: bytes, excerpts: Sequence[Excerpt]) -> Added:
        """Keep the quotations of an article again that is known but has lost them."""
        kept = (
            "SELECT 1 FROM articles a JOIN articles c ON c.number = a.canonical "
            "JOIN passages p ON p.article = c.number WHERE a.number = ?"
        )
        if not excerpts or self.database.execute(kept, [number]).fetchone():
            return "known"
        whole = "UPDATE articles SET canonical = number, signature = ? WHERE number = ?"
        self.database.execute(whole, (signature, number))
        self._keep(number, signature, excerpts)
        return "new"

    def _has_outlet(self, canonical: int, outlet: str) -> bool:
        same = "SELECT 1 FROM articles WHERE canonical = ? AND CASE url WHEN '' THEN publisher ELSE url END = ?"
        return bool(outlet) and self.database.execute(same, (canonical, outlet)).fetchone() is not None


def is_to_import(database: Database, folder: Path) -> bool:
    """Return whether a folder holds JSON Lines from before there was a database, which it has not taken in yet."""
    if not (folder / ARTICLES).exists():
        return False
    return meta(database, "imported") is None


def _records(path: Path, model: type[Model], failures: FailureLog) -> Iterator[tuple[str, Model]]:
    for found in read_lines(path, model):
        if isinstance(found, ReadFailure):
            failures.add(found)
        else:
            yield found
