"""What the page says of nearness: distances, what is seen over the sea, comparisons, travel, and the sea between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geo.geometry.nearest_shore import MILE_KM, NAUTICAL_MILE_KM
from geo.geometry.shores import GEOD
from geo.i18n import number, tr
from geo.loading.dossier import Dossier
from geo.loading.nearness import nearness
from geo.loading.sights import EYE_M, PeakSight, lookouts_at, peaks_from
from geo.model.fields import ISLANDS, IslandId
from geo.model.nearness import Comparison, ShoreDistance, Strait
from geo.page import charts, profile
from geo.page.panels import kept, render
from geo.page.selection import Selection

# a comparison is told when both distances differ by at most this share
_ALIKE = 0.25
_MINUTES = 60
# how many pairs of shores the server's own page lists
_NEAREST = 20
# names of the 16 winds, from north on, clockwise
_WINDS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")


@dataclass(frozen=True, slots=True)
class Likeness:
    """A well-known pair of places about as far from each other as an island from the origin."""

    comparison: Comparison
    km: float


@kept
def distances(selection: Selection) -> str:
    """Return how near everything is to the origin in view, what is seen from it, and how one gets there, as HTML."""
    dossier, origin = selection.dossier, selection.view.origin
    lookouts = lookouts_at(dossier, origin)
    heights = (EYE_M, *(o.height_m for o in lookouts))
    seen = peaks_from(dossier, origin, heights)
    near = nearness(dossier, origin)
    shown = [s for s in seen if any(sight.visible_m for sight in s.sights)]
    return render(
        "nearness/distances.html",
        selection,
        distances=selection.distances,
        origin=origin,
        is_point=origin not in dossier.places,
        places=dossier.places,
        to_scale=charts.to_scale(selection),
        people=charts.people(dossier, selection.view.naming),
        nautical_miles=lambda km: number(km / NAUTICAL_MILE_KM, 2, fixed=True),
        miles=lambda km: number(km / MILE_KM, 2, fixed=True),
        bearing=bearing_text,
        errors=dossier.outline_errors,
        lookouts=lookouts,
        lookout_kinds=lookout_kinds(),
        heights=heights,
        peaks=shown,
        hidden=list(dict.fromkeys(s.fact.place_id for s in seen if s not in shown)),
        profile=profile.over_the_sea(dossier, _best(shown), heights[-1], selection.view.naming) if shown else "",
        likenesses={island: dict(_likenesses(dossier, near[island].computed.km)) for island in ISLANDS},
        near=near,
        journeys=[t for t in dossier.travel if t.hours],
        speeds=[t for t in dossier.travel if t.speed_kmh],
        hours=hours_text,
        four=ISLANDS,
    )


@kept
def sea(selection: Selection, *, all_pairs: bool) -> str:
    """Return what is known of the sea: zones, straits, official texts, and shores against each other, as HTML.

    All pairs of islands, islets and capes, or only the nearest: the rest is for a browser that can sort them.
    """
    dossier = selection.dossier
    pairs = [d for d in dossier.shore_distances.values() if not around_names().keys() & {d.from_id, d.to_id}]
    zones = {(zone.lands, zone.miles): zone for zone in dossier.zones.values()}
    return render(
        "nearness/sea.html",
        selection,
        zones=zones,
        breadths=sorted({zone.miles for zone in dossier.zones.values()}),
        zone_names=zone_names(),
        strait_lines=[(s, _strait_line(dossier, s)) for s in dossier.straits],
        published={
            f.subject_id: f
            for s in dossier.straits
            for f in dossier.facts.get(s.place_id, ())
            if f.attribute == "width"
        },
        texts={state: [t for t in dossier.sea_texts if t.state == state] for state in ("jp", "ru")},
        subjects=sea_subjects(),
        name_of=lambda subject: around_names().get(subject, ""),
        grid=dict(_both_ways(dossier)),
        pairs=pairs if all_pairs else pairs[:_NEAREST],
        left_out=0 if all_pairs else len(pairs) - _NEAREST,
        four=ISLANDS,
        nautical_miles=lambda km: number(km / NAUTICAL_MILE_KM, 2, fixed=True),
        miles=lambda km: number(km / MILE_KM, 2, fixed=True),
        bearing=bearing_text,
        low_tide=[i for i, islet in dossier.islets.items() if islet.low_tide_elevation == "yes"],
    )


def bearing_text(degrees: float) -> str:
    """Return a direction in whole degrees with the nearest of the 16 winds."""
    winds = wind_names()
    return f"{number(round(degrees) % 360)}° {winds[round(degrees / (360 / len(winds))) % len(winds)]}"


def hours_text(hours: float) -> str:
    """Return hours as hours and minutes."""
    whole, minutes = divmod(round(hours * _MINUTES), _MINUTES)
    return tr("{hours} h {minutes} min", hours=number(whole), minutes=f"{minutes:02d}")


def wind_names() -> list[str]:
    """Return the names of the 16 winds, from north on, clockwise."""
    names = {
        "N": tr("N"), "NNE": tr("NNE"), "NE": tr("NE"), "ENE": tr("ENE"), "E": tr("E"), "ESE": tr("ESE"),
        "SE": tr("SE"), "SSE": tr("SSE"), "S": tr("S"), "SSW": tr("SSW"), "SW": tr("SW"), "WSW": tr("WSW"),
        "W": tr("W"), "WNW": tr("WNW"), "NW": tr("NW"), "NNW": tr("NNW"),
    }  # fmt: skip
    return [names[wind] for wind in _WINDS]


def lookout_kinds() -> dict[str, str]:
    """Return the names of the kinds of lookouts."""
    return {"lighthouse": tr("lighthouse"), "tower": tr("tower"), "hill": tr("hill")}


def zone_names() -> dict[int, str]:
    """Return the names of the zones by their breadth in nautical miles."""
    return {
        12: tr("Territorial sea, 12 nautical miles"),
        24: tr("Contiguous zone, up to 24 nautical miles"),
        200: tr("Up to 200 nautical miles"),
    }


def sea_subjects() -> dict[str, str]:
    """Return the names of what official texts on the sea are about."""
    return {
        "territorial_sea": tr("Territorial sea"),
        "contiguous_zone": tr("Contiguous zone"),
        "exclusive_economic_zone": tr("Exclusive economic zone"),
        "baselines": tr("Baselines"),
        "opposite_coasts": tr("Opposite coasts"),
    }


def around_names() -> dict[str, str]:
    """Return the names of the lands around that straits are measured to."""
    return {"hokkaido_east": tr("Hokkaido"), "urup": tr("Urup")}


def _best(shown: list[PeakSight]) -> PeakSight:
    return max(shown, key=lambda seen: seen.sights[-1].visible_m)


def _likenesses(dossier: Dossier, km: float) -> Iterator[tuple[str, Likeness]]:
    """Return by country the pair that is most nearly as far from each other, if any is about as far."""
    found: dict[str, Likeness] = {}
    for comparison in dossier.comparisons:
        one = Likeness(comparison, _apart_km(comparison))
        off = abs(one.km - km)
        best = found.get(comparison.country)
        if off <= _ALIKE * km and (best is None or off < abs(best.km - km)):
            found[comparison.country] = one
    yield from found.items()


def _apart_km(comparison: Comparison) -> float:
    ends = (comparison.from_lon, comparison.from_lat, comparison.to_lon, comparison.to_lat)
    return float(GEOD.inv(*ends)[2]) / 1000


def _strait_line(dossier: Dossier, strait: Strait) -> ShoreDistance:
    known = dossier.shore_distances
    return known.get((strait.from_id, strait.to_id)) or known[strait.to_id, strait.from_id]


def _both_ways(dossier: Dossier) -> Iterator[tuple[tuple[str, str], ShoreDistance]]:
    islands: set[IslandId] = set(ISLANDS)
    for (one, other), line in dossier.shore_distances.items():
        if {one, other} <= islands:
            yield (one, other), line
            yield (other, one), line
