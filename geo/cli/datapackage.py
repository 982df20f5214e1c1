"""``python -m geo datapackage``: the descriptor of the data folder as a Frictionless Data Package."""

from __future__ import annotations

from pathlib import Path

from geo.cli.tables import Output
from geo.loading.datapackage import descriptor
from geo.loading.dossier import load


def run(*, data: Path) -> Output:
    """Return ``datapackage.json`` as the models and the files say it; the data are checked before."""
    load(data)
    return Output([descriptor(data).removesuffix("\n")])
