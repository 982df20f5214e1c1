"""``python -m geo ingest`` and ``search``: what they take and what they print."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.model.dates import PartialDate
from geo.model.fields import ISLANDS
from geo.news.model import ReadFailure
from geo.paths import STORE

if TYPE_CHECKING:
    from geo.news.ingest import IngestReport
    from geo.news.search.search import Hit, Hits

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def add_to(commands: Any, shared: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse keeps its class private
    """Add both commands to the parser of the command line."""
    store = argparse.ArgumentParser(add_help=False)
    store.add_argument("--store", type=Path, default=STORE, metavar="DIR", help="the store (default: store/)")
    _add_ingest(commands.add_parser("ingest", parents=[shared, store], help="read articles into the store"))
    _add_search(commands.add_parser("search", parents=[shared, store], help="find excerpts by words and filters"))


def _add_ingest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or a folder of articles")
    parser.add_argument("--workers", type=_workers, default=1, metavar="N", help="processes that read (default: 1)")
    parser.add_argument("--dask", default="", metavar="ADDRESS", help="let the Dask cluster of this scheduler read")
    parser.set_defaults(run=_ingest)


def _add_search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", metavar="WORDS", help='words, "phrases", -without, begin*; none: all')
    parser.add_argument("--island", choices=ISLANDS, default="")
    parser.add_argument("--kind", choices=("named", "group"), default="", help="named, or one of a group")
    parser.add_argument("--language", choices=("en", "ja", "ru"), default="")
    parser.add_argument("--publisher", default="", metavar="NAME")
    parser.add_argument("--country", default="", metavar="CODE", help="the publisher's, such as JP")
    parser.add_argument("--since", type=_date, default="", metavar="DATE", help="a year, a month or a day")
    parser.add_argument("--until", type=_date, default="", metavar="DATE", help="the last year, month or day")
    parser.add_argument("--newest", action="store_true", help="newest first instead of best first")
    parser.add_argument("--limit", type=_workers, default=20, metavar="N", help="at most so many (default: 20)")
    parser.add_argument("--format", choices=("json", "text"), default="text", help="how to print (default: text)")
    parser.set_defaults(run=_search)


def _ingest(options: argparse.Namespace) -> tuple[Iterable[str], int]:
    # what these load takes a second, which no other command should wait for
    from tqdm import tqdm  # noqa: PLC0415

    from geo.news.extract import ExtractionContext  # noqa: PLC0415
    from geo.news.find.mentions import Finder  # noqa: PLC0415
    from geo.news.ingest import ingest, size_of  # noqa: PLC0415
    from geo.news.normalize.publishers import Publishers  # noqa: PLC0415
    from geo.news.search.index import open_index  # noqa: PLC0415

    tools = ExtractionContext(Finder.from_data(options.data), Publishers.from_data(options.data))
    shown = sys.stderr.isatty()
    with tqdm(total=size_of(options.paths) if shown else None, unit="B", unit_scale=True, disable=not shown) as bar:
        account = ingest(
            options.paths,
            options.store,
            tools,
            workers=options.workers,
            dask=options.dask,
            progress=bar.update,
        )
    # made here, so that no search and no reader of the page waits for it
    open_index(options.data, options.store).close()
    _tell(account)
    return [_summary(account, options.store)], int(account.failed > 0)


def _summary(account: IngestReport, store: Path) -> str:
    return "\n".join(
        (
            f"read                   {account.read:>9,}",
            f"  new                  {account.new:>9,}  with {account.excerpts:,} excerpts",
            f"  same text elsewhere  {account.outlets:>9,}  kept as further outlets",
            f"  duplicates           {account.duplicates:>9,}  kept already",
            f"  nothing found        {account.nothing:>9,}  name none of the islands",
            f"failed                 {account.failed:>9,}{'  reasons above' if account.failed else ''}",
            f"store                  {store}",
        )
    )


def _tell(account: IngestReport) -> None:
    """Say on stderr what failed and what was left out, a line each."""
    for word, reasons in (("failed", account.faults), ("note", account.remarks)):
        for reason in reasons.told:
            print(f"{word}: {reason}", file=sys.stderr)
        for path, count in reasons.untold().items():
            more = ReadFailure(path, f"{count:,} more of its records, for reasons such as these")
            print(f"{word}: {more}", file=sys.stderr)


def _search(options: argparse.Namespace) -> tuple[Iterable[str], int]:
    from geo.news.search.index import open_index  # noqa: PLC0415
    from geo.news.search.search import Filters, search  # noqa: PLC0415

    filters = Filters(
        options.island, options.kind, options.language, options.publisher, options.country, options.since, options.until
    )
    index = open_index(options.data, options.store)
    try:
        found = search(index, " ".join(options.words), filters, newest=options.newest, limit=options.limit)
    finally:
        index.close()
    if options.format == "json":
        return [json.dumps(asdict(found), ensure_ascii=False, indent=2)], 0
    return ["\n\n".join(_lines(found))], 0


def _lines(found: Hits) -> Iterable[str]:
    shown = f", the first {len(found.hits)}" if len(found.hits) < found.total else ""
    yield f"{found.total:,} excerpt{'' if found.total == 1 else 's'}{shown}"
    yield from (_line(hit) for hit in found.hits)


def _line(hit: Hit) -> str:
    said = [hit.article[name] for name in ("publisher", "date", "title", "url")]
    others = [outlet["publisher"] or outlet["url"] or outlet["article_id"] for outlet in hit.outlets]
    also = [f"also: {', '.join(others)}"] if others else []
    reasons = sorted({f"{m['island']} ({m['kind']}: {m['matched']})" for m in hit.mentions})
    return "\n".join([", ".join(part for part in said if part), _marked(hit), "; ".join(reasons), *also])


def _marked(hit: Hit) -> str:
    """Show what was found in bold where there is somebody to see it."""
    if not sys.stdout.isatty():
        return hit.quote
    text, position = "", 0
    for start, end in hit.highlights:
        text += f"{hit.quote[position:start]}{_BOLD}{hit.quote[start:end]}{_PLAIN}"
        position = end
    return text + hit.quote[position:]


def _workers(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 10_000:  # noqa: PLR2004
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1")
    return int(text)


def _date(text: str) -> str:
    try:
        return str(PartialDate.parse(text)) if text else ""
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date as YYYY, YYYY-MM or YYYY-MM-DD") from None
