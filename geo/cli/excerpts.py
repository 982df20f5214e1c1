"""``python -m geo excerpts``: prints what files say of each island, and stores nothing."""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.model.press import Excerpt

if TYPE_CHECKING:
    from geo.news.model import ReadFailure

# what the command line promises of an excerpt
COLUMNS = ("article", "island", "kind", "quote", "start", "end", "matched", "language")


def add_to(commands: Any, shared: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse keeps its class private
    """Add the command to the parser of the command line."""
    parser = commands.add_parser(
        "excerpts", parents=[shared], help="print what articles say of each island, without storing it"
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="an article of any form, or a folder")
    parser.add_argument("--format", choices=("jsonl", "csv", "md"), default="jsonl", help="how to print")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> tuple[Iterator[str], int | Callable[[], int]]:
    # what these load takes a second, which no other command should wait for
    from geo.news.extract import articles  # noqa: PLC0415
    from geo.news.find.mentions import Finder  # noqa: PLC0415
    from geo.news.quote.excerpts import excerpts_of  # noqa: PLC0415

    finder = Finder.from_data(options.data)
    faults: list[ReadFailure] = []

    def fault(reason: ReadFailure) -> None:
        faults.append(reason)
        print(f"failed: {reason}", file=sys.stderr)

    found = (e for article in articles(options.files, fault=fault) for e in excerpts_of(article, finder))
    forms: dict[str, Callable[[Iterable[Excerpt]], Iterator[str]]] = {"jsonl": _jsonl, "csv": _csv, "md": _markdown}
    # one unreadable file does not stop the rest, but is not passed over in silence
    return forms[options.format](found), lambda: int(bool(faults))


def _jsonl(found: Iterable[Excerpt]) -> Iterator[str]:
    yield from (json.dumps(excerpt.model_dump(include=set(COLUMNS)), ensure_ascii=False) for excerpt in found)


def _csv(found: Iterable[Excerpt]) -> Iterator[str]:
    yield _csv_row(COLUMNS)
    yield from (_csv_row(excerpt.model_dump(include=set(COLUMNS)).values()) for excerpt in found)


def _csv_row(cells: Iterable[object]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="").writerow(list(cells))
    return written.getvalue()


def _markdown(found: Iterable[Excerpt]) -> Iterator[str]:
    yield f"| {' | '.join(COLUMNS)} |"
    yield f"|{' --- |' * len(COLUMNS)}"
    for excerpt in found:
        cells = (
            re.sub(r"\s+", " ", str(c)).replace("|", "\\|") for c in excerpt.model_dump(include=set(COLUMNS)).values()
        )
        yield f"| {' | '.join(cells)} |"
