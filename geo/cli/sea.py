"""``python -m geo sea``: the zones of the sea, by whose land they are measured from."""

from __future__ import annotations

from pathlib import Path

from geo.cli.tables import Output, TableFormat, whole_table
from geo.loading.dossier import load


def run(*, data: Path, table_format: TableFormat) -> Output:
    """Return one row a zone: its breadth in nautical miles, and the area of its sea in square kilometres."""
    rows = [
        {
            "nearest_land": zone.lands,
            "nautical_miles": zone.miles,
            "sea_km2": zone.sea_km2,
            # the four islands' own zone is what both states claim, each as its own
            "claimed_by": "jp ru" if zone.lands == "four_islands" else {"japan": "jp", "russia": "ru"}[zone.lands],
            "whole": "yes" if zone.whole else "within the frame",
        }
        for zone in sorted(load(data).zones.values(), key=lambda zone: zone.miles)
    ]
    return Output(whole_table(rows, table_format))
