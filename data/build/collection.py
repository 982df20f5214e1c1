"""What the scripts that build data/*.geojson share: licence members, polygons, one feature, one file and its hash."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

DATA = Path(__file__).resolve().parents[1]
SOURCE_SHA256 = "728e740b6e56f6eb9996aafba6c2602ca3f01c40d1be2b620b9775e31ce6dbf1"
LICENCE = {
    "license": "ODbL-1.0",
    "license_url": "https://opendatacommons.org/licenses/odbl/1-0/",
    "attribution": "© OpenStreetMap contributors",
    "source": "OpenStreetMap land polygons of about August 2024, by way of the package roaring-landmask 0.11.0",
    "source_sha256": SOURCE_SHA256,
}


def polygons_of(geometry: BaseGeometry) -> MultiPolygon:
    """Keep the polygons of a geometry, in their order."""
    return MultiPolygon([p for p in shapely.get_parts(geometry) if isinstance(p, Polygon)])


def feature(identifier: str, geometry: BaseGeometry, **properties: object) -> dict[str, Any]:
    """One GeoJSON feature with its id both as member and as property."""
    return {
        "type": "Feature",
        "id": identifier,
        "properties": {"id": identifier, "source_id": "osm-land", **properties},
        "geometry": json.loads(shapely.to_geojson(geometry)),
    }


def write(name: str, features: list[dict[str, Any]]) -> None:
    """Write one collection, one feature a line."""
    head = json.dumps({"type": "FeatureCollection", **LICENCE}, ensure_ascii=False)[:-1]
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    text = f'{head}, "features": [\n{lines}\n]}}\n'
    (DATA / name).write_text(text, encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    print(f"{digest}  {name}")  # noqa: T201  the scripts' product: the lines of data/SHA256SUMS
