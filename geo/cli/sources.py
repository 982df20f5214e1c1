"""``python -m geo sources``: what the tables rest on, by class of source and by side."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from geo.balance.sources import by_class
from geo.cli.tables import Output, TableFormat, whole_table
from geo.loading.dossier import load


def run(*, data: Path, table_format: TableFormat) -> Output:
    """Return one row a class of sources, and one for all."""
    return Output(whole_table([asdict(row) for row in by_class(load(data))], table_format))
