"""Builds islands.geojson and context.geojson from the OpenStreetMap land polygons.

Run from the project's folder, after ``pip install -r data/build/requirements.txt``::

    python data/build/land.py

The source is the land layer inside the package roaring-landmask 0.11.0 (OpenStreetMap of about August 2024).
Every repair is a named function below; the same input gives the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import struct
import sys

import numpy as np
import shapely
from collection import DATA, SOURCE_SHA256, feature, polygons_of, write
from pyproj import Geod
from roaring_landmask import LandmaskProvider, Shapes
from shapely.geometry import MultiPolygon, Point, Polygon, box

GEOD = Geod(ellps="WGS84")

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees, EPSG:4326

WINDOW: Bounds = (138.5, 41.0, 160.5, 55.0)
# the order matters: kunashir's box reaches into the others and into Hokkaido, so it takes what is left
ISLAND_BOXES: dict[str, Bounds] = {
    "iturup": (146.7, 44.38, 149.0, 45.7),
    "shikotan": (146.5, 43.66, 147.0, 43.95),
    "habomai": (145.85, 43.3, 146.5, 43.7),
    "kunashir": (145.37, 43.63, 146.65, 44.6),
}
# what lies in none of these, and is no continent, is Hokkaido
LAND_BOXES: dict[str, Bounds] = {
    "urup": (149.05, 41.0, 150.65, 46.3),
    "shumshu": (156.18, 50.6, 156.56, 50.9),
    # with Atlasov/Alaid and Antsiferov/Shirinki to its west
    "paramushir": (154.9, 49.95, 156.3, 51.0),
    "kurils_middle": (149.05, 41.0, 155.3, 50.0),
    # only rocks along its shore, too small to draw: Kamchatka itself is cut from the mainland
    "kamchatka": (155.3, 50.0, 165.0, 55.0),
    "sakhalin": (141.0, 45.7, 149.05, 55.0),
    "mainland": (130.0, 45.7, 141.0, 55.0),
    "honshu": (130.0, 30.0, 142.2, 41.35),
}
CONTINENT_DEGREES2 = 1_000
# where Sakhalin was divided from 1905 to 1945
FIFTY_NORTH = 50.0
EAST_HOKKAIDO: Bounds = (144.75, 42.95, 145.85, 44.40)
# larger than any of the four: Hokkaido, whose inside point may fall into kunashir's box
ISLAND_DEGREES2 = 1
SMALLEST_ISLET_M2 = 1_000
# a low-tide elevation with a lighthouse, the nearest claimed land to Hokkaido: kept whatever its size
KAIGARA = Point(145.8580, 43.3965)
# islets that are groups themselves: every polygon within so many km of their point belongs to them
GROUP_REACH_KM = {"harukari": 2.2, "todo": 5.0}
POINT_TOLERANCE_KM = 0.1
PRECISION_DEGREES = 1e-5
# thinning of the land around, in degrees, and the smallest polygon kept there, in km2
COARSE = {
    "hokkaido": (0.004, 0.5),
    # 50 to 80 m: a line is computed from this shore
    "urup": (0.0007, 0.005),
    "kurils_middle": (0.003, 0.2),
    "paramushir": (0.003, 0.2),
    "shumshu": (0.003, 0.2),
    "sakhalin": (0.008, 3.0),
    "kamchatka": (0.008, 3.0),
    "mainland": (0.012, 10.0),
    "honshu": (0.008, 3.0),
}


def read_source() -> bytes:
    """Read the land layer and stop when it is not the recorded one."""
    data: bytes = Shapes.wkb(LandmaskProvider.Osm)
    found = hashlib.sha256(data).hexdigest()
    if found != SOURCE_SHA256:
        sys.exit(f"the land layer has SHA-256 {found}, expected {SOURCE_SHA256}")
    return data


def polygons_touching(wkb: bytes, window: Bounds) -> list[Polygon]:
    """Stream a little-endian WKB MultiPolygon and keep the polygons whose box touches the window."""
    west, south, east, north = window
    _, _, count = struct.unpack_from("<BII", wkb)
    offset, kept = 9, []
    for _ in range(count):
        start = offset
        _, _, rings = struct.unpack_from("<BII", wkb, offset)
        offset += 9
        touches = False
        for ring in range(rings):
            (points,) = struct.unpack_from("<I", wkb, offset)
            offset += 4
            if ring == 0:
                xy = np.frombuffer(wkb, dtype="<f8", count=2 * points, offset=offset).reshape(points, 2)
                (x0, y0), (x1, y1) = xy.min(axis=0), xy.max(axis=0)
                touches = bool(x1 > west and x0 < east and y1 > south and y0 < north)
            offset += 16 * points
        if touches:
            kept.append(wkb[start:offset])
    return list(shapely.from_wkb(kept))


def fill_lakes(polygon: Polygon) -> Polygon:
    """Fill the holes: the official areas count lakes as part of the island."""
    return Polygon(polygon.exterior)


def area_m2(polygon: Polygon) -> float:
    """Geodesic area on WGS 84 in square metres."""
    return abs(float(GEOD.geometry_area_perimeter(polygon)[0]))


def distance_km(a: Point, b: Point) -> float:
    """Geodesic distance on WGS 84 in kilometres."""
    return float(GEOD.inv(a.x, a.y, b.x, b.y)[2]) / 1000


def round_and_mend(geometry: MultiPolygon) -> MultiPolygon:
    """Round to the precision, make valid, and wind the rings as RFC 7946 asks."""
    rounded = shapely.set_precision(shapely.make_valid(geometry), PRECISION_DEGREES)
    return polygons_of(shapely.orient_polygons(polygons_of(rounded), exterior_cw=False))


def split_islands(land: list[Polygon]) -> tuple[dict[str, list[Polygon]], list[Polygon]]:
    """Assign each polygon to an island by a point inside it; return the islands and the rest."""
    islands: dict[str, list[Polygon]] = {island: [] for island in ISLAND_BOXES}
    rest: list[Polygon] = []
    for polygon in land:
        inside = polygon.representative_point()
        home = next((i for i, b in ISLAND_BOXES.items() if box(*b).contains(inside)), None)
        if home is None or shapely.area(polygon) > ISLAND_DEGREES2:
            rest.append(polygon)
        elif area_m2(polygon) >= SMALLEST_ISLET_M2 or polygon.contains(KAIGARA):
            islands[home].append(fill_lakes(polygon))
    return islands, rest


def islet_of(polygon: Polygon, points: dict[str, Point]) -> str:
    """Name the islet a polygon of the Habomai group belongs to, or "" for the unnamed rocks."""
    for islet, point in points.items():
        reach = GROUP_REACH_KM.get(islet, 0.0)
        if reach and distance_km(point, polygon.representative_point()) <= reach:
            return islet
        nearest = shapely.get_point(shapely.shortest_line(polygon, point), 0)
        if not reach and distance_km(nearest, point) <= POINT_TOLERANCE_KM:
            return islet
    return ""


def islet_points() -> dict[str, Point]:
    """Read the islets' points from the table that the page uses."""
    with (DATA / "islets.csv").open(encoding="utf-8", newline="") as table:
        return {row["islet_id"]: Point(float(row["lon"]), float(row["lat"])) for row in csv.DictReader(table)}


