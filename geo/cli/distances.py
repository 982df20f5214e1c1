"""``python -m geo distances``: how near the islands and islets are to a place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from geo.cli.tables import Output, TableFormat, whole_table
from geo.errors import UsageError
from geo.loading.dossier import Dossier, load


def run(*, data: Path, origin: str, table_format: TableFormat) -> Output:
    """Return one row an island or islet.

    Raises
    ------
    UsageError
        If there are no distances from the origin.
    """
    dossier = load(data)
    if origin not in dossier.origins:
        raise UsageError(f"--from takes one of {', '.join(dossier.origins)}, not {origin!r}")
    return Output(whole_table(_rows(dossier, origin), table_format))


def _rows(dossier: Dossier, origin: str) -> list[dict[str, Any]]:
    """Return the distances in kilometres, geodesic on WGS 84; points are [longitude, latitude], EPSG:4326."""
    return [
        {
            "from": origin,
            "to": subject,
            "km": round(near.computed.km, 2),
            "published_km": near.published.km if near.published else None,
            "from_point": list(near.computed.from_point),
            "to_point": list(near.computed.to_point),
        }
        for subject, near in dossier.nearness[origin].items()
    ]
