"""The equidistance lines, measured by other means than they were made with, and the land around in areas."""

from __future__ import annotations

import importlib
import json
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box, shape
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError
from geo.geometry.equidistance import equidistance_line, shore_distances_m
from geo.geometry.shores import Array
from geo.paths import DATA

GEOD = Geod(ellps="WGS84")
LINES = ("hokkaido_islands", "iturup_urup")
NOSAPPU, KAIGARA = (145.81628, 43.38506), (145.8580, 43.3965)
AREAS = {
    *("hokkaido", "hokkaido_east", "honshu", "kamchatka", "mainland"),
    *("urup", "kurils_middle", "paramushir", "shumshu", "north_sakhalin", "south_sakhalin"),
}


def features(name: str) -> dict[str, Any]:
    return {f["id"]: f for f in json.loads((DATA / name).read_text("utf-8"))["features"]}


def polygons_of(geometry: BaseGeometry) -> MultiPolygon:
    return MultiPolygon([p for p in shapely.get_parts(geometry) if isinstance(p, Polygon)])


def drawn(line: dict[str, Any]) -> LineString:
    return LineString(line["geometry"]["coordinates"])


@pytest.fixture(scope="module")
def lines() -> dict[str, Any]:
    return features("lines.geojson")


@pytest.fixture(scope="module")
def around() -> dict[str, Any]:
    return features("context.geojson")


@pytest.fixture(scope="module")
def land(around: dict[str, Any]) -> dict[str, MultiPolygon]:
    return {i: polygons_of(shape(f["geometry"])) for i, f in (features("islands.geojson") | around).items()}


@pytest.fixture(scope="module")
def script() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(DATA / "build")
        return importlib.import_module("lines")


def square(west: float, south: float, side: float = 0.1) -> MultiPolygon:
    return MultiPolygon([box(west, south, west + side, south + side)])


def brute_force_m(points: Array, shore: Array) -> Array:
    """Measure to every point of a shore that a sphere does not rule out."""
    metres = []
    for lon, lat in points:
        x = np.radians(shore[:, 0] - lon) * np.cos(np.radians((shore[:, 1] + lat) / 2))
        rough = np.hypot(x, np.radians(shore[:, 1] - lat))
        near = shore[rough < rough.min() * 1.02]
        metres.append(min(GEOD.inv([lon] * len(near), [lat] * len(near), near[:, 0], near[:, 1])[2]))
    return np.array(metres)


@pytest.mark.parametrize("identifier", LINES)
def test_a_line_is_equally_far_from_both_shores(
    lines: dict[str, Any], land: dict[str, MultiPolygon], identifier: str
) -> None:
    line = drawn(lines[identifier])
    points = shapely.get_coordinates(line.interpolate(np.linspace(0, 1, 200), normalized=True))
    sides = lines[identifier]["properties"]["sides"]
    # a shore point every 30 m or so
    shores = [shapely.get_coordinates(shapely.segmentize(shapely.union_all([land[i] for i in s]), 3e-4)) for s in sides]
    metres = np.column_stack([brute_force_m(points, shore) for shore in shores])
    assert np.abs(metres[:, 0] - metres[:, 1]).max() < 50
    assert lines[identifier]["properties"]["max_difference_m"] < 50
    # what the project measures by itself is the same
    a, b = (MultiPolygon([p for i in side for p in land[i].geoms]) for side in sides)
    assert np.abs(shore_distances_m(line, a, b) - metres).max() < 1


@pytest.mark.parametrize("identifier", LINES)
def test_a_line_touches_no_land_and_ends_at_its_reach(
    lines: dict[str, Any], land: dict[str, MultiPolygon], identifier: str
) -> None:
    line, properties = drawn(lines[identifier]), lines[identifier]["properties"]
    assert line.is_simple
    assert not any(line.intersects(polygons) for polygons in land.values())
    ends = LineString([line.coords[0], line.coords[-1]])
    for side in properties["sides"]:
        shore = MultiPolygon([p for i in side for p in land[i].geoms])
        (start, _), (end, _) = shore_distances_m(ends, shore, shore, samples=2)
        assert (start, end) == pytest.approx((properties["reach_km"] * 1000,) * 2, rel=0.01)


