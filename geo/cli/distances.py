"""``python -m geo distances``: how near the islands and islets are to a place, or to any point."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geo.cli.tables import Output, TableFormat, whole_table
from geo.errors import GeoError, UsageError
from geo.geometry.points import written_point
from geo.loading.dossier import Dossier, load
from geo.loading.nearness import Nearness, nearness


def run(*, data: Path, origin: str, table_format: TableFormat) -> Output:
    """Return one row an island or islet, from a place with an origin_rank or from "LATITUDE,LONGITUDE".

    Raises
    ------
    UsageError
        If the origin is neither.
    """
    dossier = load(data)
    return Output(whole_table(_rows(origin, nearness(dossier, known_origin(dossier, origin))), table_format))


def known_origin(dossier: Dossier, origin: str) -> str:
    """Return what was asked for as an origin: a place with an origin_rank, or a point in the one way of writing it.

    Raises
    ------
    UsageError
        If it is neither.
    """
    if origin in dossier.origins:
        return origin
    try:
        return written_point(origin)
    except GeoError as error:
        known = ", ".join(dossier.origins)
        raise UsageError(f"--from takes one of {known}, or a point as LATITUDE,LONGITUDE. {error}") from None


def _rows(origin: str, nearness: Mapping[str, Nearness]) -> list[dict[str, Any]]:
    """Return the distances, geodesic on WGS 84; points are [longitude, latitude], EPSG:4326."""
    return [
        {
            "from": origin,
            "to": subject,
            "km": round(near.computed.km, 2),
            "published_km": near.published.km if near.published else None,
            "from_point": list(near.computed.from_point),
            "to_point": list(near.computed.to_point),
            "nautical_miles": round(near.computed.nautical_miles, 2),
            "miles": round(near.computed.miles, 2),
            "bearing_deg": near.computed.bearing_deg,
            "uncertainty_m": round(near.uncertainty_m),
        }
        for subject, near in nearness.items()
    ]
