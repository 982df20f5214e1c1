"""Distances, against brute force over the whole shore and against published figures."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo.geometry.nearest_shore import nearest_shores
from geo.loading.dossier import Dossier
from geo.model.fields import ISLANDS

GEOD = Geod(ellps="WGS84")
# about 25 metres along the shore
STEP_DEGREES, STEP_M = 0.00025, 29.0
ORIGINS = ("nosappu", "nemuro", "notsuke", "shiretoko")


def metres_to(origin: tuple[float, float], points: np.ndarray) -> np.ndarray:
    lon, lat = np.full(len(points), origin[0]), np.full(len(points), origin[1])
    return np.asarray(GEOD.inv(lon, lat, points[:, 0], points[:, 1])[2])


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("island", ISLANDS)
def test_no_point_of_the_shore_is_nearer_than_the_distance_shown(dossier: Dossier, origin: str, island: str) -> None:
    computed = dossier.nearness[origin][island].computed
    land = next(i.land for i in dossier.islands.values() if i.island_id == island)
    along = metres_to(computed.from_point, shapely.get_coordinates(shapely.segmentize(land.boundary, STEP_DEGREES)))
    assert computed.km * 1000 - 1 <= along.min() <= computed.km * 1000 + STEP_M


@pytest.mark.parametrize("origin", ORIGINS)
def test_no_vertex_is_nearer_and_the_nearest_is_at_most_an_edge_away(dossier: Dossier, origin: str) -> None:
    for island in dossier.islands.values():
        computed = dossier.nearness[origin][island.island_id].computed
        rings = [shapely.get_coordinates(polygon.exterior) for polygon in island.land.geoms]
        edges = [GEOD.line_lengths(ring[:, 0], ring[:, 1]) for ring in rings]
        nearest = min(metres_to(computed.from_point, ring).min() for ring in rings)
        assert computed.km * 1000 - 1 <= nearest <= computed.km * 1000 + max(float(np.max(e)) for e in edges)


@pytest.mark.parametrize(
    ("origin", "to", "published_km", "this_source_km"),
    [
        ("nosappu", "kaigara", 3.7, 3.52),
        ("nosappu", "suisho", 7.0, 7.44),
        ("nosappu", "akiyuri", 13.7, 13.85),
        ("nosappu", "yuri", 16.6, 17.00),
        ("nosappu", "shibotsu", 25.5, 24.80),
        ("nosappu", "taraku", 45.5, 45.38),
        ("nosappu", "kunashir", 37.4, 36.96),
        ("notsuke", "kunashir", 16.0, 16.18),
        ("nosappu", "shikotan", 73.3, 73.79),
        ("nosappu", "iturup", 144.5, 144.52),
    ],
)
def test_a_distance_agrees_with_the_published_one(
    dossier: Dossier, origin: str, to: str, published_km: float, this_source_km: float
) -> None:
    near = dossier.nearness[origin][to]
    assert near.computed.km == pytest.approx(this_source_km, abs=0.1)
    assert near.computed.km == pytest.approx(published_km, abs=0.8)
    assert near.published is not None
    assert near.published.km == published_km


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_line_runs_from_the_origin_to_the_shore_along_the_geodesic(dossier: Dossier, origin: str) -> None:
    place = dossier.places[origin]
    for near in dossier.nearness[origin].values():
        line = near.computed
        assert line.from_point == (place.lon, place.lat)
        assert (line.path[0], line.path[-1]) == (line.from_point, line.to_point)
        along = np.array(line.path)
        assert GEOD.line_length(along[:, 0], along[:, 1]) == pytest.approx(line.km * 1000, abs=5)


@pytest.mark.parametrize("origin", ORIGINS)
def test_the_habomai_islets_are_as_near_as_the_nearest_of_them(dossier: Dossier, origin: str) -> None:
    near = dossier.nearness[origin]
    assert near["habomai"].computed.km == pytest.approx(min(near[i].computed.km for i in dossier.islets), abs=1e-9)


def test_the_end_of_a_line_lies_on_the_shore(dossier: Dossier) -> None:
    for near in dossier.nearness.values():
        for island in dossier.islands.values():
            end = shapely.Point(near[island.island_id].computed.to_point)
            assert island.land.boundary.distance(end) < 2e-5


def test_the_nearest_point_may_lie_in_the_middle_of_an_edge() -> None:
    land = shapely.MultiPolygon([shapely.box(146, 43, 147, 44)])
    found = nearest_shores((145.5, 43.5), {"land": land})["land"]
    assert found.to_point == pytest.approx((146.0, 43.5), abs=2e-3)
    assert found.km == pytest.approx(40.4, abs=0.1)