def test_the_line_runs_from_the_sea_of_okhotsk_through_the_straits_to_the_pacific(lines: dict[str, Any]) -> None:
    line = drawn(lines["hokkaido_islands"])
    (_, north), (east, south) = line.coords[0], line.coords[-1]
    assert north > 44.6
    assert south < 43.1
    assert east > 145.9
    assert line.intersects(LineString([NOSAPPU, KAIGARA]))
    # Shiretoko to Kunashir, Notsuke to Kunashir's spit
    assert line.intersects(LineString([(145.33, 44.33), (146.13, 44.45)]))
    assert line.intersects(LineString([(145.34, 43.57), (145.55, 43.66)]))


def test_the_other_line_crosses_the_strait_between_iturup_and_urup(lines: dict[str, Any]) -> None:
    line = drawn(lines["iturup_urup"])
    assert line.intersects(LineString([(148.85, 45.48), (149.43, 45.58)]))
    assert 80 < GEOD.geometry_length(line) / 1000 < 120


@pytest.mark.parametrize("identifier", LINES)
def test_the_script_gives_the_shipped_line(
    script: ModuleType, lines: dict[str, Any], land: dict[str, MultiPolygon], identifier: str
) -> None:
    built = json.loads(json.dumps(script.line_feature(identifier, land)))
    built_at, shipped_at = (np.array(f["geometry"]["coordinates"]) for f in (built, lines[identifier]))
    # a last digit may fall otherwise on another processor
    np.testing.assert_allclose(built_at, shipped_at, rtol=0, atol=1.5e-5)
    built_as, shipped_as = built["properties"], dict(lines[identifier]["properties"])
    assert built_as.pop("max_difference_m") == pytest.approx(shipped_as.pop("max_difference_m"), abs=1)
    assert built_as == shipped_as


def test_the_file_of_lines_is_small_and_rounded(lines: dict[str, Any]) -> None:
    assert set(lines) == set(LINES)
    assert (DATA / "lines.geojson").stat().st_size < 30_000
    for line in lines.values():
        assert np.array_equal(np.round(line["geometry"]["coordinates"], 5), line["geometry"]["coordinates"])


def test_between_two_squares_on_one_parallel_lies_their_meridian() -> None:
    line = equidistance_line(square(146.0, 45.0), square(146.3, 45.0), reach_km=40)
    lon, lat = shapely.get_coordinates(line).T
    np.testing.assert_allclose(lon, 146.2, rtol=0, atol=1e-5)
    assert lat[0] > 45.35
    assert lat[-1] < 44.75
    assert np.all(np.diff(lat) < 0)


def test_the_sides_may_be_given_in_either_order() -> None:
    a, b = square(146.0, 45.0), square(146.25, 45.2, side=0.05)
    there, back = (equidistance_line(*sides, reach_km=30) for sides in ((a, b), (b, a)))
    assert there.hausdorff_distance(back) < 1e-4
    assert np.abs(np.diff(shore_distances_m(there, a, b))).max() < 20


def test_a_line_around_an_islet_closes() -> None:
    ring = polygons_of(box(145.5, 44.7, 146.5, 45.3).difference(box(145.7, 44.8, 146.3, 45.2)))
    islet = square(145.95, 44.95)
    line = equidistance_line(ring, islet, reach_km=40)
    assert Polygon(line.coords).contains(islet)
    assert not line.intersects(ring)


def test_an_islet_of_the_other_side_moves_the_line() -> None:
    west, east = square(146.0, 45.0), square(146.3, 45.0)
    islet = MultiPolygon([*east.geoms, box(146.2, 45.04, 146.21, 45.05)])
    line = equidistance_line(west, islet, reach_km=20)
    assert line.intersects(LineString([(146.1, 45.045), (146.2, 45.045)]))
    assert np.abs(np.diff(shore_distances_m(line, west, islet))).max() < 20


