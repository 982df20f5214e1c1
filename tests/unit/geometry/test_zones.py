"""Zones of the sea, against the geodesic distance to the nearest shore and an equal-area projection."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import shapely
from pyproj import Transformer
from shapely.geometry import MultiPolygon, Polygon, box

from geo.errors import GeoError
from geo.geometry.shores import Array, Shore
from geo.geometry.zones import area_km2, zone
from geo.loading.areas import lands_by_area, united
from geo.loading.dossier import load

NAUTICAL_MILE_M = 1852
WINDOW = box(140.5, 39.5, 153, 49)
BREADTHS = (12, 24, 200)
POINTS = 500


@cache
def lands() -> tuple[MultiPolygon, MultiPolygon]:
    """Return the four islands, and the land to both sides of them."""
    dossier = load()
    around = lands_by_area(dossier.context)
    four = united(island.land for island in dossier.islands.values())
    return four, united([around["hokkaido"], around["urup"], around["kurils_middle"], around["south_sakhalin"]])


@cache
def sea(miles: int) -> MultiPolygon:
    four, others = lands()
    return zone(four, others, breadth_m=miles * NAUTICAL_MILE_M, window=WINDOW)


def on_the_limit(found: MultiPolygon, away_from: MultiPolygon, count: int) -> Array:
    """Return points spread at random over the limits, shores and the window's edge left out."""
    rings = [ring for polygon in found.geoms for ring in (polygon.exterior, *polygon.interiors)]
    random = np.random.default_rng(12)
    length = np.array([ring.length for ring in rings])
    chosen = random.choice(len(rings), 4 * count, p=length / length.sum())
    points = np.array([rings[i].interpolate(random.uniform(), normalized=True).coords[0] for i in chosen])
    free = shapely.distance(shapely.points(points), away_from) > 1e-4
    inside = shapely.distance(shapely.points(points), WINDOW.exterior) > 1e-4
    return np.asarray(points[free & inside][:count])


@pytest.mark.parametrize("miles", BREADTHS)
def test_every_point_of_a_limit_is_at_its_breadth_or_halfway_between_both_shores(miles: int) -> None:
    four, others = lands()
    points = on_the_limit(sea(miles), united([four, others]), POINTS)
    assert len(points) == POINTS
    to_own, _ = Shore(four).from_points(points)
    to_other, _ = Shore(others).from_points(points)
    assert np.abs(np.maximum(to_own - miles * NAUTICAL_MILE_M, to_own - to_other)).max() < 20


@pytest.mark.parametrize("miles", BREADTHS)
def test_an_area_agrees_with_an_equal_area_projection(miles: int) -> None:
    middle = sea(miles).centroid
    there = Transformer.from_crs(
        "EPSG:4326", f"+proj=laea +lon_0={middle.x} +lat_0={middle.y} +datum=WGS84", always_xy=True
    )
    flat = shapely.transform(
        shapely.segmentize(sea(miles), 0.01), lambda p: np.column_stack(there.transform(p[:, 0], p[:, 1]))
    )
    assert area_km2(sea(miles)) == pytest.approx(shapely.area(flat) / 1e6, rel=0.001)


def test_a_broader_zone_holds_a_narrower_one_and_none_holds_land() -> None:
    narrow, middle, broad = map(sea, BREADTHS)
    assert area_km2(narrow) < area_km2(middle) < area_km2(broad)
    # where both end at the same line between two lands, each drew it to within some metres
    assert shapely.area(shapely.difference(narrow, broad)) < 1e-4 * shapely.area(narrow)
    assert shapely.area(shapely.intersection(broad, united(lands()))) < 1e-9


def test_alone_in_the_sea_the_limit_goes_round_at_its_breadth() -> None:
    islet = MultiPolygon([box(146.0, 44.0, 146.001, 44.001)])
    far = MultiPolygon([box(10, 10, 11, 11)])
    found = zone(islet, far, breadth_m=10_000, window=WINDOW)
    assert area_km2(found) == pytest.approx(np.pi * 10.05**2, rel=0.01)
    assert len(found.geoms) == 1


def test_nothing_has_no_zone() -> None:
    with pytest.raises(GeoError, match="one of them is empty"):
        zone(MultiPolygon(), MultiPolygon([Polygon([(0, 0), (1, 0), (0, 1)])]), breadth_m=1, window=WINDOW)
