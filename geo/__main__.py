"""The command line: ``python -m geo check | table | distances | balance``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from geo.balance import balance, out_of_balance
from geo.dossier import Dossier, load
from geo.errors import GeoError
from geo.table import distance_rows, flat_frame, joined_rows
from geo.tables import DATA


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 for faults in the data, 2 for a wrong call."""
    parser = _parser()
    options = parser.parse_args(arguments)
    command: Callable[[Dossier, argparse.Namespace], str] = options.command
    try:
        dossier = load(options.data)
        origin = getattr(options, "origin", None)
        if origin and origin not in dossier.origins:
            parser.error(f"--from takes one of {', '.join(dossier.origins)}, not {origin!r}")
        print(command(dossier, options), flush=True)
    except GeoError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # the reader of the pipe has seen enough; the interpreter would complain when it closes stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _check(dossier: Dossier, _: argparse.Namespace) -> str:
    return "all well: " + ", ".join(f"{count} {name}" for name, count in dossier.counts.items())


def _table(dossier: Dossier, options: argparse.Namespace) -> str:
    return _written(joined_rows(dossier), options.format)


def _distances(dossier: Dossier, options: argparse.Namespace) -> str:
    return _written(distance_rows(dossier, options.origin), options.format)


def _balance(dossier: Dossier, options: argparse.Namespace) -> str:
    rooms = balance(dossier)
    report = _written([asdict(room) for room in rooms], options.format)
    faults = out_of_balance(rooms)
    if faults:
        # the report is what the fault is about, so it is printed all the same
        print(report, flush=True)
        raise GeoError("\n".join(faults))
    return report


def _written(rows: list[dict[str, Any]], form: str) -> str:
    if form == "json":
        return json.dumps(rows, ensure_ascii=False, indent=2)
    table = flat_frame(rows)
    return (table.to_csv(index=False) if form == "csv" else table.to_markdown(index=False, floatfmt=".10g")).rstrip(
        "\n"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m geo", description="The data of Four Islands on the command line.")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="data folder (default: the project's)")
    form = argparse.ArgumentParser(add_help=False)
    form.add_argument("--format", choices=("json", "csv", "md"), default="md", help="how to print (default: md)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", parents=[shared], help="check every file of the data; list every fault")
    check.set_defaults(command=_check)
    table = commands.add_parser(
        "table", parents=[shared, form], help="print the four islands, joined with their claims"
    )
    table.set_defaults(command=_table)
    distances = commands.add_parser(
        "distances", parents=[shared, form], help="print how near the islands and islets are"
    )
    distances.add_argument(
        "--from", dest="origin", default="nosappu", metavar="PLACE", help="origin (default: nosappu)"
    )
    distances.set_defaults(command=_distances)
    room = commands.add_parser(
        "balance", parents=[shared, form], help="print the room of both sides; fails when one has more than 1.5 times"
    )
    room.set_defaults(command=_balance)
    return parser


if __name__ == "__main__":
    sys.exit(main())
