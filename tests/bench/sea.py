"""What the sea costs: all zones, how their cost grows with the vertices of the shores, and an origin asked for anew.

The zones are computed when the data are built, never while the page is served; an origin when a browser asks for it.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import shapely

ROOT = Path(__file__).resolve().parents[2]
# the project, and the scripts that build the data
sys.path += [str(ROOT), str(ROOT / "data" / "build")]

from lines import join, read_lands  # noqa: E402
from zones import FRAME, LANDS, MILES, NAUTICAL_MILE_M  # noqa: E402

from geo.geometry.points import written_point  # noqa: E402
from geo.geometry.zones import reach  # noqa: E402
from geo.loading.dossier import Dossier, load  # noqa: E402
from geo.map.near import near_file  # noqa: E402
from geo.map.routes import PREFIX  # noqa: E402

# how far apart the vertices of the shores are made, in degrees: finer and finer
_SPACINGS = (0.016, 0.008, 0.004, 0.002, 0.001)
_ORIGINS = 40


def costs(*, quick: bool) -> dict[str, Any]:
    """Return the seconds of each zone (quick: of the four islands' alone), their growth, and the cost of an origin."""
    lands = read_lands()
    zones = {
        f"{whose}-{miles}": _seconds(lands, whose, miles)
        for miles in MILES
        for whose in (["four_islands"] if quick else LANDS)
    }
    return {
        "zones_s": round(sum(zones.values()), 1),
        "zone_s": zones,
        **_growth(lands, _SPACINGS[: 3 if quick else None]),
        **_origins(load()),
    }


def _seconds(lands: dict[str, shapely.MultiPolygon], whose: str, miles: int) -> float:
    own = join(lands, LANDS[whose])
    others = join(lands, tuple(name for side, names in LANDS.items() if side != whose for name in names))
    begun = time.perf_counter()
    reach(own, others, breadth_m=miles * NAUTICAL_MILE_M, window=shapely.box(*FRAME))
    return round(time.perf_counter() - begun, 2)


def _growth(lands: dict[str, shapely.MultiPolygon], spacings: tuple[float, ...]) -> dict[str, Any]:
    """Return how the cost of the territorial sea of the four grows with the vertices of their shores."""
    steps = []
    for spacing in spacings:
        made = {n: shapely.segmentize(shapely.simplify(land, spacing / 8), spacing) for n, land in lands.items()}
        vertices = sum(shapely.get_num_coordinates(made[name]) for name in LANDS["four_islands"])
        steps.append({"vertices": int(vertices), "s": _seconds(made, "four_islands", 12)})
    logs = np.log([[step["vertices"], step["s"]] for step in steps])
    slope = float(np.polyfit(logs[:, 0], logs[:, 1], 1)[0])
    return {"growth": steps, "growth_exponent": round(slope, 2)}


def _origins(dossier: Dossier) -> dict[str, Any]:
    """Return how long a point takes that nobody has asked for before, and one that is kept."""
    random = np.random.default_rng(13)
    drawn = zip(random.uniform(41, 46, _ORIGINS), random.uniform(140, 150, _ORIGINS), strict=True)
    points = [written_point(f"{lat:.5f},{lon:.5f}") for lat, lon in drawn]
    taken: dict[str, list[float]] = {"new": [], "kept": []}
    size = 0
    for point in points:
        for times in taken.values():
            begun = time.perf_counter()
            found = near_file(dossier, "both", point)
            times.append((time.perf_counter() - begun) * 1000)
            size = max(size, len(found[1]) if found else 0)
    middle = {f"origin_{kind}_ms": round(statistics.median(times), 2) for kind, times in taken.items()}
    late = {"origin_new_p95_ms": round(statistics.quantiles(taken["new"], n=20)[-1], 1)}
    return {**middle, **late, "origin_gzipped_bytes": size, "route": f"{PREFIX}/near/…"}


if __name__ == "__main__":
    print(json.dumps(costs(quick="--quick" in sys.argv[1:]), indent=1, ensure_ascii=False))
