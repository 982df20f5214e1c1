"""From paths to the files that may hold articles: folders are walked, kinds told by name, devices left alone."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from geo.news.limits import FOLDER_DEPTH
from geo.news.model import ReadFailure

Kind = Literal["plain", "markdown", "page", "pdf", "lines", "document", "table", "feed", "archive"]

_KINDS: dict[str, Kind] = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".pdf": "pdf",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "document",
    ".csv": "table",
    ".tsv": "table",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".rdf": "feed",
    ".warc": "archive",
}
FORMS = "text, HTML, Markdown, PDF, JSON Lines, JSON, CSV, RSS, Atom and WARC, also packed with gzip"
_PACKED = ".gz"


class SourceFile(NamedTuple):
    """A file to be read; ``named`` when it was asked for itself and not met in a folder."""

    path: Path
    kind: Kind
    packed: bool
    size: int
    named: bool


def kind_of(path: Path) -> tuple[Kind | None, bool]:
    """Return the kind of a file by its name, and whether it is packed; None for a kind that holds no articles."""
    packed = path.suffix.lower() == _PACKED
    suffix = Path(path.stem).suffix if packed else path.suffix
    return _KINDS.get(suffix.lower()), packed


def files(paths: Iterable[Path]) -> Iterator[SourceFile | ReadFailure]:
    """Walk files and folders in the order of their names; what cannot be read comes as the reason why.

    A file is given once, however many links lead to it.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        yield from _walk(path, seen, named=True, depth=0)


def _walk(path: Path, seen: set[tuple[int, int]], *, named: bool, depth: int) -> Iterator[SourceFile | ReadFailure]:
    try:
        status = path.stat()
    except OSError as error:
        yield ReadFailure(str(path), f"cannot be read ({error.strerror})")
        return
    except ValueError:
        yield ReadFailure(str(path), "is no name of a file")
        return
    key = (status.st_dev, status.st_ino)
    if key in seen and status.st_ino:
        return
    seen.add(key)
    if stat.S_ISDIR(status.st_mode):
        yield from _folder(path, seen, depth)
    elif not stat.S_ISREG(status.st_mode):
        yield ReadFailure(str(path), "is a pipe, socket or device, not a file")
    else:
        kind, packed = kind_of(path)
        if kind is None:
            yield ReadFailure(str(path), f"of a kind that is not read ({FORMS} are)")
        else:
            yield SourceFile(path, kind, packed, status.st_size, named)


def _folder(path: Path, seen: set[tuple[int, int]], depth: int) -> Iterator[SourceFile | ReadFailure]:
    if depth >= FOLDER_DEPTH:
        yield ReadFailure(str(path), f"is more than {FOLDER_DEPTH} folders deep")
        return
    try:
        names = sorted(entry.name for entry in path.iterdir())
    except OSError as error:
        yield ReadFailure(str(path), f"cannot be read ({error.strerror})")
        return
    for name in names:
        # what an editor, a desktop or a version control keeps for itself
        if not name.startswith("."):
            yield from _walk(path / name, seen, named=False, depth=depth + 1)
