"""``python -m geo table``: the four islands, joined with their claims."""

from __future__ import annotations

from pathlib import Path

from geo.cli.tables import Output, TableFormat, whole_table
from geo.loading.dossier import load
from geo.loading.frame import joined_rows


def run(*, data: Path, table_format: TableFormat) -> Output:
    """Return one row an island."""
    return Output(whole_table(joined_rows(load(data)), table_format))
