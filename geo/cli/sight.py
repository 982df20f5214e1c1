"""``python -m geo sight``: which peaks stand above the sea horizon from a place, and by how much."""

from __future__ import annotations

from pathlib import Path

from geo.cli.tables import Output, TableFormat, whole_table
from geo.errors import UsageError
from geo.geometry.horizon import sight
from geo.geometry.shores import GEOD
from geo.loading.dossier import load


def run(*, data: Path, origin: str, eye: float, table_format: TableFormat) -> Output:
    """Return one row for each height that is stated of a peak with a position.

    Raises
    ------
    UsageError
        If the origin is no place with an origin_rank, or the eye is below the sea.
    """
    dossier = load(data)
    place = dossier.places.get(origin) if origin in dossier.origins else None
    if place is None or place.lon is None or place.lat is None:
        raise UsageError(f"--from takes one of {', '.join(dossier.origins)}, not {origin!r}")
    if not 0 <= eye <= 10_000:  # noqa: PLR2004 - metres, higher than any airliner that is still a lookout
        raise UsageError(f"--eye takes metres over the sea from 0 to 10000, not {eye:g}")
    rows = []
    for fact in (f for facts in dossier.facts.values() for f in facts if f.attribute == "elevation"):
        peak = dossier.places.get(fact.place_id)
        if peak is None or peak.lon is None or peak.lat is None:
            continue
        km = GEOD.inv(place.lon, place.lat, peak.lon, peak.lat)[2] / 1000
        seen = sight(km, fact.value, eye)
        rows.append(
            {
                "from": origin,
                "eye_m": eye,
                "peak": fact.place_id,
                "height_m": fact.value,
                "stated_by": fact.stated_by,
                "km": round(km, 2),
                "hidden_m": round(seen.hidden_m),
                "visible_m": round(seen.visible_m),
                "over_horizon_deg": round(seen.elevation_deg, 2),
            }
        )
    return Output(whole_table(rows, table_format))
