"""``python -m geo balance``: how much room each side gets, and where one gets too much."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

from geo.cli.tables import Output, TableFormat, whole_table
from geo.loading.dossier import load
from geo.page.balance import balance, out_of_balance


def run(*, data: Path, table_format: TableFormat) -> Output:
    """Return one row a side and island; where a side has too much room is told on stderr."""
    totals = balance(load(data))
    faults = list(out_of_balance(totals))
    for fault in faults:
        print(fault, file=sys.stderr)
    return Output(whole_table([asdict(side) for side in totals], table_format), faults)
