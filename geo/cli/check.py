"""``python -m geo check``: every fault of the data, or one line of counts."""

from __future__ import annotations

from pathlib import Path

from geo.cli.tables import Output
from geo.loading.dossier import load


def run(*, data: Path) -> Output:
    """Return one line of counts when every file of a data folder is sound."""
    counts = load(data).counts
    return Output(["all well: " + ", ".join(f"{count} {name}" for name, count in counts.items())])
