"""``python -m geo ingest``: reads articles into a store, and says what became of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from geo.cli.failures import print_failures
from geo.cli.tables import Output
from geo.news.ingest import IngestReport, ingest
from geo.news.read.files import SourceFile, files
from geo.news.search.index import open_index
from geo.news.store.address import StoreAddress


def run(*, data: Path, store: StoreAddress, paths: Sequence[Path], workers: int, dask: str) -> Output:
    """Return a summary of what was read into the store; what failed or was left out is told on stderr."""
    shown = sys.stderr.isatty()
    with tqdm(total=_size_of(paths) if shown else None, unit="B", unit_scale=True, disable=not shown) as bar:
        report = ingest(paths, store, data, workers=workers, dask=dask, progress=bar.update)
    # made here, so that no search and no reader of the page waits for it
    open_index(data, store).close()
    tell(report)
    return Output([_summary(report, store)], report.faults.listed)


def _size_of(paths: Sequence[Path]) -> int:
    return sum(found.size for found in files(paths) if isinstance(found, SourceFile))


def _summary(report: IngestReport, store: StoreAddress) -> str:
    return "\n".join(
        (
            f"read                   {report.read:>9,}",
            f"  new                  {report.new:>9,}  with {report.excerpts:,} excerpts",
            f"  same text elsewhere  {report.outlets:>9,}  kept as further outlets",
            f"  duplicates           {report.duplicates:>9,}  kept already",
            f"  nothing found        {report.nothing:>9,}  name none of the islands",
            f"failed                 {report.failed:>9,}{'  reasons above' if report.failed else ''}",
            f"store                  {store}",
        )
    )


def tell(report: IngestReport) -> None:
    """Print to stderr what failed and what was left out, a line each."""
    print_failures("failed", report.faults)
    print_failures("note", report.remarks)
