"""``python -m geo matrix``: how far the islands and islets are from each other, shore to shore."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from geo.cli.tables import Output, TableFormat, whole_table
from geo.geometry.nearest_shore import between_shores
from geo.loading.dossier import load


def run(*, data: Path, table_format: TableFormat) -> Output:
    """Return one row a pair, the nearest first; kilometres are geodesic on WGS 84, points [longitude, latitude]."""
    lands = load(data).lands
    # an island is no distance from its own islets
    pairs = [(a, b) for a, b in combinations(lands, 2) if not lands[a].intersects(lands[b])]
    lines = sorted(((a, b, between_shores(lands[a], lands[b])) for a, b in pairs), key=lambda line: line[2].km)
    rows = [
        {
            "from": a,
            "to": b,
            "km": round(line.km, 2),
            "nautical_miles": round(line.nautical_miles, 2),
            "bearing_deg": line.bearing_deg,
            "from_point": list(line.from_point),
            "to_point": list(line.to_point),
        }
        for a, b, line in lines
    ]
    return Output(whole_table(rows, table_format))
