"""The shore of a land as edges on WGS 84, and the point of it nearest to any point: exact on the ellipsoid."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod, Transformer
from shapely.geometry import MultiPolygon

from geo.errors import GeoError

Array = npt.NDArray[np.float64]
GEOD = Geod(ellps="WGS84")

_TO_SPACE = Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)
# edges are cut to this length, so that a straight line in degrees, in space and on the ellipsoid agree to centimetres
_EDGE_DEGREES = 0.01
# seen from this near, the edge that is nearest in space is nearest on the ellipsoid to within half a metre
_NEAR_M = 400_000.0
# golden section: 40 steps narrow an edge of a kilometre to less than a millimetre
_STEPS = 40
_GOLDEN = (np.sqrt(5) - 1) / 2
_POINTS_AT_ONCE = 64


class Shore:
    """The shore of a land, ready to be measured from.

    Parameters
    ----------
    land
        Longitude and latitude in degrees, EPSG:4326. Every edge counts as shore, also one where land was cut off.
    within
        Only edges that meet this polygon are kept.

    Raises
    ------
    GeoError
        When there is no land.
    """

    def __init__(self, land: MultiPolygon, *, within: shapely.Polygon | None = None) -> None:
        if land.is_empty:
            raise GeoError("There is no land to measure from.")
        edges = shore_edges(land)
        if within is not None:
            edges = edges[shapely.intersects(shapely.linestrings(edges), within)]
        self._start, self._edge = edges[:, 0], edges[:, 1] - edges[:, 0]
        start, end = _in_space(self._start), _in_space(edges[:, 1])
        self._start_in_space, self._edge_in_space = start, end - start
        self._length2 = np.sum((end - start) ** 2, axis=1)
        self._length_m = np.sqrt(self._length2)

    def from_points(self, points: Array) -> tuple[Array, Array]:
        """Return how far the shore is from many points at once.

        Parameters
        ----------
        points
            Longitude and latitude in degrees, EPSG:4326, of shape (n, 2).

        Returns
        -------
        metres : ndarray of shape (n,)
            Geodesic distance to the nearest point of the shore; exact to about half a metre within 400 km.
        azimuths : ndarray of shape (n,)
            Direction of the geodesic there at the point, in radians clockwise from north.
        """
        near = np.concatenate([self._nearest(p) for p in _portions(points)])
        azimuths, _, metres = GEOD.inv(points[:, 0], points[:, 1], near[:, 0], near[:, 1])
        return np.asarray(metres), np.radians(azimuths)

    def nearest(self, lon: float, lat: float) -> tuple[float, float, float]:
        """Return the point of the shore nearest to one point anywhere on Earth, and its distance.

        Parameters
        ----------
        lon, lat
            Degrees, EPSG:4326.

        Returns
        -------
        lon, lat : float
            The nearest point of the shore in degrees.
        metres : float
            Its geodesic distance on WGS 84.

        Notes
        -----
        The distance to both ends of every edge is measured on the ellipsoid (Karney 2013, Algorithms for geodesics,
        doi:10.1007/s00190-012-0578-z). No point of an edge is nearer than half of what the distances to its ends
        leave when its length is taken off (triangle inequality), so only edges for which that is less than the
        nearest vertex are searched further, by golden section along the edge.
        """
        to_start = self._metres(lon, lat, self._start)
        to_end = self._metres(lon, lat, self._start + self._edge)
        best = min(float(to_start.min()), float(to_end.min()))
        possible = np.flatnonzero((to_start + to_end - self._length_m) / 2 <= best + 1)
        start, edge = self._start[possible], self._edge[possible]
        low, high = np.zeros(len(possible)), np.ones(len(possible))
        for _ in range(_STEPS):
            step = _GOLDEN * (high - low)
            a, b = high - step, low + step
            nearer = self._metres(lon, lat, start + a[:, None] * edge) < self._metres(
                lon, lat, start + b[:, None] * edge
            )
            low, high = np.where(nearer, low, a), np.where(nearer, b, high)
        points = start + ((low + high) / 2)[:, None] * edge
        metres = self._metres(lon, lat, points)
        index = int(np.argmin(metres))
        return float(points[index, 0]), float(points[index, 1]), float(metres[index])

    @property
    def vertices(self) -> Array:
        """Return the ends of the edges in degrees, EPSG:4326, of shape (n, 2); they are at most 0.01 degrees apart."""
        return self._start

    @staticmethod
    def _metres(lon: float, lat: float, points: Array) -> Array:
        count = len(points)
        return np.asarray(GEOD.inv(np.full(count, lon), np.full(count, lat), points[:, 0], points[:, 1])[2])

    def _nearest(self, points: Array) -> Array:
        away = _in_space(points)[:, None] - self._start_in_space
        along = np.einsum("ijk,jk->ij", away, self._edge_in_space)
        share = np.clip(along / self._length2, 0, 1)
        distance2 = np.einsum("ijk,ijk->ij", away, away) - share * (2 * along - share * self._length2)
        best = np.argmin(distance2, axis=1)
        return np.asarray(self._start[best] + share[np.arange(len(points)), best, None] * self._edge[best])


def shore_edges(land: MultiPolygon) -> Array:
    """Return the edges of all rings in degrees, EPSG:4326, of shape (edges, 2, 2), cut to at most 0.01 degrees."""
    outline = shapely.boundary(shapely.segmentize(land, _EDGE_DEGREES))
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_parts(outline)]
    return np.concatenate([np.stack([ring[:-1], ring[1:]], axis=1) for ring in rings])


def _in_space(lonlat: Array) -> Array:
    """Return geocentric coordinates in metres, EPSG:4978."""
    return np.column_stack(_TO_SPACE.transform(lonlat[:, 0], lonlat[:, 1], np.zeros(len(lonlat))))


def _portions(points: Array) -> list[Array]:
    return [points[i : i + _POINTS_AT_ONCE] for i in range(0, len(points), _POINTS_AT_ONCE)]
