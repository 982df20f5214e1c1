"""Geodesic distance on WGS 84 from a point to the nearest shore of an island."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import CRS, Geod, Transformer
from shapely.geometry import MultiPolygon, Point

LonLat = tuple[float, float]

_GEOD = Geod(ellps="WGS84")
_PATH_POINTS = 6


@dataclass(frozen=True, slots=True)
class Geodesic:
    """The shortest line from a point to a shore.

    ``km`` is in kilometres on WGS 84; points are (longitude, latitude) in degrees, EPSG:4326;
    ``path`` runs along the geodesic from the first to the last point, both included.
    """

    km: float
    from_point: LonLat
    to_point: LonLat
    path: tuple[LonLat, ...]


def nearest_shores(origin: LonLat, shores: Mapping[str, MultiPolygon]) -> dict[str, Geodesic]:
    """Return the nearest shore point of each land and its geodesic distance.

    Parameters
    ----------
    origin
        Longitude and latitude in degrees, EPSG:4326, outside all of the lands.
    shores
        Land polygons by id, EPSG:4326.

    Notes
    -----
    The land is projected to an azimuthal equidistant plane centred on the origin, where distances from
    the centre are true (Snyder 1987, Map Projections: A Working Manual, USGS Professional Paper 1395,
    pp. 191-202); the nearest point found there is measured on the ellipsoid (Karney 2013, Algorithms for
    geodesics, doi:10.1007/s00190-012-0578-z). Between two vertices the shore is taken as straight in the
    plane: over the longest edge of the data that differs from the geodesic by less than a metre.
    """
    plane = CRS.from_dict({"proj": "aeqd", "lon_0": origin[0], "lat_0": origin[1], "datum": "WGS84"})
    to_plane = Transformer.from_crs("EPSG:4326", plane, always_xy=True)
    centre = Point(0, 0)

    def project(lonlat: np.ndarray) -> np.ndarray:
        return np.column_stack(to_plane.transform(lonlat[:, 0], lonlat[:, 1]))

    found: dict[str, Geodesic] = {}
    for identifier, land in shores.items():
        line = shapely.shortest_line(shapely.transform(land, project), centre)
        x, y = line.coords[0]
        found[identifier] = _geodesic(origin, to_plane.transform(x, y, direction="INVERSE"))
    return found


def _geodesic(origin: LonLat, shore: LonLat) -> Geodesic:
    _, _, metres = _GEOD.inv(*origin, *shore)
    between = _GEOD.npts(*origin, *shore, _PATH_POINTS)
    ends = (_rounded(origin), _rounded(shore))
    return Geodesic(metres / 1000, *ends, path=(ends[0], *(_rounded(p) for p in between), ends[1]))


def _rounded(point: LonLat) -> LonLat:
    # the precision of the land polygons: about a metre
    return round(point[0], 5), round(point[1], 5)
