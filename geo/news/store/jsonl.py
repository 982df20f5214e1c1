"""The store: articles.jsonl and excerpts.jsonl in one folder, replaced whole or not at all.

``articles.jsonl`` says what is kept; an excerpt of an article that is not in it does not count. It is replaced last, so
wherever a crash falls, the store is as it was before or as it is after.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Literal, Self

import orjson

from geo.errors import DataError, GeoError
from geo.news.model import ExtractedArticle
from geo.news.store.near_duplicates import NearDuplicateIndex

ARTICLES, EXCERPTS, LOCK = "articles.jsonl", "excerpts.jsonl", ".lock"
_TEMPORARY = ".new-"
NEEDED = ("article_id", "title", "publisher", "publisher_country", "date", "language", "url", "same_as", "mark")
# a folder given to readers of the store as well as to its writer
_READABLE = 0o644


Added = Literal["new", "outlet", "known"]


@dataclass(frozen=True, slots=True)
class Known:
    """What has to be known of a kept article to recognise it: where it stands and for whom it is an outlet."""

    canonical_id: str
    outlet: str


class Store:
    """One writing of a store: opened, filled, committed; left without a commit it stays as it was.

    Parameters
    ----------
    folder
        Made when it is not there.

    Raises
    ------
    GeoError
        When the folder cannot be written, or another process is writing it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[str, Known] = {}
        self._outlets: dict[str, list[str]] = defaultdict(list)
        self._likenesses = NearDuplicateIndex()

    def __enter__(self) -> Self:
        """Lock the store, read what it holds and begin the new files."""
        from filelock import FileLock, Timeout  # noqa: PLC0415 - for writing only

        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(self.folder / LOCK, timeout=0)
            self._lock.acquire()
        except Timeout:
            raise GeoError(f"Another process is writing the store {self.folder}; nothing was done.") from None
        except OSError as error:
            raise GeoError(f"The store {self.folder} cannot be written ({error.strerror or error}).") from None
        try:
            self._sweep()
            self._open()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Unlock the store; what was not committed is thrown away."""
        for file in (self._articles, self._excerpts):
            # a full disk shows again when the rest of a file is written out
            with contextlib.suppress(OSError):
                file.close()
        self._sweep()
        self._lock.release()
        if isinstance(error, OSError):
            reason = error.strerror or error
            raise GeoError(f"The store {self.folder} could not be written ({reason}); it stands as it was.") from None

    def add(self, quoted: ExtractedArticle) -> Added:
        """Keep an article, and its excerpts unless its text is kept already.

        Returns
        -------
        str
            ``new``; ``outlet`` for a text that another outlet had first; ``known`` for one of the same outlet.
        """
        article = quoted.article
        if article.article_id in self._known:
            return "known"
        canonical_id = self._likenesses.find(quoted.mark, article.language, article.date)
        outlet = article.url or article.publisher
        if (
            canonical_id
            and outlet
            and any(self._known[i].outlet == outlet for i in (canonical_id, *self._outlets[canonical_id]))
        ):
            return "known"
        self._remember(article.article_id, canonical_id, outlet, quoted)
        record = {name: value for name, value in asdict(article).items() if name not in {"text", "path", "document_id"}}
        record |= {
            "file": Path(article.path).name,
            "same_as": canonical_id,
            "mark": "" if canonical_id else quoted.mark,
        }
        self._articles.write(_line(record))
        for excerpt in () if canonical_id else quoted.excerpts:
            self._excerpts.write(_line(excerpt.model_dump()))
        return "outlet" if canonical_id else "new"

    def commit(self) -> None:
        """Put the new files in the place of the old ones; when nothing is new, nothing is touched.

        Raises
        ------
        OSError
            When the disk is full; the store stays as it was.
        """
        if not self._new:
            return
        self._excerpts.flush()
        with _temporary(self.folder) as whole:
            for path, counting in (
                (self.folder / EXCERPTS, self._before),
                (Path(self._excerpts.name), self._known.keys()),
            ):
                for record in read_records(path, ("article",)):
                    if record["article"] in counting:
                        whole.write(_line(record | {"also": self._outlets.get(record["article"], [])}))
            _to_disk(whole)
        _to_disk(self._articles)
        Path(whole.name).replace(self.folder / EXCERPTS)
        Path(self._articles.name).replace(self.folder / ARTICLES)
        _folder_to_disk(self.folder)

    def _open(self) -> None:
        self._new = 0
        self._articles, self._excerpts = _temporary(self.folder), _temporary(self.folder)
        for record in read_records(self.folder / ARTICLES, NEEDED):
            self._articles.write(_line(record))
            self._recall(record)
        self._before = frozenset(self._known)

    def _recall(self, record: Mapping[str, Any]) -> None:
        article_id, canonical_id = str(record["article_id"]), str(record["same_as"])
        self._known[article_id] = Known(canonical_id, str(record["url"] or record["publisher"]))
        if canonical_id:
            self._outlets[canonical_id].append(article_id)
        else:
            self._likenesses.add(article_id, str(record["mark"]), str(record["language"]), str(record["date"]))

    def _remember(self, article_id: str, canonical_id: str, outlet: str, quoted: ExtractedArticle) -> None:
        self._new += 1
        self._known[article_id] = Known(canonical_id, outlet)
        if canonical_id:
            self._outlets[canonical_id].append(article_id)
        else:
            self._likenesses.add(article_id, quoted.mark, quoted.article.language, quoted.article.date)

    def _sweep(self) -> None:
        """Take away what a writing that was ended from outside has left."""
        for path in self.folder.glob(f"{_TEMPORARY}*"):
            path.unlink(missing_ok=True)


def read_records(path: Path, needed: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Read the objects of one of the store's files, line by line; a file that is not there has none.

    Raises
    ------
    DataError
        At the first line that is not one JSON object, or lacks a member that is needed.
    """
    if not path.exists():
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                record = orjson.loads(line)
            except orjson.JSONDecodeError as error:
                raise DataError(path.name, f"one JSON object ({error.msg})", line=number) from None
            if not isinstance(record, dict):
                raise DataError(path.name, "one JSON object", line=number)
            if lacking := [name for name in needed if not isinstance(record.get(name), str)]:
                raise DataError(path.name, "a text of this name", line=number, column=lacking[0])
            yield record


def _line(record: Mapping[str, Any]) -> bytes:
    return orjson.dumps(record) + b"\n"


def _temporary(folder: Path) -> IO[bytes]:
    # beside the files it will replace: a file can be renamed within one file system only
    file = tempfile.NamedTemporaryFile("w+b", dir=folder, prefix=_TEMPORARY, delete=False)  # noqa: SIM115
    Path(file.name).chmod(_READABLE)
    return file


def _to_disk(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()


def _folder_to_disk(folder: Path) -> None:
    """Make the renames themselves last, where a folder can be opened."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
