"""``python -m geo excerpts``: what files say of each island, without storing it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from geo.cli.failures import print_failures
from geo.cli.tables import LineFormat, Output, streamed_table
from geo.news.model import FailureLog, ReadFailure
from geo.news.read.batches import batches, sources
from geo.news.workers import run as extract_all

# what the command line promises of an excerpt
COLUMNS = (
    "article",
    "island",
    "kind",
    "quote",
    "start",
    "end",
    "matched",
    "language",
    "cut_start",
    "cut_end",
    "repaired",
)


def run(*, data: Path, files: Sequence[Path], line_format: LineFormat) -> Output:
    """Return each excerpt as it is found; an unreadable file is told on stderr and does not stop the rest."""
    failures: list[ReadFailure] = []
    return Output(streamed_table(COLUMNS, _rows(data, files, failures), line_format), failures)


def _rows(data: Path, files: Sequence[Path], failures: list[ReadFailure]) -> Iterator[dict[str, object]]:
    log = FailureLog()
    for result in extract_all(batches(sources(files)), data):
        log.add_all(result.faults)
        failures[:] = log.listed
        for extracted in result.quoted:
            for excerpt in extracted.excerpts:
                # named after the file: nobody stores it, and somebody looks for it
                yield excerpt.model_dump(include=set(COLUMNS)) | {"article": extracted.article.document_id}
    print_failures("failed", log)
