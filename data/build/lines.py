"""Builds lines.geojson, the equidistance lines, from islands.geojson and context.geojson.

Run from the project's folder, after land.py::

    PYTHONPATH=. python data/build/lines.py

The lines are geometry between shores. No boundary was agreed along them, and none is implied.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import shapely
from collection import DATA, feature, polygons_of, write
from shapely.geometry import LineString, MultiPolygon, shape

from geo.geometry.equidistance import equidistance_line, shore_distances_m

# the land on either side of each line; a cut between two pieces of one land goes when they are joined
SIDES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "hokkaido_islands": (("hokkaido", "hokkaido_east"), ("iturup", "kunashir", "shikotan", "habomai")),
    "iturup_urup": (("iturup",), ("urup",)),
}
# how far the lines reach out on either sea
REACH_KM = 50.0
METHOD = "equidistance line (UNCLOS, article 15) on WGS 84 between the whole shores of the polygons; no agreed boundary"
CHECKED_POINTS = 1_000


def read_lands() -> dict[str, MultiPolygon]:
    """Read the land of both files by its id."""
    lands = {}
    for name in ("islands.geojson", "context.geojson"):
        for entry in json.loads((DATA / name).read_text("utf-8"))["features"]:
            lands[entry["id"]] = polygons_of(shape(entry["geometry"]))
    return lands


def join(lands: dict[str, MultiPolygon], names: tuple[str, ...]) -> MultiPolygon:
    """Join pieces of land to one, so that the edges between them are shore no more."""
    return polygons_of(shapely.union_all([lands[name] for name in names]))


def round_line(line: LineString) -> LineString:
    """Round to 5 decimals, about a metre."""
    return LineString(np.round(shapely.get_coordinates(line), 5))


def line_feature(identifier: str, lands: dict[str, MultiPolygon]) -> dict[str, Any]:
    """Compute one line and how far its two distances differ at most."""
    sides = SIDES[identifier]
    a, b = (join(lands, names) for names in sides)
    line = round_line(equidistance_line(a, b, reach_km=REACH_KM))
    metres = shore_distances_m(line, a, b, CHECKED_POINTS)
    difference = round(float(np.abs(metres[:, 0] - metres[:, 1]).max()), 1)
    return feature(identifier, line, sides=sides, method=METHOD, reach_km=REACH_KM, max_difference_m=difference)


def main() -> None:
    """Build the file and print its hash."""
    lands = read_lands()
    write("lines.geojson", [line_feature(identifier, lands) for identifier in SIDES])


if __name__ == "__main__":
    main()