@pytest.mark.parametrize(
    ("a", "b", "reach_km", "said"),
    [
        (square(146.0, 45.0), square(146.05, 45.05), 40, "do not touch"),
        (square(146.0, 45.0), square(146.1, 45.0), 40, "do not touch"),
        (square(146.0, 45.0), MultiPolygon(), 40, "one of them is empty"),
        (square(146.0, 45.0), square(149.0, 45.0), 40, "more than 80 km apart"),
        (square(146.0, 45.0), square(146.3, 45.0), 0, "more than 0 km apart"),
    ],
    ids=["overlap", "shared edge", "empty", "far apart", "no reach"],
)
def test_lands_without_a_line_between_them_are_told(
    a: MultiPolygon, b: MultiPolygon, reach_km: float, said: str
) -> None:
    with pytest.raises(GeoError, match=said):
        equidistance_line(a, b, reach_km=reach_km)


def test_distances_need_a_line_and_two_lands() -> None:
    with pytest.raises(GeoError, match="one of them is empty"):
        shore_distances_m(LineString(), square(146.0, 45.0), square(146.3, 45.0))
    line = LineString([(146.2, 45.0), (146.2, 45.1)])
    found = shore_distances_m(line, square(146.0, 45.0), square(146.3, 45.0), samples=7)
    assert found.shape == (7, 2)
    _, _, metres = GEOD.inv(146.2, 45.05, 146.1, 45.05)
    assert found[3] == pytest.approx((metres, metres), abs=0.5)


def test_the_land_around_comes_in_the_areas_of_the_history(around: dict[str, Any]) -> None:
    assert set(around) == AREAS


def test_the_areas_do_not_overlap(land: dict[str, MultiPolygon]) -> None:
    for identifier, polygons in land.items():
        others = [other for i, other in land.items() if i > identifier]
        # the pieces of Hokkaido were thinned apart: their cut is not straight to the last digit
        assert all(shapely.area(shapely.intersection(polygons, other)) < 1e-9 for other in others), identifier


def test_sakhalin_is_cut_at_50_north_without_a_gap(around: dict[str, Any], land: dict[str, MultiPolygon]) -> None:
    north, south = land["north_sakhalin"], land["south_sakhalin"]
    assert north.bounds[1] == south.bounds[3] == 50.0
    assert (
        around["north_sakhalin"]["properties"]["clip"][1] == around["south_sakhalin"]["properties"]["clip"][3] == 50.0
    )
    cut = LineString([(141.0, 50.0), (145.0, 50.0)])
    edges = [shapely.intersection(shapely.boundary(part), cut) for part in (north, south)]
    assert edges[0].equals(edges[1])
    assert shapely.length(edges[0]) > 1
    assert shapely.length(shapely.intersection(north, south)) == pytest.approx(shapely.length(edges[0]))


@pytest.mark.parametrize(
    ("lon", "lat", "area"),
    [
        (149.99, 45.90, "urup"),
        (152.036, 46.968, "kurils_middle"),  # Simushir
        (154.75, 49.45, "kurils_middle"),  # Onekotan
        (155.83, 50.38, "paramushir"),
        (155.57, 50.86, "paramushir"),  # Atlasov
        (156.35, 50.75, "shumshu"),
        (142.74, 46.96, "south_sakhalin"),
        (142.95, 53.58, "north_sakhalin"),
        (142.8, 49.99, "south_sakhalin"),
        (142.8, 50.01, "north_sakhalin"),
    ],
)
def test_a_place_lies_in_its_area(land: dict[str, MultiPolygon], lon: float, lat: float, area: str) -> None:
    assert [i for i, polygons in land.items() if polygons.covers(Point(lon, lat))] == [area]
