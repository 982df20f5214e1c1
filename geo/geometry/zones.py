"""Zones of the sea on WGS 84: all within so many nautical miles of a shore, cut where another shore is nearer."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError
from geo.geometry.shores import GEOD, Array, Shore

# vertices of a limit stand at most so far apart, as a share of the breadth: the arc between two leaves its chord by
# 1/800 of the square of that, 4 m at 12 nautical miles and 7 m at 200
_STEP_SHARE = 0.02
_SHORTEST_STEP_M = 1_000.0
# shores as points for the first, plane course of the line between two lands
_POINT_M = 1_000.0
# where both shores lie in nearly one direction a step is kept short
_FLATTEST = 0.05
# how near a limit its vertices come, and how often they may be moved for it
_SETTLED_M = 0.5
_ROUNDS = 30
# how far the limit may leave the line between two vertices, how often vertices are added for that, and from where on
# it is a corner
_BETWEEN_M, _REFINEMENTS, _CORNER_M = 5.0, 6, 2_000.0
_SLIVER_KM2 = 1e-3

Plane = Callable[[BaseGeometry], BaseGeometry]


def reach(own: MultiPolygon, other: MultiPolygon, *, breadth_m: float, window: Polygon) -> MultiPolygon:
    """Return all that is within a breadth of one land and nearer to it than to another, the land itself included.

    Parameters
    ----------
    own, other
        Longitude and latitude in degrees, EPSG:4326. The whole shore of the polygons counts, in place of the low-water
        line and of straight baselines.
    breadth_m
        Breadth in metres, up to 400 km.
    window
        The reach is cut at this polygon, EPSG:4326, away from the poles and the 180th meridian.

    Returns
    -------
    MultiPolygon
        In degrees, EPSG:4326. Points of the outer limit are within a metre of the breadth, and points of the line
        between both lands within a metre of equally far from both, on the ellipsoid; between two vertices to within
        about 10 m.

    Raises
    ------
    GeoError
        When a land is empty.

    Notes
    -----
    Articles 3, 33 and 57 of the United Nations Convention on the Law of the Sea measure the breadth from the baseline,
    article 15 cuts at the median line; method of envelopes of arcs (International Hydrographic Organization and
    International Association of Geodesy 2014, C-51, edition 5.0.0, chapter 5). A first course comes from a buffer and a
    Voronoi diagram in an azimuthal plane; then each vertex is moved along geodesics onto its limit (Karney 2013,
    doi:10.1007/s00190-012-0578-z). It is geometry and says nothing about a right.
    """
    if own.is_empty or other.is_empty:
        raise GeoError("A zone needs two lands, and one of them is empty.")
    plane, inverse = _plane(window)
    rough = _rough_zone(plane(own), plane(other), breadth_m)
    dense = inverse(shapely.segmentize(rough, max(_SHORTEST_STEP_M, _STEP_SHARE * breadth_m)))
    shores = Shore(own), Shore(other)

    rings = [_refined(shapely.get_coordinates(ring), *shores, breadth_m) for ring in _rings(dense)]
    sea = _filled(rings)
    return _polygons(shapely.intersection(sea, window))


def zone(own: MultiPolygon, other: MultiPolygon, *, breadth_m: float, window: Polygon) -> MultiPolygon:
    """Return the sea of :func:`reach`, which has the parameters: its polygons without the land of both."""
    return sea_of(reach(own, other, breadth_m=breadth_m, window=window), own, other)


def sea_of(reached: MultiPolygon, *lands: MultiPolygon) -> MultiPolygon:
    """Return polygons without the land in them, EPSG:4326; slivers along a shore are left out."""
    return _polygons(shapely.difference(reached, shapely.union_all(list(lands))))


def area_km2(land_or_sea: MultiPolygon) -> float:
    """Return the area of polygons in degrees, EPSG:4326, on the ellipsoid WGS 84, in square kilometres.

    Notes
    -----
    Edges are taken as geodesics (Karney 2013, section 6).
    """
    total = 0.0
    for polygon in land_or_sea.geoms:
        area, _ = GEOD.geometry_area_perimeter(shapely.geometry.polygon.orient(polygon))
        total += area
    return abs(total) / 1e6


def _polygons(area: BaseGeometry) -> MultiPolygon:
    parts = [MultiPolygon([part]) for part in shapely.get_parts(area) if isinstance(part, Polygon)]
    return MultiPolygon([part.geoms[0] for part in parts if area_km2(part) > _SLIVER_KM2])


def _plane(window: Polygon) -> tuple[Plane, Plane]:
    middle = window.centroid
    crs = CRS.from_dict({"proj": "aeqd", "lon_0": middle.x, "lat_0": middle.y, "datum": "WGS84"})
    forward = Transformer.from_crs("EPSG:4326", crs, always_xy=True)

    def there(geometry: BaseGeometry) -> BaseGeometry:
        return shapely.transform(geometry, lambda p: np.column_stack(forward.transform(p[:, 0], p[:, 1])))

    def back(geometry: BaseGeometry) -> BaseGeometry:
        return shapely.transform(
            geometry, lambda p: np.column_stack(forward.transform(p[:, 0], p[:, 1], direction="INVERSE"))
        )

    return there, back


def _rough_zone(own: BaseGeometry, other: BaseGeometry, breadth_m: float) -> BaseGeometry:
    """Return the zone in the plane, the land in it included: a buffer, and the cells of a Voronoi diagram."""
    near = shapely.buffer(own, breadth_m, quad_segs=32)
    shores = [np.unique(shapely.get_coordinates(shapely.segmentize(land, _POINT_M)), axis=0) for land in (own, other)]
    # of the other shore only what lies within twice the breadth cuts anything off
    shores[1] = shores[1][shapely.dwithin(shapely.points(shores[1]), own, 2 * breadth_m)]
    if not len(shores[1]):
        return near
    points = shapely.multipoints(np.concatenate(shores))
    cells = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=near, ordered=True))
    return shapely.intersection(near, shapely.coverage_union_all(cells[: len(shores[0])]))


def _rings(area: BaseGeometry) -> list[BaseGeometry]:
    return [ring for polygon in shapely.get_parts(area) for ring in (polygon.exterior, *polygon.interiors)]


def _filled(rings: list[Array]) -> BaseGeometry:
    """Return the area inside an odd number of rings."""
    area: BaseGeometry = MultiPolygon()
    for ring in rings:
        area = shapely.symmetric_difference(area, shapely.make_valid(Polygon(ring)))
    return area


def _refined(ring: Array, own: Shore, other: Shore, breadth_m: float) -> Array:
    """Return a ring with its vertices on the limit, and more of them where it bends between two."""
    line = _settled(ring, own, other, breadth_m)
    unsure = np.arange(len(line) - 1)
    for _ in range(_REFINEMENTS):
        middle = (line[unsure] + line[unsure + 1]) / 2
        moved = _settled(middle.copy(), own, other, breadth_m)
        off = np.asarray(GEOD.inv(*middle.T, *moved.T)[2])
        # a middle that is moved far lies at a corner, which no vertex makes rounder
        split = (off > _BETWEEN_M) & (off < _CORNER_M)
        at = unsure[split]
        if not len(at):
            break
        line = np.insert(line, at + 1, moved[split], axis=0)
        first = at + np.arange(len(at))
        unsure = np.sort(np.concatenate([first, first + 1]))
    return line


def _settled(points: Array, own: Shore, other: Shore, breadth_m: float) -> Array:
    """Move points onto the limit: where the breadth is reached, or where both shores are equally far.

    The limit is where the greater of two differences is zero; each round follows the steeper of both by Newton's
    method. Points that do not come to rest (in the sharpest corners) are left at their last place.
    """
    moving = np.arange(len(points))
    for _ in range(_ROUNDS):
        here = points[moving]
        (to_own, azimuth_own), (to_other, azimuth_other) = own.from_points(here), other.from_points(here)
        beyond, nearer = to_own - breadth_m, to_own - to_other
        by_breadth = beyond >= nearer
        off = np.where(by_breadth, beyond, nearer)
        # how fast each difference grows to the east and to the north, in metres a metre
        east = np.where(by_breadth, -np.sin(azimuth_own), np.sin(azimuth_other) - np.sin(azimuth_own))
        north = np.where(by_breadth, -np.cos(azimuth_own), np.cos(azimuth_other) - np.cos(azimuth_own))
        steep = np.maximum(np.hypot(east, north), _FLATTEST)
        lon, lat, _ = GEOD.fwd(here[:, 0], here[:, 1], np.degrees(np.arctan2(east, north)), -off / steep)
        unsettled = np.abs(off) > _SETTLED_M
        points[moving[unsettled]] = np.column_stack([lon, lat])[unsettled]
        moving = moving[unsettled]
        if not len(moving):
            break
    return points
