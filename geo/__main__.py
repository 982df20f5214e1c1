"""The command line: ``python -m geo check | table | distances | balance | excerpts | ingest | search``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from geo.cli import excerpts as excerpts_command
from geo.cli import news as news_commands
from geo.errors import GeoError
from geo.paths import DATA

# what a command prints, line by line, and its exit code, which may be known after the last line only
Said = tuple[Iterable[str], int | Callable[[], int]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 for faults in the data, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], Said] = options.run
    try:
        said, code = command(options)
        for line in said:
            print(line)
        sys.stdout.flush()
    except GeoError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # the reader of the pipe has seen enough; the interpreter would complain when it closes stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code if isinstance(code, int) else code()


def _check(options: argparse.Namespace) -> Said:
    # the polygons' libraries take over a second to load, which the commands about articles do not wait for
    from geo.loading.dossier import load  # noqa: PLC0415

    counts = load(options.data).counts
    return ["all well: " + ", ".join(f"{count} {name}" for name, count in counts.items())], 0


def _table(options: argparse.Namespace) -> Said:
    from geo.cli.tables import joined_rows  # noqa: PLC0415
    from geo.loading.dossier import load  # noqa: PLC0415

    return [_written(joined_rows(load(options.data)), options.format)], 0


def _distances(options: argparse.Namespace) -> Said:
    from geo.cli.tables import distance_rows  # noqa: PLC0415
    from geo.loading.dossier import load  # noqa: PLC0415

    dossier = load(options.data)
    if options.origin not in dossier.origins:
        options.refuse(f"--from takes one of {', '.join(dossier.origins)}, not {options.origin!r}")
    return [_written(distance_rows(dossier, options.origin), options.format)], 0


def _balance(options: argparse.Namespace) -> Said:
    from geo.loading.dossier import load  # noqa: PLC0415
    from geo.page.balance import balance, out_of_balance  # noqa: PLC0415

    totals = balance(load(options.data))
    faults = out_of_balance(totals)
    for fault in faults:
        print(fault, file=sys.stderr)
    return [_written([asdict(room) for room in totals], options.format)], int(bool(faults))


def _written(rows: list[dict[str, Any]], form: str) -> str:
    if form == "json":
        return json.dumps(rows, ensure_ascii=False, indent=2)
    from geo.cli.tables import flat_frame  # noqa: PLC0415

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
    check.set_defaults(run=_check)
    table = commands.add_parser(
        "table", parents=[shared, form], help="print the four islands, joined with their claims"
    )
    table.set_defaults(run=_table)
    distances = commands.add_parser(
        "distances", parents=[shared, form], help="print how near the islands and islets are"
    )
    distances.add_argument(
        "--from", dest="origin", default="nosappu", metavar="PLACE", help="origin (default: nosappu)"
    )
    distances.set_defaults(run=_distances, refuse=distances.error)
    excerpts_command.add_to(commands, shared)
    news_commands.add_to(commands, shared)
    room = commands.add_parser(
        "balance", parents=[shared, form], help="print the room of both sides; fails when one has more than 1.5 times"
    )
    room.set_defaults(run=_balance)
    return parser


if __name__ == "__main__":
    sys.exit(main())
