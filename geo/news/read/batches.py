"""Gathers what is to be read into batches for a worker: many small files, or a range of a large one; opens none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from geo.news.limits import BATCH_BYTES, BATCH_ITEMS, RANGE_BYTES
from geo.news.model import Format, RawDocument, ReadFailure
from geo.news.read.files import LineRange, SourceFile, files

Source = SourceFile | RawDocument | ReadFailure
Batch = tuple[Source, ...]

_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def sources(paths: Iterable[Path]) -> Iterator[Source]:
    """Return what files and folders hold, in the order of their names; a large JSON Lines file in ranges."""
    for found in files(paths):
        if isinstance(found, SourceFile) and _is_divisible(found):
            yield from _ranges(found)
        else:
            yield found


def batches(found: Iterable[Source]) -> Iterator[Batch]:
    """Return sources in groups of at most ``BATCH_ITEMS``, which end with the one that makes ``BATCH_BYTES`` full."""
    held: list[Source] = []
    size = 0
    for source in found:
        held.append(source)
        size += size_of(source)
        if size >= BATCH_BYTES or len(held) >= BATCH_ITEMS:
            yield tuple(held)
            held, size = [], 0
    if held:
        yield tuple(held)


def size_of(source: Source) -> int:
    """Return the bytes of a source as they are stored; 0 for a failure."""
    match source:
        case SourceFile(lines=LineRange(start, stop, _)):
            return stop - start
        case SourceFile():
            return source.size
        case RawDocument():
            return len(source.data)
        case ReadFailure():
            return 0


def _is_divisible(found: SourceFile) -> bool:
    return found.format is Format.JSON_LINES and not found.packed and found.size > RANGE_BYTES


def _ranges(found: SourceFile) -> Iterator[Source]:
    """Divide JSON Lines after line ends: a range is at least as long as its longest line, whoever reads it."""
    start = position = 0
    number = 1
    try:
        with found.path.open("rb") as file:
            while block := file.read(RANGE_BYTES):
                if not position and block.startswith(_UTF_16_MARKS):
                    yield found
                    return
                if end := block.rfind(b"\n") + 1:
                    yield found._replace(lines=LineRange(start, position + end, number))
                    number += block.count(b"\n")
                    start = position + end
                position += len(block)
    except OSError as error:
        yield ReadFailure(found.name, f"cannot be read ({error.strerror or error})")
        return
    if start < position:
        yield found._replace(lines=LineRange(start, position, number))
