"""Which peaks stand above the sea horizon from an origin, and from which heights one looks out there."""

from __future__ import annotations

from dataclasses import dataclass

from geo.geometry.horizon import Sight, sight
from geo.geometry.points import LonLat
from geo.geometry.shores import GEOD
from geo.loading.dossier import Dossier
from geo.loading.nearness import position_of
from geo.model.figures import Fact
from geo.model.nearness import Lookout

# the eye of a grown person who stands at the water's edge
EYE_M = 1.7


@dataclass(frozen=True, slots=True)
class PeakSight:
    """How a peak stands over the horizon: one stated height, its geodesic distance, and the sight of each eye height.

    ``bearing_deg`` is the direction at the origin, clockwise from north.
    """

    fact: Fact
    km: float
    bearing_deg: float
    sights: tuple[Sight, ...]


def lookouts_at(dossier: Dossier, origin: str) -> tuple[Lookout, ...]:
    """Return the lookouts of a place, the lowest first; none of a point."""
    return tuple(sorted((o for o in dossier.lookouts if o.place_id == origin), key=lambda o: o.height_m))


def peaks_from(dossier: Dossier, origin: str, eyes_m: tuple[float, ...]) -> tuple[PeakSight, ...]:
    """Return each stated height of a peak as it is seen from heights over the sea at an origin, the nearest first.

    Peaks on the land on which a place itself lies are left out: they are not seen over the sea.

    Raises
    ------
    GeoError
        When the origin is neither a place with a position nor a point on Earth.
    """
    start = position_of(dossier, origin)
    own = dossier.places.get(origin)
    found = []
    for fact in (f for facts in dossier.facts.values() for f in facts if f.attribute == "elevation"):
        peak = dossier.places.get(fact.place_id)
        if peak is None or peak.lon is None or peak.lat is None or (own and own.island_id == peak.island_id):
            continue
        found.append(_sight(fact, start, (peak.lon, peak.lat), eyes_m))
    return tuple(sorted(found, key=lambda seen: (seen.km, seen.fact.fact_id)))


def _sight(fact: Fact, start: LonLat, peak: LonLat, eyes_m: tuple[float, ...]) -> PeakSight:
    bearing, _, metres = GEOD.inv(*start, *peak)
    # whoever stands on the summit itself sees it from no distance
    km = max(metres / 1000, 1e-3)
    return PeakSight(fact, km, bearing % 360, tuple(sight(km, fact.value, eye) for eye in eyes_m))
