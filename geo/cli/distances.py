"""``python -m geo distances``: how near the islands and islets are to a place, or to any point."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geo.cli.tables import Output, TableFormat, whole_table
from geo.errors import GeoError, UsageError
from geo.geometry.nearest_shore import checked_point
from geo.loading.dossier import Dossier, Nearness, load, nearness_of

_POINT = re.compile(r"\s*([+-]?[0-9.]+)\s*,\s*([+-]?[0-9.]+)\s*")


def run(*, data: Path, origin: str, table_format: TableFormat) -> Output:
    """Return one row an island or islet, from a place with an origin_rank or from "LATITUDE,LONGITUDE".

    Raises
    ------
    UsageError
        If the origin is neither.
    """
    dossier = load(data)
    return Output(whole_table(_rows(origin, _nearness(dossier, origin)), table_format))


def _nearness(dossier: Dossier, origin: str) -> Mapping[str, Nearness]:
    if origin in dossier.origins:
        return dossier.nearness[origin]
    found = _POINT.fullmatch(origin)
    if found is None:
        known = ", ".join(dossier.origins)
        raise UsageError(f"--from takes one of {known}, or a point as LATITUDE,LONGITUDE, not {origin!r}")
    try:
        return nearness_of(dossier, checked_point(float(found[2]), float(found[1])))
    except ValueError:
        raise UsageError(f"--from takes a point as LATITUDE,LONGITUDE in degrees, not {origin!r}") from None
    except GeoError as error:
        raise UsageError(str(error)) from None


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
        }
        for subject, near in nearness.items()
    ]
