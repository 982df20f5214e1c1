"""Which pieces of land make up an area that has a history."""

from __future__ import annotations

from collections.abc import Iterable

import shapely
from shapely.geometry import MultiPolygon

from geo.loading.geojson import Feature
from geo.model.fields import AREAS, AreaId

# pieces of land that are drawn apart and belong to an area of another name
_PARTS: dict[str, AreaId] = {"hokkaido_east": "hokkaido"}


def area_of(feature: Feature) -> AreaId | None:
    """Return which area a land belongs to; land without a history of its own belongs to none."""
    return _PARTS.get(feature.identifier) or next((a for a in AREAS if a == feature.identifier), None)


def lands_by_area(features: Iterable[Feature]) -> dict[AreaId, MultiPolygon]:
    """Return the land of each area, its pieces united, EPSG:4326."""
    pieces: dict[AreaId, list[MultiPolygon]] = {}
    for feature in features:
        area = area_of(feature)
        if area:
            pieces.setdefault(area, []).append(feature.land)
    return {area: found[0] if len(found) == 1 else united(found) for area, found in pieces.items()}


def united(lands: Iterable[MultiPolygon]) -> MultiPolygon:
    """Return the union of several lands."""
    return MultiPolygon(list(shapely.get_parts(shapely.union_all(list(lands)))))
