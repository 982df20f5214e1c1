"""From paths to the files that may hold articles: folders are walked, formats told by name, devices left alone."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from geo.news.limits import FOLDER_DEPTH
from geo.news.model import Format, ReadFailure
from geo.news.read.encodings import decode

_FORMATS = {
    suffix: known
    for known, suffixes in {
        Format.PLAIN: ".txt .text",
        Format.MARKDOWN: ".md .markdown",
        Format.HTML: ".html .htm .xhtml",
        Format.PDF: ".pdf",
        Format.JSON_LINES: ".jsonl .ndjson",
        Format.JSON: ".json",
        Format.CSV: ".csv .tsv",
        Format.FEED: ".rss .atom .xml .rdf",
        Format.WARC: ".warc",
    }.items()
    for suffix in suffixes.split()
}
_READ = "text, HTML, Markdown, PDF, JSON Lines, JSON, CSV, RSS, Atom and WARC, also packed with gzip"
_PACKED = ".gz"


class LineRange(NamedTuple):
    """Whole lines of a file: the offset of their first byte, that behind their last, and the number of the first."""

    start: int
    stop: int
    number: int


class SourceFile(NamedTuple):
    """A file to be read, or of one of many lines a range.

    Parameters
    ----------
    packed
        With gzip; of a WARC file each record may be packed for itself.
    size
        Bytes as they are stored.
    """

    path: Path
    format: Format
    packed: bool
    size: int
    lines: LineRange | None = None

    @property
    def name(self) -> str:
        """The path as it can be printed and kept."""
        return readable_path(self.path)


def readable_path(path: Path) -> str:
    """Return a path as text; a name that is not UTF-8, such as one out of an old archive, in the encoding it is in."""
    written = str(path)
    try:
        written.encode()
    except UnicodeEncodeError:
        raw = written.encode("utf-8", "surrogateescape" if _is_escaped(written) else "replace")
        try:
            return decode(raw)
        except ValueError:
            return raw.decode("ascii", "replace")
    return written


def _is_escaped(written: str) -> bool:
    # what the file system gives for a byte that is no UTF-8; a caller may give any half of a character
    return all("\udc80" <= c <= "\udcff" for c in written if "\ud800" <= c <= "\udfff")


def format_of(path: Path) -> tuple[Format | None, bool]:
    """Return the format of a file by its name, and whether it is packed; None for one that holds no articles."""
    packed = path.suffix.lower() == _PACKED
    suffix = Path(path.stem).suffix if packed else path.suffix
    return _FORMATS.get(suffix.lower()), packed


def files(paths: Iterable[Path]) -> Iterator[SourceFile | ReadFailure]:
    """Walk files and folders in the order of their names; what cannot be read comes as the reason why.

    A file is given once, however many links lead to it.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        yield from _walk(path, seen, depth=0)


def _walk(path: Path, seen: set[tuple[int, int]], *, depth: int) -> Iterator[SourceFile | ReadFailure]:
    try:
        status = path.stat()
    except OSError as error:
        yield ReadFailure(readable_path(path), f"cannot be read ({error.strerror})")
        return
    except ValueError:
        yield ReadFailure(readable_path(path), "is no name of a file")
        return
    key = (status.st_dev, status.st_ino)
    if key in seen and status.st_ino:
        return
    seen.add(key)
    if stat.S_ISDIR(status.st_mode):
        yield from _folder(path, seen, depth)
    elif not stat.S_ISREG(status.st_mode):
        yield ReadFailure(readable_path(path), "is a pipe, socket or device, not a file")
    else:
        known, packed = format_of(path)
        if known is None:
            yield ReadFailure(readable_path(path), f"of a kind that is not read ({_READ} are)")
        else:
            yield SourceFile(path, known, packed, status.st_size)


def _folder(path: Path, seen: set[tuple[int, int]], depth: int) -> Iterator[SourceFile | ReadFailure]:
    if depth >= FOLDER_DEPTH:
        yield ReadFailure(readable_path(path), f"is more than {FOLDER_DEPTH} folders deep")
        return
    try:
        names = sorted(entry.name for entry in path.iterdir())
    except OSError as error:
        yield ReadFailure(readable_path(path), f"cannot be read ({error.strerror})")
        return
    for name in names:
        # what an editor, a desktop or a version control keeps for itself
        if not name.startswith("."):
            yield from _walk(path / name, seen, depth=depth + 1)
