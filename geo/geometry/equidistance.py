"""Equidistance lines on WGS 84 between two lands, computed from their polygons."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer
from shapely.geometry import LineString, MultiPolygon

from geo.errors import GeoError
from geo.geometry.shores import GEOD, Array, Shore

# the shores as points, for the first course of the line
_POINT_DEGREES = 0.002
# the course is cut at the reach in long steps; vertices of the line stand at the short ones, or fewer
_LONG_STEP_M = 200.0
_SHORT_STEP_M = 10.0
_FIRST_VERTICES_M = 4_000.0
# what is allowed on the line between its vertices and at them
_BETWEEN_M = 10.0
_AT_VERTEX_M = 0.5
_STEPS = 12
_CHECKED_AT = (0.25, 0.5, 0.75)


def equidistance_line(a: MultiPolygon, b: MultiPolygon, *, reach_km: float) -> LineString:
    """Draw the line every point of which is equally far from the nearest points of two shores.

    Parameters
    ----------
    a, b
        The two lands, longitude and latitude in degrees, EPSG:4326, away from the poles and the 180th
        meridian. Edges where land was cut off count as shore: join the pieces of a land first.
    reach_km
        The line ends where both shores are so many kilometres away (to within 1 %).

    Returns
    -------
    LineString
        In degrees, EPSG:4326, from its more northern end; vertices are equally far from both shores to
        within 0.5 m, points between two vertices to within about 10 m, on the geodesics of WGS 84.
        Where the line falls into pieces within the reach, the longest is given.

    Raises
    ------
    GeoError
        When a land is empty, when the lands touch, or when no point within the reach lies between them.

    Notes
    -----
    The line is the median line of article 15 of the United Nations Convention on the Law of the Sea, with
    the whole shore of the polygons in place of the low-water baseline; every islet and low-tide elevation
    that has a polygon counts in full (International Hydrographic Organization and International
    Association of Geodesy 2014, A Manual on Technical Aspects of the United Nations Convention on the Law
    of the Sea, C-51, edition 5.0.0). It is geometry and says nothing about a boundary.

    Its course comes from the Voronoi diagram of both shores, taken as points, in an azimuthal equidistant
    plane; then every vertex is moved along geodesics until both distances agree (Newton's method;
    Karney 2013, Algorithms for geodesics, doi:10.1007/s00190-012-0578-z), and vertices are added where
    the line between two of them would leave the tolerance.
    """
    if a.is_empty or b.is_empty:
        raise GeoError("An equidistance line needs two lands, and one of them is empty.")
    if shapely.intersects(a, b):
        raise GeoError("An equidistance line needs two lands that do not touch.")
    course = _course(a, b, reach_km * 1000)
    # a degree of latitude has 110.6 km or more
    margin = 1.1 * reach_km / 110 / np.cos(np.radians(np.abs(course[:, 1]).max()))
    seen = shapely.box(*(course.min(axis=0) - margin), *(course.max(axis=0) + margin))
    found = _settled(course, Shore(a, within=seen), Shore(b, within=seen))
    return LineString(found if found[0, 1] >= found[-1, 1] else found[::-1])


def shore_distances_m(line: LineString, a: MultiPolygon, b: MultiPolygon, samples: int = 200) -> Array:
    """Return how far points of a line are from two shores.

    Parameters
    ----------
    line
        In degrees, EPSG:4326.
    a, b
        The two lands, EPSG:4326; the points of the line lie outside both.
    samples
        The number of points, spread evenly over the line with both ends.

    Returns
    -------
    ndarray of shape (samples, 2)
        Geodesic distances on WGS 84 in metres to the nearest point of ``a`` and of ``b``.

    Raises
    ------
    GeoError
        When the line or a land is empty.
    """
    if line.is_empty or a.is_empty or b.is_empty:
        raise GeoError("Distances need a line and two lands, and one of them is empty.")
    points = shapely.get_coordinates(line.interpolate(np.linspace(0, 1, samples), normalized=True))
    return np.column_stack([Shore(land).from_points(points)[0] for land in (a, b)])


def _course(a: MultiPolygon, b: MultiPolygon, reach_m: float) -> Array:
    """Return roughly where the line runs: points in degrees every few metres."""
    middle = shapely.shortest_line(a, b).centroid
    plane = CRS.from_dict({"proj": "aeqd", "lon_0": middle.x, "lat_0": middle.y, "datum": "WGS84"})
    to_plane = Transformer.from_crs("EPSG:4326", plane, always_xy=True)
    shores = [np.column_stack(to_plane.transform(*_shore_points(land).T)) for land in (a, b)]
    trees = [shapely.STRtree(np.asarray(shapely.points(shore))) for shore in shores]
    # a shore further from the other than twice the reach is nearest to no point of the line
    near = [s[_distance(other, s) < 2 * reach_m] for s, other in zip(shores, reversed(trees), strict=True)]
    if not all(len(points) for points in near):
        raise GeoError(f"The two lands are more than {2 * reach_m / 1000:g} km apart, twice the reach of the line.")
    pieces: list[Array] = []
    for border in _borders(*near, frame_m=2 * reach_m):
        vertices = shapely.get_coordinates(shapely.segmentize(border, _LONG_STEP_M))
        inside = np.maximum(*(_distance(tree, vertices) for tree in trees)) <= reach_m
        pieces += _runs(vertices, inside)
    if not pieces:
        raise GeoError(f"No point is within {reach_m / 1000:g} km of both lands and equally far from them.")
    longest = max((LineString(piece) for piece in pieces), key=shapely.length)
    course = shapely.get_coordinates(shapely.segmentize(longest, _SHORT_STEP_M))
    return np.column_stack(to_plane.transform(course[:, 0], course[:, 1], direction="INVERSE"))


def _borders(a: Array, b: Array, *, frame_m: float) -> list[LineString]:
    """Return the outlines of the part of the plane that is nearer to the points of a than to those of b."""
    points = np.concatenate([a, b])
    frame = shapely.box(*(points.min(axis=0) - frame_m), *(points.max(axis=0) + frame_m))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=frame, ordered=True))
    outline = shapely.boundary(shapely.coverage_union_all(cells[: len(a)]))
    return list(shapely.get_parts(shapely.line_merge(outline)))


def _runs(vertices: Array, inside: npt.NDArray[np.bool_]) -> list[Array]:
    """Cut a line into the stretches inside; a ring is opened at a vertex outside, if it has one."""
    if np.array_equal(vertices[0], vertices[-1]) and not inside.all():
        first = int(np.argmin(inside))
        vertices, inside = (np.concatenate([v[first:-1], v[: first + 1]]) for v in (vertices, inside))
    cuts = np.flatnonzero(np.diff(inside)) + 1
    stretches = zip(np.split(vertices, cuts), np.split(inside, cuts), strict=True)
    return [stretch for stretch, kept in stretches if kept[0] and len(stretch) > 1]


def _settled(course: Array, a: Shore, b: Shore) -> Array:
    """Return places on the course, moved onto the line, closer together where it bends."""
    count = max(2, 1 + round(_length_m(course) / _FIRST_VERTICES_M))
    at = np.unique(np.linspace(0, len(course) - 1, count).round().astype(int))
    line = _onto_line(course[at], a, b)
    unsure = np.ones(len(at) - 1, dtype=bool)
    while (unsure & (np.diff(at) > 1)).any():
        where = np.flatnonzero(unsure & (np.diff(at) > 1))
        between = [line[where] + share * (line[where + 1] - line[where]) for share in _CHECKED_AT]
        off = np.max([np.abs(_difference(points, a, b)[0]) for points in between], axis=0)
        unsure[:] = False
        split = where[off > _BETWEEN_M]
        added = (at[split] + at[split + 1]) // 2
        at, line = np.insert(at, split + 1, added), np.insert(line, split + 1, _onto_line(course[added], a, b), axis=0)
        unsure = np.insert(unsure, split + 1, values=False)
        new = split + np.arange(len(split))
        unsure[new] = unsure[new + 1] = True
    return line


def _onto_line(points: Array, a: Shore, b: Shore) -> Array:
    """Move points until both shores are equally far."""
    if not len(points):
        return points
    for _ in range(_STEPS):
        difference, azimuth_a, azimuth_b = _difference(points, a, b)
        if np.abs(difference).max() < _AT_VERTEX_M:
            return points
        # how fast the difference grows to the east and to the north, in metres a metre
        east, north = np.sin(azimuth_b) - np.sin(azimuth_a), np.cos(azimuth_b) - np.cos(azimuth_a)
        step = -difference / np.hypot(east, north)
        lon, lat, _ = GEOD.fwd(points[:, 0], points[:, 1], np.degrees(np.arctan2(east, north)), step)
        points = np.column_stack([lon, lat])
    raise GeoError("The equidistance line could not be settled to within half a metre.")


def _difference(points: Array, a: Shore, b: Shore) -> tuple[Array, Array, Array]:
    (to_a, azimuth_a), (to_b, azimuth_b) = a.from_points(points), b.from_points(points)
    return to_a - to_b, azimuth_a, azimuth_b


def _shore_points(land: MultiPolygon) -> Array:
    return np.unique(shapely.get_coordinates(shapely.segmentize(land, _POINT_DEGREES)), axis=0)


def _distance(tree: shapely.STRtree, points: Array) -> Array:
    # the first point of the tree found at the shortest distance: one for each point asked, in order
    _, found = tree.query_nearest(shapely.points(points), return_distance=True, all_matches=False)
    return np.asarray(found)


def _length_m(course: Array) -> float:
    return float(GEOD.line_length(course[:, 0], course[:, 1]))
