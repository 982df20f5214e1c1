"""The shortest line from a point to the shore of a land, on the ellipsoid WGS 84."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry import MultiPolygon

from geo.errors import GeoError
from geo.geometry.points import LonLat, checked_point
from geo.geometry.shores import GEOD, Shore

NAUTICAL_MILE_KM = 1.852
MILE_KM = 1.609344
_PATH_POINTS = 6
# so near to each other that on a map nothing is seen of the straight lines between them
_PATH_STEP_M = 50_000.0
_MOST_PATH_POINTS = 64
# the islands, their islets and the land around
_SHORES = 64
# the lines from some 140 origins, at most 8 kB each
_LINES = 2048
# the longest edge of a shore, and when a line between two shores counts as the shortest
_EDGE_M, _TURNS, _SETTLED_M = 1_200.0, 20, 0.01


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


def between_shores(one: MultiPolygon, other: MultiPolygon) -> Geodesic:
    """Return the shortest line from one land to another, EPSG:4326.

    Raises
    ------
    GeoError
        When the lands touch.

    Notes
    -----
    The vertices of one shore, at most a kilometre apart, are measured to the other; from those that an edge could
    bring nearest, the nearest point is taken on either shore in turn until the line gets no shorter.
    """
    if shapely.intersects(one, other):
        raise GeoError("There is no distance between two lands that touch.")
    near, far = _shore(one), _shore(other)
    metres, _ = far.from_points(near.vertices)
    # a point of an edge is at most half its length nearer than the nearer end
    possible = near.vertices[np.argsort(metres)[: np.count_nonzero(metres <= metres.min() + _EDGE_M)]]
    lines = [_settled((float(lon), float(lat)), near, far) for lon, lat in possible]
    start, end = min(lines, key=lambda line: line[2])[:2]
    return _geodesic(start, end)


def _settled(start: LonLat, near: Shore, far: Shore) -> tuple[LonLat, LonLat, float]:
    length = math.inf
    for _ in range(_TURNS):
        lon, lat, _ = far.nearest(*start)
        end = (lon, lat)
        lon, lat, metres = near.nearest(*end)
        start = (lon, lat)
        if length - metres < _SETTLED_M:
            break
        length = metres
    return start, end, metres


def between_points(start: LonLat, end: LonLat) -> Geodesic:
    """Return the line from one point to another, degrees, EPSG:4326."""
    return _geodesic(start, end)


# kept, so that a page in another language, or another reader, measures nothing anew
@lru_cache(maxsize=_LINES)
def _to_land(origin: LonLat, land: MultiPolygon) -> Geodesic:
    if shapely.intersects_xy(land, *origin):
        return Geodesic(0.0, _rounded(origin), _rounded(origin), (_rounded(origin),) * 2, 0.0)
    lon, lat, _ = _shore(land).nearest(*origin)
    return _geodesic(origin, (lon, lat))


def _geodesic(start: LonLat, end: LonLat) -> Geodesic:
    bearing, _, metres = GEOD.inv(*start, *end)
    between = GEOD.npts(*start, *end, min(max(_PATH_POINTS, round(metres / _PATH_STEP_M)), _MOST_PATH_POINTS))
    ends = (_rounded(start), _rounded(end))
    path = (ends[0], *(_rounded(p) for p in between), ends[1])
    return Geodesic(metres / 1000, *ends, path=path, bearing_deg=round(bearing % 360, 1))


@lru_cache(maxsize=_SHORES)
def _shore(land: MultiPolygon) -> Shore:
    return Shore(land)


def _rounded(point: LonLat) -> LonLat:
    # the precision of the land polygons: about a metre
    return round(point[0], 5), round(point[1], 5)
