"""A reader's own files: read by a process of their own, under one limit for all of them, and kept nowhere."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from geo.news.limits import (
    MIB,
    UPLOAD_BYTES,
    UPLOAD_DOCUMENT_SECONDS,
    UPLOAD_FILES,
    UPLOAD_SECONDS,
    UPLOAD_UNPACKED_BYTES,
    WORKER_BYTES,
)
from geo.news.model import BatchResult, FailureLog, ReadFailure
from geo.news.read.batches import sources
from geo.news.workers import Budget, OutOfTimeError, run

# in characters, well under what any file system takes in bytes
_LONGEST_NAME = 60
_BUDGET = Budget(UPLOAD_DOCUMENT_SECONDS, WORKER_BYTES, UPLOAD_SECONDS, in_idle_time=True)


def read_uploads(uploads: Iterable[tuple[str, IO[bytes]]], data: Path, *, budget: Budget = _BUDGET) -> BatchResult:
    """Return what a reader's files say, and what went wrong with them.

    The caller waits; the work is done by another process, which is ended when the files take more than all of one
    upload may: time, memory, number, bytes as they come and as they unpack.

    Parameters
    ----------
    uploads
        Names and contents, read as streams.
    data
        The data folder, for what is to be found.
    """
    result = BatchResult()
    with tempfile.TemporaryDirectory(prefix="four-islands-") as folder:
        paths = list(_saved(uploads, Path(folder), result.faults))
        try:
            # each file is a batch of its own: those before the one that is too much are told of
            for part in run(((source,) for source in sources(paths)), data, budget=budget):
                result.add(part)
                if result.unpacked_bytes > UPLOAD_UNPACKED_BYTES:
                    raise OutOfTimeError(f"unpack to more than {UPLOAD_UNPACKED_BYTES // MIB} MiB")  # noqa: TRY301
        except OutOfTimeError as error:
            result.faults.add(ReadFailure("the files together", f"{error}; what was read until then is shown"))
    # a reader knows a file by its name
    result.faults, result.remarks = (
        log.renamed(lambda path: Path(path).name) for log in (result.faults, result.remarks)
    )
    return result


def _saved(uploads: Iterable[tuple[str, IO[bytes]]], folder: Path, failures: FailureLog) -> Iterator[Path]:
    """Write uploads to files, block by block, as long as they are not too many and not too large together."""
    left = UPLOAD_BYTES
    for number, (name, data) in enumerate(uploads):
        path = folder / f"{number:04}" / _safe(name)
        if number >= UPLOAD_FILES:
            failures.add(ReadFailure(path.name, f"is not read: no more than {UPLOAD_FILES} files are read at once"))
            return
        path.parent.mkdir()
        with path.open("wb") as file:
            while left >= 0 and (block := data.read(MIB)):
                left -= len(block)
                file.write(block)
        if left < 0:
            failures.add(
                ReadFailure(path.name, f"is not read: the files together are larger than {UPLOAD_BYTES // MIB} MiB")
            )
            return
        yield path


def _safe(name: str) -> str:
    """Return of a name what says of which format a file is and which it was."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return re.sub(r"[^\w.\- ]", "_", last)[-_LONGEST_NAME:].strip(". ") or "file"
