"""Distances, against brute force over the whole shore and against published figures."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo.errors import GeoError
from geo.geometry.nearest_shore import nearest_shores
from geo.loading.dossier import Dossier
from geo.loading.nearness import nearness
from geo.model.fields import ISLANDS

GEOD = Geod(ellps="WGS84")
# about 25 metres along the shore
STEP_DEGREES, STEP_M = 0.00025, 29.0
ORIGINS = ("nosappu", "nemuro", "notsuke", "shiretoko", "rausu", "malokurilskoye", "yuzhno_sakhalinsk", "moscow")


def metres_to(origin: tuple[float, float], points: np.ndarray) -> np.ndarray:
    lon, lat = np.full(len(points), origin[0]), np.full(len(points), origin[1])
    return np.asarray(GEOD.inv(lon, lat, points[:, 0], points[:, 1])[2])


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("island", ISLANDS)
def test_no_point_of_the_shore_is_nearer_than_the_distance_shown(dossier: Dossier, origin: str, island: str) -> None:
    computed = nearness(dossier, origin)[island].computed
    if not computed.km:
        assert dossier.places[origin].island_id == island
        return
    land = next(i.land for i in dossier.islands.values() if i.island_id == island)
    along = metres_to(computed.from_point, shapely.get_coordinates(shapely.segmentize(land.boundary, STEP_DEGREES)))
    assert computed.km * 1000 - 1 <= along.min() <= computed.km * 1000 + STEP_M


@pytest.mark.parametrize("origin", ORIGINS)
def test_no_vertex_is_nearer_and_the_nearest_is_at_most_an_edge_away(dossier: Dossier, origin: str) -> None:
    for island in dossier.islands.values():
        computed = nearness(dossier, origin)[island.island_id].computed
        if not computed.km:
            continue
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
    near = nearness(dossier, origin)[to]
    assert near.computed.km == pytest.approx(this_source_km, abs=0.1)
    assert near.computed.km == pytest.approx(published_km, abs=0.8)
    assert near.published is not None
    assert near.published.km == published_km


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_line_runs_from_the_origin_to_the_shore_along_the_geodesic(dossier: Dossier, origin: str) -> None:
    place = dossier.places[origin]
    for near in nearness(dossier, origin).values():
        line = near.computed
        if not line.km:
            continue
        assert line.from_point == (place.lon, place.lat)
        assert (line.path[0], line.path[-1]) == (line.from_point, line.to_point)
        along = np.array(line.path)
        assert GEOD.line_length(along[:, 0], along[:, 1]) == pytest.approx(line.km * 1000, abs=5)


@pytest.mark.parametrize("origin", ORIGINS)
def test_the_habomai_islets_are_as_near_as_the_nearest_of_them(dossier: Dossier, origin: str) -> None:
    near = nearness(dossier, origin)
    assert near["habomai"].computed.km == pytest.approx(min(near[i].computed.km for i in dossier.islets), abs=1e-9)


def test_the_end_of_a_line_lies_on_the_shore(dossier: Dossier) -> None:
    for near in (nearness(dossier, origin) for origin in dossier.origins):
        for island in dossier.islands.values():
            line = near[island.island_id].computed
            if not line.km:  # from a place on the island
                continue
            end = shapely.Point(line.to_point)
            assert island.land.boundary.distance(end) < 2e-5


def test_the_nearest_point_may_lie_in_the_middle_of_an_edge() -> None:
    land = shapely.MultiPolygon([shapely.box(146, 43, 147, 44)])
    found = nearest_shores((145.5, 43.5), {"land": land})["land"]
    assert found.to_point == pytest.approx((146.0, 43.5), abs=2e-3)
    assert found.km == pytest.approx(40.4, abs=0.1)


@pytest.mark.parametrize("island", ISLANDS)
def test_from_anywhere_within_500_km_the_nearest_shore_is_found_to_a_metre(dossier: Dossier, island: str) -> None:
    land = next(i.land for i in dossier.islands.values() if i.island_id == island)
    shore = shapely.get_coordinates(shapely.segmentize(land.boundary, STEP_DEGREES))
    random = np.random.default_rng(20261124)
    # 250 origins an island, spread over the circle; those on the land or closer than the step to it are another matter
    bearings, metres = random.uniform(0, 360, 250), 500_000 * np.sqrt(random.uniform(0, 1, 250))
    centre = land.centroid
    lons, lats, _ = GEOD.fwd(np.full(250, centre.x), np.full(250, centre.y), bearings, metres)
    errors = []
    for lon, lat in zip(lons, lats, strict=True):
        found = nearest_shores((lon, lat), {island: land})[island].km * 1000
        brute = float(metres_to((lon, lat), shore).min())
        if found > STEP_M:
            # of a step of 29 m the middle is at most 29^2 / 8 d nearer than its ends
            errors.append((found - brute, brute - found - STEP_M**2 / (8 * found)))
    assert len(errors) > 200
    assert max(max(e) for e in errors) < 1


@pytest.mark.parametrize("origin", [(0.0, 90.0), (0.0, -90.0), (-180.0, 45.0), (180.0, 45.0), (-33.0, -44.0)])
def test_the_poles_the_180th_meridian_and_the_far_side_are_places_like_others(
    dossier: Dossier, origin: tuple[float, float]
) -> None:
    land = dossier.islands["iturup"].land
    found = nearest_shores(origin, {"iturup": land})["iturup"]
    along = metres_to(origin, shapely.get_coordinates(shapely.segmentize(land.boundary, STEP_DEGREES)))
    assert found.km * 1000 == pytest.approx(along.min(), abs=1)


def test_a_point_on_an_island_is_no_distance_from_it(dossier: Dossier) -> None:
    found = nearest_shores((147.9, 45.0), {"iturup": dossier.islands["iturup"].land})["iturup"]
    assert (found.km, found.to_point) == (0, (147.9, 45.0))


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        ((0, 90.5), "90.5 is no latitude"),
        ((181, 0), "181 is no longitude"),
        ((float("nan"), 0), "two numbers"),
        ((0, float("inf")), "two numbers"),
    ],
)
def test_what_is_no_point_on_earth_is_refused(dossier: Dossier, origin: tuple[float, float], told: str) -> None:
    with pytest.raises(GeoError, match=told):
        nearest_shores(origin, {"iturup": dossier.islands["iturup"].land})
