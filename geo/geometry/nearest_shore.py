"""The shortest line from a point to the shore of a land, on the ellipsoid WGS 84."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import shapely
from shapely.geometry import MultiPolygon

from geo.errors import GeoError
from geo.geometry.shores import GEOD, Shore

LonLat = tuple[float, float]

NAUTICAL_MILE_KM = 1.852
MILE_KM = 1.609344
_PATH_POINTS = 6
# the islands, their islets and the land around
_SHORES = 64


@dataclass(frozen=True, slots=True)
class Geodesic:
    """The shortest line from a point to a shore.

    Parameters
    ----------
    km
        Length in kilometres on WGS 84; 0 for a point on the land itself.
    from_point, to_point
        Longitude and latitude in degrees, EPSG:4326.
    path
        Points along the geodesic, both ends included.
    bearing_deg
        Direction at ``from_point``, in degrees clockwise from true north; 0 on the land itself.
    """

    km: float
    from_point: LonLat
    to_point: LonLat
    path: tuple[LonLat, ...]
    bearing_deg: float

    @property
    def nautical_miles(self) -> float:
        """Return the length in international nautical miles of 1,852 m."""
        return self.km / NAUTICAL_MILE_KM

    @property
    def miles(self) -> float:
        """Return the length in international miles of 1,609.344 m."""
        return self.km / MILE_KM


def nearest_shores(origin: LonLat, lands: Mapping[str, MultiPolygon]) -> dict[str, Geodesic]:
    """Return, for each land, the shortest line to it.

    Parameters
    ----------
    origin
        Longitude (-180 to 180) and latitude (-90 to 90) in degrees, EPSG:4326; anywhere on Earth.
    lands
        Polygons by id, EPSG:4326. An origin on a land is 0 km from it.

    Raises
    ------
    GeoError
        When the origin is no point on Earth.

    Notes
    -----
    Exact on the ellipsoid for the edges of the polygons: see :meth:`geo.geometry.shores.Shore.nearest`. How near the
    edges are to the true shore is a matter of the polygons.
    """
    lon, lat = checked_point(*origin)
    return {identifier: _to_land((lon, lat), land) for identifier, land in lands.items()}


def checked_point(lon: float, lat: float) -> LonLat:
    """Return a point as longitude and latitude in degrees, or refuse it.

    Raises
    ------
    GeoError
        When a value is no finite number or lies outside of -180 to 180 and -90 to 90.
    """
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise GeoError("A point needs two numbers: latitude and longitude in degrees.")
    if abs(lat) > 90:  # noqa: PLR2004 - degrees
        raise GeoError(f"{lat:g} is no latitude: it lies between -90 and 90 degrees.")
    if abs(lon) > 180:  # noqa: PLR2004 - degrees
        raise GeoError(f"{lon:g} is no longitude: it lies between -180 and 180 degrees.")
    return float(lon), float(lat)


def _to_land(origin: LonLat, land: MultiPolygon) -> Geodesic:
    if shapely.intersects_xy(land, *origin):
        return Geodesic(0.0, _rounded(origin), _rounded(origin), (_rounded(origin),) * 2, 0.0)
    lon, lat, metres = _shore(land).nearest(*origin)
    bearing, _, _ = GEOD.inv(*origin, lon, lat)
    between = GEOD.npts(*origin, lon, lat, _PATH_POINTS)
    ends = (_rounded(origin), _rounded((lon, lat)))
    path = (ends[0], *(_rounded(p) for p in between), ends[1])
    return Geodesic(metres / 1000, *ends, path=path, bearing_deg=round(bearing % 360, 1))


@lru_cache(maxsize=_SHORES)
def _shore(land: MultiPolygon) -> Shore:
    return Shore(land)


def _rounded(point: LonLat) -> LonLat:
    # the precision of the land polygons: about a metre
    return round(point[0], 5), round(point[1], 5)
