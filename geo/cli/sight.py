"""``python -m geo sight``: which peaks stand above the sea horizon from a place or a point, and by how much."""

from __future__ import annotations

import math
from pathlib import Path

from geo.cli.distances import known_origin
from geo.cli.tables import Output, TableFormat, whole_table
from geo.errors import UsageError
from geo.loading.dossier import load
from geo.loading.sights import peaks_from


def run(*, data: Path, origin: str, eye: float, table_format: TableFormat) -> Output:
    """Return one row for each height that is stated of a peak with a position, the nearest first.

    Raises
    ------
    UsageError
        If the origin is no place with an origin_rank and no point, or the eye is below the sea.
    """
    dossier = load(data)
    place = known_origin(dossier, origin)
    if not 0 <= eye <= 10_000:  # noqa: PLR2004 - metres, higher than any airliner that is still a lookout
        raise UsageError(f"--eye takes metres over the sea from 0 to 10000, not {eye:g}")
    rows = [
        {
            "from": origin,
            "eye_m": eye,
            "peak": seen.fact.place_id,
            "height_m": seen.fact.value,
            "stated_by": seen.fact.stated_by,
            "km": round(seen.km, 2),
            "hidden_m": round(hidden) if math.isfinite(hidden := seen.sights[0].hidden_m) else None,
            "visible_m": round(seen.sights[0].visible_m),
            "over_horizon_deg": round(seen.sights[0].elevation_deg, 2),
        }
        for seen in peaks_from(dossier, place, (eye,))
    ]
    return Output(whole_table(rows, table_format))
