"""The command line: ``python -m geo COMMAND``; each command is a module of ``geo.cli``."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import GeoError, UsageError
from geo.export import FORMATS
from geo.i18n import PAGE_LANGUAGES
from geo.model.dates import PartialDate
from geo.model.fields import ISLANDS, LANGUAGES, PERSPECTIVES
from geo.model.names import NAMINGS
from geo.paths import DATA, STORE

if TYPE_CHECKING:
    from geo.cli.tables import Output

_MOST = 10_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 for faults in the data, 2 for a wrong call."""
    options = vars(_parser().parse_args(arguments))
    name, parser = options.pop("command"), options.pop("parser")
    try:
        # each command is a module, imported when it is called: what one loads, no other waits for
        module = importlib.import_module(f"geo.cli.{name}")
        output: Output = module.run(**options)
        for line in output.lines:
            print(line)
        sys.stdout.flush()
    except UsageError as error:
        parser.error(str(error))
    except GeoError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # the reader of the pipe has seen enough; the interpreter would complain when it closes stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return int(bool(output.faults))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m geo", description="The data of Four Islands on the command line.")
    commands = parser.add_subparsers(required=True, dest="command", metavar="COMMAND")

    def add(name: str, about: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=about)
        command.set_defaults(parser=command)
        command.add_argument(
            "--data", type=Path, default=DATA, metavar="DIR", help="data folder (default: the project's)"
        )
        return command

    add("check", "check every file of the data; list every fault")
    _add_format(add("table", "print the four islands, joined with their claims"), "table", "md", "json", "csv")
    distances = add("distances", "print how near the islands and islets are")
    _add_format(distances, "table", "md", "json", "csv")
    distances.add_argument(
        "--from",
        dest="origin",
        default="nosappu",
        metavar="PLACE",
        help="a place, or a point as LATITUDE,LONGITUDE (default: nosappu)",
    )
    _add_format(add("matrix", "print how far the islands and islets are from each other"), "table", "md", "json", "csv")
    sight = add("sight", "print which peaks stand above the sea horizon from a place")
    _add_format(sight, "table", "md", "json", "csv")
    sight.add_argument(
        "--from", dest="origin", default="nosappu", metavar="PLACE", help="a place or a point (default: nosappu)"
    )
    sight.add_argument(
        "--eye", type=float, default=1.7, metavar="METRES", help="height of the eye over the sea (default: 1.7)"
    )
    _add_format(add("sea", "print the zones of the sea and their areas"), "table", "md", "json", "csv")
    excerpts = add("excerpts", "print what articles say of each island, without storing it")
    excerpts.add_argument("files", nargs="+", type=Path, metavar="FILE", help="an article of any format, or a folder")
    _add_format(excerpts, "line", "jsonl", "csv", "md")
    _add_ingest(add("ingest", "read articles into the store"))
    _add_search(add("search", "find excerpts by words and filters"))
    _add_watch(add("watch", "ask feeds and folders for new articles, again and again until it is ended"))
    _add_kept(add("store", "write the store as JSON Lines (export), or take such lines in (import)"))
    balance = add("balance", "print what both sides have; fails when one has more than 1.5 times, unless accepted")
    _add_format(balance, "table", "md", "json", "csv")
    add("datapackage", "print data/datapackage.json: files, hashes, licences and Table Schemas from the models")
    sources = add("sources", "print what the tables rest on, by class of source and by side")
    _add_format(sources, "table", "md", "json", "csv")
    _add_export(add("export", "write the islands in view to a file for a map, a table or a globe"))
    texts = add("texts", "print the English of the tables that has no translation yet, as rows to be filled in")
    texts.add_argument("--language", choices=[lang for lang in PAGE_LANGUAGES if lang != "en"], required=True)
    return parser


def _add_format(parser: argparse.ArgumentParser, what: str, usual: str, *others: str) -> None:
    about = f"how to print (default: {usual})"
    parser.add_argument("--format", dest=f"{what}_format", choices=(usual, *others), default=usual, help=about)


def _store(text: str) -> object:
    """Return the address of a store; what knows addresses is loaded when one is given."""
    from geo.news.store.address import store_address  # noqa: PLC0415

    return store_address(text)


def _add_store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--store",
        type=_store,
        default=STORE,
        metavar="STORE",
        help="a folder (default: store/) or a database, postgresql://USER@HOST/NAME",
    )


def _add_ingest(parser: argparse.ArgumentParser) -> None:
    _add_store(parser)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or a folder of articles")
    parser.add_argument("--workers", type=_count, default=1, metavar="N", help="processes that read (default: 1)")
    parser.add_argument("--dask", default="", metavar="ADDRESS", help="let the Dask cluster of this scheduler read")


def _add_search(parser: argparse.ArgumentParser) -> None:
    _add_store(parser)
    parser.add_argument(
        "words",
        nargs="*",
        metavar="WORDS",
        help='words, "phrases", one OR other, -without, begin*; none: all. A name is found as it is written in a text: '
        "for an island under all its names use --island",
    )
    parser.add_argument("--island", choices=ISLANDS, default="")
    parser.add_argument("--kind", choices=("named", "group"), default="", help="named, or one of a group")
    parser.add_argument("--language", choices=LANGUAGES, default="")
    parser.add_argument("--publisher", default="", metavar="NAME")
    parser.add_argument("--country", default="", metavar="CODE", help="the publisher's, such as JP")
    parser.add_argument("--since", type=_date, default="", metavar="DATE", help="a year, a month or a day")
    parser.add_argument("--until", type=_date, default="", metavar="DATE", help="the last year, month or day")
    parser.add_argument("--newest", action="store_true", help="newest first instead of best first")
    parser.add_argument("--limit", type=_count, default=20, metavar="N", help="at most so many (default: 20)")
    _add_format(parser, "text", "text", "json")


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", dest="file_format", choices=FORMATS, required=True, help="what to write")
    parser.add_argument("--output", type=Path, metavar="FILE", help="(default: four-islands.FORMAT, here)")
    parser.add_argument("--island", choices=ISLANDS, help="one island (default: all four)")
    parser.add_argument("--naming", choices=NAMINGS, help="whose names (default: both)")
    parser.add_argument("--perspective", choices=(*PERSPECTIVES, "both"), help="whose view (default: administered)")
    parser.add_argument("--date", metavar="DATE", help="a year, a month or a day in the past (default: today)")
    parser.add_argument("--from", dest="origin", metavar="PLACE", help="a place or a point (default: nosappu)")
    parser.add_argument("--lang", choices=PAGE_LANGUAGES, default="en", help="language of the texts (default: en)")


def _add_kept(parser: argparse.ArgumentParser) -> None:
    _add_store(parser)
    parser.add_argument("action", choices=("export", "import"), help="what to do")
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder of articles.jsonl and excerpts.jsonl")


def _add_watch(parser: argparse.ArgumentParser) -> None:
    _add_store(parser)
    parser.add_argument("--feeds", type=Path, required=True, metavar="FILE", help="what to ask, such as feeds.toml")
    parser.add_argument("--once", action="store_true", help="ask what is due, then end; 1 when anything failed")
    parser.add_argument("--dry-run", action="store_true", help="ask everything once, say what is in it, keep nothing")
    parser.add_argument(
        "--allow-local", action="store_true", help="ask feeds of FILE that are on this machine or its network, too"
    )


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 to {_MOST:,}")
    return int(text)


def _date(text: str) -> str:
    try:
        return str(PartialDate.parse(text)) if text else ""
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date as YYYY, YYYY-MM or YYYY-MM-DD") from None


if __name__ == "__main__":
    sys.exit(main())
