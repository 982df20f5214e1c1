"""Builds zones.geojson, the zones of the sea, from islands.geojson and context.geojson.

Run from the project's folder, after land.py::

    PYTHONPATH=. python data/build/zones.py

The zones are geometry from whole shores, not from straight baselines. No boundary was agreed along them, and none is
implied. The land is left in them: a map draws it on top.
"""

from __future__ import annotations

from typing import Any

import shapely
from collection import feature, write
from lines import join, read_lands
from shapely.geometry import MultiPolygon, box

from geo.geometry.zones import area_km2, reach, sea_of

NAUTICAL_MILE_M = 1852
MILES = (12, 24, 200)
# whose land, the four islands apart: these are what each side's zone is made of, whoever the four belong to
LANDS: dict[str, tuple[str, ...]] = {
    "four_islands": ("iturup", "kunashir", "shikotan", "habomai"),
    "japan": ("hokkaido", "hokkaido_east", "honshu"),
    "russia": (
        *("urup", "kurils_middle", "paramushir", "shumshu", "kamchatka"),
        *("south_sakhalin", "north_sakhalin", "mainland"),
    ),
}
# west, south, east, north in degrees: holds the whole reach of the four islands; the others are cut here
FRAME = (140.5, 39.5, 153.5, 49.0)
METHOD = "within so many nautical miles of the whole shore and nearer to it than to the others, on WGS 84"
# metres of thinning between vertices, in degrees
THINNED_DEGREES = 3e-5


def rounded(area: MultiPolygon) -> MultiPolygon:
    """Thin by some 3 m and round to 5 decimals, about a metre."""
    thin = shapely.make_valid(shapely.set_precision(shapely.simplify(area, THINNED_DEGREES), 1e-5))
    return shapely.orient_polygons(MultiPolygon([p for p in shapely.get_parts(thin) if p.geom_type == "Polygon"]))


def zone_feature(whose: str, miles: int, lands: dict[str, MultiPolygon]) -> dict[str, Any]:
    """Compute one zone and the area of its sea."""
    own = join(lands, LANDS[whose])
    others = join(lands, tuple(name for side, names in LANDS.items() if side != whose for name in names))
    reached = rounded(reach(own, others, breadth_m=miles * NAUTICAL_MILE_M, window=box(*FRAME)))
    sea = area_km2(sea_of(reached, own, others))
    return feature(
        f"{whose}-{miles}", reached, lands=whose, miles=miles, sea_km2=round(sea), whole=whose == "four_islands",
        method=METHOD,
    )  # fmt: skip


def main() -> None:
    """Build the file and print its hash."""
    lands = read_lands()
    write("zones.geojson", [zone_feature(whose, miles, lands) for miles in MILES for whose in LANDS])


if __name__ == "__main__":
    main()