def thin(polygons: list[Polygon], *, window: Bounds, tolerance: float, smallest_km2: float) -> MultiPolygon:
    """Clip to a window, thin, and drop what is too small to see."""
    clipped = shapely.clip_by_rect(np.array([shapely.make_valid(p) for p in polygons]), *window)
    thinned = shapely.simplify(shapely.union_all(clipped), tolerance)
    parts = [fill_lakes(p) for p in shapely.get_parts(thinned) if p.geom_type == "Polygon"]
    return MultiPolygon([p for p in parts if area_m2(p) >= smallest_km2 * 1e6])


def name_of_land(polygon: Polygon) -> str:
    """Tell which piece of the land around a polygon is."""
    if shapely.area(polygon) > CONTINENT_DEGREES2:
        return "mainland"
    inside = polygon.representative_point()
    return next((name for name, bounds in LAND_BOXES.items() if box(*bounds).contains(inside)), "hokkaido")


def land_around(rest: list[Polygon]) -> dict[str, tuple[MultiPolygon, Bounds]]:
    """Group the land around the four islands, East Hokkaido in detail and the rest thinned."""
    groups: dict[str, list[Polygon]] = {name: [] for name in COARSE}
    for polygon in rest:
        groups[name_of_land(polygon)].append(polygon)
    groups["kamchatka"] = groups["mainland"]
    windows = dict.fromkeys(COARSE, WINDOW)
    windows["kamchatka"] = (155.0, 50.0, WINDOW[2], WINDOW[3])
    windows["mainland"] = (WINDOW[0], WINDOW[1], 146.0, WINDOW[3])
    around: dict[str, tuple[MultiPolygon, Bounds]] = {}
    for name, (tolerance, smallest) in COARSE.items():
        around[name] = (
            thin(groups[name], window=windows[name], tolerance=tolerance, smallest_km2=smallest),
            windows[name],
        )
    coarse, _ = around["hokkaido"]
    around["hokkaido"] = (polygons_of(coarse.difference(box(*EAST_HOKKAIDO))), EAST_HOKKAIDO)
    detail = thin(groups["hokkaido"], window=EAST_HOKKAIDO, tolerance=0.0, smallest_km2=0.001)
    around["hokkaido_east"] = (detail, EAST_HOKKAIDO)
    sakhalin, window = around.pop("sakhalin")
    return around | cut_at_50_north(sakhalin, window)


def cut_at_50_north(sakhalin: MultiPolygon, window: Bounds) -> dict[str, tuple[MultiPolygon, Bounds]]:
    """Cut Sakhalin where the line of 1905 to 1945 ran, after thinning, so that both parts share their edge."""
    west, south, east, north = window
    parts = {"north_sakhalin": (west, FIFTY_NORTH, east, north), "south_sakhalin": (west, south, east, FIFTY_NORTH)}
    return {name: (polygons_of(sakhalin.intersection(box(*part))), part) for name, part in parts.items()}


def main() -> None:
    """Build both files and print their hashes."""
    islands, rest = split_islands(polygons_touching(read_source(), WINDOW))
    points = islet_points()
    features = []
    for island in ("iturup", "kunashir", "shikotan", "habomai"):
        largest_first: list[Polygon] = sorted(islands[island], key=area_m2, reverse=True)
        geometry = round_and_mend(MultiPolygon(largest_first))
        # the list of islets runs beside the polygons, whatever their order
        parts = {"islets": [islet_of(p, points) for p in geometry.geoms]} if island == "habomai" else {}
        features.append(feature(island, geometry, **parts))
    write("islands.geojson", features)
    around = [
        feature(name, round_and_mend(geometry), clip=list(clip)) for name, (geometry, clip) in land_around(rest).items()
    ]
    write("context.geojson", sorted(around, key=lambda f: str(f["id"])))


if __name__ == "__main__":
    main()
