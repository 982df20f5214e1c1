"""From paths to a store: read, extract, keep; and the account of it that a person reads at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from geo.news.extract import ExtractionContext
from geo.news.limits import BATCH_BYTES, BATCH_ITEMS
from geo.news.model import BatchResult, FailureLog, RawDocument, ReadFailure
from geo.news.read.chunks import pieces
from geo.news.read.files import SourceFile, files
from geo.news.store.jsonl import Store
from geo.news.workers import Batch, run

# told how many more bytes were read
Progress = Callable[[int], object]


@dataclass(slots=True)
class IngestReport:
    """What an ingest did."""

    read: int = 0
    new: int = 0
    outlets: int = 0
    duplicates: int = 0
    nothing: int = 0
    excerpts: int = 0
    faults: FailureLog = field(default_factory=FailureLog)
    remarks: FailureLog = field(default_factory=FailureLog)

    @property
    def failed(self) -> int:
        """How many files and records gave no article."""
        return self.faults.by_file.total()


def ingest(  # noqa: PLR0913 - all but three by name
    paths: Iterable[Path],
    store: Path,
    tools: ExtractionContext,
    *,
    workers: int = 1,
    dask: str = "",
    progress: Progress | None = None,
) -> IngestReport:
    """Read files and folders into a store, as a stream; all of it is kept, or after a crash nothing.

    Parameters
    ----------
    progress
        Called with the number of bytes whenever so many more were read.

    Raises
    ------
    GeoError
        When the store cannot be read or written, or the workers fail.
    """
    return _ingest(_batches(_pieces(paths), progress or (lambda _: None)), store, tools, workers=workers, dask=dask)


def ingest_documents(
    documents: Iterable[RawDocument | ReadFailure], store: Path, tools: ExtractionContext
) -> IngestReport:
    """Read documents that come from elsewhere than a file into a store; all of it is kept, or after a crash nothing.

    Raises
    ------
    GeoError
        When the store cannot be read or written, or the workers fail.
    """
    return _ingest(_batches(((document, 0) for document in documents), lambda _: None), store, tools)


def _ingest(
    batches: Iterable[Batch], store: Path, tools: ExtractionContext, *, workers: int = 1, dask: str = ""
) -> IngestReport:
    account = IngestReport()
    with Store(store) as keeping:
        for result in run(batches, tools, workers=workers, dask=dask):
            _keep(result, keeping, account)
        keeping.commit()
    return account


def size_of(paths: Iterable[Path]) -> int:
    """Return the bytes of all files that would be read, for a progress bar."""
    return sum(found.size for found in files(paths) if isinstance(found, SourceFile))


def _keep(result: BatchResult, store: Store, account: IngestReport) -> None:
    account.read += result.read
    account.nothing += result.nothing
    account.faults.add_all(result.faults)
    account.remarks.add_all(result.remarks)
    for quoted in result.quoted:
        match store.add(quoted):
            case "new":
                account.new += 1
                account.excerpts += len(quoted.excerpts)
            case "outlet":
                account.outlets += 1
            case "known":
                account.duplicates += 1


def _batches(found: Iterable[tuple[RawDocument | ReadFailure, int]], progress: Progress) -> Iterator[Batch]:
    """Gather what is read into batches worth sending: many small files, or a part of a large one."""
    held: list[RawDocument | ReadFailure] = []
    size = 0
    for piece, told in found:
        held.append(piece)
        size += len(piece.data) if isinstance(piece, RawDocument) else 0
        if size >= BATCH_BYTES or len(held) >= BATCH_ITEMS:
            yield tuple(held)
            held, size = [], 0
        progress(told)
    if held:
        yield tuple(held)


def _pieces(paths: Iterable[Path]) -> Iterator[tuple[RawDocument | ReadFailure, int]]:
    for found in files(paths):
        if isinstance(found, ReadFailure):
            yield found, 0
            continue
        told = 0
        for piece in pieces(found):
            # a packed file is longer when it is unpacked
            step = min(len(piece.data) if isinstance(piece, RawDocument) else 0, found.size - told)
            told += step
            yield piece, step
