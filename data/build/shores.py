"""Builds shore_distances.csv: the islands, islets and capes against each other, and the shores of the straits.

Run from the project's folder, after land.py and after any change of the capes in places.csv or of straits.csv::

    PYTHONPATH=. python data/build/shores.py

A shore is that of the polygons, a cape its point of places.csv; every line is the geodesic between the nearest points.
"""

from __future__ import annotations

import csv
from itertools import combinations
from typing import Any

from collection import DATA
from lines import read_lands
from shapely.geometry import MultiPolygon

from geo.geometry.nearest_shore import Geodesic, between_points, between_shores, nearest_shores
from geo.geometry.points import LonLat
from geo.loading.dossier import lands_of
from geo.loading.geojson import read_features
from geo.model.fields import ISLANDS
from geo.model.nearness import ShoreDistance

Subject = MultiPolygon | LonLat


def subjects() -> tuple[dict[str, Subject], set[tuple[str, str]]]:
    """Return the islands, islets and capes with a position, and which cape is of which island."""
    lands = lands_of(read_features(DATA / "islands.geojson", ISLANDS, []))
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as file:
        capes = [row for row in csv.DictReader(file) if row["kind"] == "cape" and row["lon"]]
    points = {row["place_id"]: (float(row["lon"]), float(row["lat"])) for row in capes}
    return {**lands, **points}, {(row["island_id"], row["place_id"]) for row in capes}


def line(one: Subject, other: Subject) -> Geodesic | None:
    """Return the shortest line between two of them; nothing where they touch or one lies on the other."""
    if isinstance(one, MultiPolygon) and isinstance(other, MultiPolygon):
        return None if one.intersects(other) else between_shores(one, other)
    if isinstance(one, MultiPolygon):
        found = line(other, one)
        return found and between_points(found.to_point, found.from_point)
    if isinstance(other, MultiPolygon):
        found = nearest_shores(one, {"": other})[""]
        return found if found.km else None
    return between_points(one, other)


def main() -> None:
    """Measure every pair and write the table, the nearest first."""
    known, own = subjects()
    pairs = [pair for pair in combinations(known, 2) if pair not in own]
    with (DATA / "straits.csv").open(encoding="utf-8", newline="") as file:
        straits = [(row["from_id"], row["to_id"]) for row in csv.DictReader(file)]
    known |= {land: polygons for land, polygons in read_lands().items() if land not in known}
    pairs += [pair for pair in dict.fromkeys(straits) if pair not in pairs and pair[::-1] not in pairs]

    rows: list[list[Any]] = []
    for a, b in pairs:
        found = line(known[a], known[b])
        if found:
            ends = (*found.from_point, *found.to_point)
            rows.append([a, b, f"{found.km:.3f}", found.bearing_deg, *ends, "osm-land"])
    rows.sort(key=lambda row: float(row[2]))
    with (DATA / ShoreDistance.FILE).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([list(ShoreDistance.columns()), *rows])


if __name__ == "__main__":
    main()
