"""From paths to a store: read, extract, keep; and the account of it that a person reads at the end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from geo.news.extract import ExtractionContext
from geo.news.limits import COMMIT_SECONDS
from geo.news.model import BatchResult, FailureLog, RawDocument, ReadFailure
from geo.news.read.batches import Source, batches, sources
from geo.news.store.address import StoreAddress
from geo.news.store.store import Store
from geo.news.workers import run

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
        return self.faults.count


def ingest(  # noqa: PLR0913 - all but three by name
    paths: Iterable[Path],
    store: StoreAddress,
    context: ExtractionContext | Path,
    *,
    workers: int = 1,
    dask: str = "",
    progress: Progress | None = None,
) -> IngestReport:
    """Read files and folders into a store, as a stream; what was kept stays after a crash.

    Parameters
    ----------
    context
        What to find and who publishes, or the data folder that says so.
    progress
        Called with the number of bytes whenever so many more were read.

    Raises
    ------
    GeoError
        When the store cannot be read or written, or the workers fail.
    """
    return _ingest(sources(paths), store, context, workers=workers, dask=dask, progress=progress)


def ingest_documents(
    documents: Iterable[RawDocument | ReadFailure], store: StoreAddress, context: ExtractionContext | Path
) -> IngestReport:
    """Read documents that come from elsewhere than a file into a store; what was kept stays after a crash.

    Raises
    ------
    GeoError
        When the store cannot be read or written, or the workers fail.
    """
    return _ingest(documents, store, context)


def _ingest(  # noqa: PLR0913 - all but three by name
    found: Iterable[Source],
    store: StoreAddress,
    context: ExtractionContext | Path,
    *,
    workers: int = 1,
    dask: str = "",
    progress: Progress | None = None,
) -> IngestReport:
    account = IngestReport()
    with Store(store) as keeping:
        account.faults.add_all(keeping.set_aside)
        committed = time.monotonic()
        for result in run(batches(found), context, workers=workers, dask=dask):
            _keep(result, keeping, account)
            if progress:
                progress(result.stored_bytes)
            if time.monotonic() > committed + COMMIT_SECONDS:
                keeping.commit()
                committed = time.monotonic()
        keeping.commit()
    return account


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
