"""``python -m geo balance``: what each side has, where one has too much, and what of it is accepted and why."""

from __future__ import annotations

import sys
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from geo.balance.sides import balance, imbalances
from geo.cli.tables import Output, TableFormat, whole_table
from geo.loading.dossier import load


def run(*, data: Path, table_format: TableFormat) -> Output:
    """Return one row a side and island; what is out of balance is told on stderr, and a fault unless accepted."""
    dossier = load(data)
    totals = balance(dossier)
    found = imbalances(totals, dossier.accepted)
    # one reason stands for all that it accepts
    for reason, together in groupby(sorted(found, key=lambda i: i.reason), key=lambda i: i.reason):
        print(*together, *([f"  because: {reason}"] if reason else []), sep="\n", file=sys.stderr)
    return Output(whole_table([asdict(side) for side in totals], table_format), [i for i in found if not i.reason])
