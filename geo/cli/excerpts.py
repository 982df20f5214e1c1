"""``python -m geo excerpts``: what files say of each island, without storing it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from geo.cli.tables import LineFormat, Output, streamed_table
from geo.news.extract import articles
from geo.news.find.mentions import Finder
from geo.news.model import ReadFailure
from geo.news.quote.excerpts import excerpts_of

# what the command line promises of an excerpt
COLUMNS = ("article", "island", "kind", "quote", "start", "end", "matched", "language")


def run(*, data: Path, files: Sequence[Path], line_format: LineFormat) -> Output:
    """Return each excerpt as it is found; an unreadable file is told on stderr and does not stop the rest."""
    finder = Finder.from_data(data)
    failures: list[ReadFailure] = []

    def fail(failure: ReadFailure) -> None:
        failures.append(failure)
        print(f"failed: {failure}", file=sys.stderr)

    found = (excerpt for article in articles(files, fault=fail) for excerpt in excerpts_of(article, finder))
    rows = (excerpt.model_dump(include=set(COLUMNS)) for excerpt in found)
    return Output(streamed_table(COLUMNS, rows, line_format), failures)
