"""The land itself: areas, points inside and outside, and what the islands must not touch."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
import shapely
from pyproj import Geod
from shapely.geometry import MultiPolygon, Point, Polygon

from geo.errors import DataError
from geo.loading.dossier import Dossier
from geo.loading.geojson import Feature, read_features
from geo.loading.nearness import nearness
from geo.model.fields import ISLANDS, WINDOW, IslandId
from geo.paths import DATA

GEOD = Geod(ellps="WGS84")
with (Path(__file__).parent / "points.csv").open(encoding="utf-8", newline="") as file:
    POINTS = [(float(r["lon"]), float(r["lat"]), r["island"], r["what"]) for r in csv.DictReader(file)]


def area_km2(land: MultiPolygon | Polygon) -> float:
    return abs(float(GEOD.geometry_area_perimeter(land)[0])) / 1e6


def habomai_parts() -> list[tuple[str, Polygon]]:
    faults: list[DataError] = []
    features: tuple[Feature, ...] = read_features(DATA / "islands.geojson", ISLANDS, faults)
    assert not faults
    habomai = next(f for f in features if f.identifier == "habomai")
    return list(zip(habomai.properties["islets"], habomai.land.geoms, strict=True))


@pytest.mark.parametrize(
    ("island", "official_km2"), [("iturup", 3167.74), ("kunashir", 1489.91), ("shikotan", 250.57), ("habomai", 94.84)]
)
def test_an_island_with_its_islets_has_its_official_area(
    dossier: Dossier, island: IslandId, official_km2: float
) -> None:
    assert area_km2(dossier.islands[island].land) == pytest.approx(official_km2, rel=0.01)


@pytest.mark.parametrize("island", ["iturup", "kunashir", "shikotan"])
def test_the_main_island_alone_has_the_area_that_the_page_gives(dossier: Dossier, island: IslandId) -> None:
    main_only = [f.value for f in dossier.islands[island].facts if f.definition_en.startswith("main island only")]
    assert area_km2(max(dossier.islands[island].land.geoms, key=area_km2)) == pytest.approx(main_only[0], rel=0.01)
    assert len(main_only) == 1


@pytest.mark.parametrize(
    ("islet", "official_km2"),
    [("suisho", 12.13), ("akiyuri", 2.11), ("yuri", 9.90), ("shibotsu", 58.33), ("taraku", 10.91)],
)
def test_an_islet_has_its_official_area(dossier: Dossier, islet: str, official_km2: float) -> None:
    computed = sum(area_km2(polygon) for identifier, polygon in habomai_parts() if identifier == islet)
    assert computed == pytest.approx(official_km2, rel=0.05)
    assert dossier.islets[islet].area_km2 == pytest.approx(official_km2, abs=0.05)


@pytest.mark.parametrize(("lon", "lat", "island", "what"), POINTS, ids=[p[3] for p in POINTS])
def test_a_point_lies_on_its_island_and_on_no_other(
    dossier: Dossier, lon: float, lat: float, island: str, what: str
) -> None:
    found = [i.island_id for i in dossier.islands.values() if i.land.covers(Point(lon, lat))]
    assert found == ([island] if island else []), what


def test_the_points_cover_every_island_and_every_islet(dossier: Dossier) -> None:
    counted = Counter(island for _, _, island, _ in POINTS)
    assert all(counted[island] >= 3 for island in ISLANDS)
    assert set(dossier.islets) <= {what for _, _, _, what in POINTS}


def test_every_islet_stands_on_its_own_polygon(dossier: Dossier) -> None:
    for islet in dossier.islets.values():
        at = Point(islet.lon, islet.lat)
        assert [i for i, polygon in habomai_parts() if polygon.covers(at)] == [islet.islet_id]


def test_no_island_touches_hokkaido_or_any_other_land(dossier: Dossier) -> None:
    for island in dossier.islands.values():
        others = [i.land for i in dossier.islands.values() if i is not island] + [
            land for _, land, *_ in dossier.context
        ]
        assert not any(shapely.intersects(island.land, other) for other in others)
    assert {f.identifier for f in dossier.context} >= {"hokkaido", "hokkaido_east"}


def test_kunashirs_southern_spit_is_there(dossier: Dossier) -> None:
    _, south, _, _ = dossier.islands["kunashir"].land.bounds
    assert south < 43.655
    assert nearness(dossier, "nosappu")["kunashir"].computed.km < 40  # 44 without the spit


def test_kaigara_is_there_as_a_low_tide_elevation(dossier: Dossier) -> None:
    (kaigara,) = [polygon for islet, polygon in habomai_parts() if islet == "kaigara"]
    assert 0 < area_km2(kaigara) < 0.01
    assert dossier.islets["kaigara"].low_tide_elevation == "yes"
    assert [i for i, islet in dossier.islets.items() if islet.low_tide_elevation == "yes"] == ["kaigara"]


def test_land_is_sound_wound_as_rfc_7946_asks_and_inside_the_window(dossier: Dossier) -> None:
    west, south, east, north = WINDOW
    for land in [*(i.land for i in dossier.islands.values()), *(land for _, land, *_ in dossier.context)]:
        assert land.is_valid
        assert all(polygon.exterior.is_ccw for polygon in land.geoms)
        assert shapely.box(west, south, east, north).covers(land)


def test_an_islands_label_stands_nearest_to_its_own_island(dossier: Dossier) -> None:
    for island in dossier.islands.values():
        at = Point(island.anchor.lon, island.anchor.lat)
        assert min(dossier.islands, key=lambda i: at.distance(dossier.islands[i].land)) == island.island_id
