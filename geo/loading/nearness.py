"""How near an origin is to each island and islet: the origin is a place of the data, or any point on Earth."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from geo.errors import GeoError
from geo.geometry.nearest_shore import Geodesic, nearest_shores
from geo.geometry.points import LonLat, point_of
from geo.loading.dossier import Dossier
from geo.model.figures import PublishedDistance

# enough for every place and for the points that readers are looking at
_ORIGINS = 256
# metres in a degree of latitude, about
_DEGREE_M = 111_200.0


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near an origin a land is: computed, and as published where a figure was found.

    ``uncertainty_m`` is what the outline of the land and the position of the origin leave open.
    """

    computed: Geodesic
    published: PublishedDistance | None
    uncertainty_m: float


@lru_cache(maxsize=_ORIGINS)
def nearness(dossier: Dossier, origin: str) -> Mapping[str, Nearness]:
    """Return how near each island and islet is to an origin: the id of a place, or a point as "LATITUDE,LONGITUDE".

    An origin on a land is 0 km from it.

    Raises
    ------
    GeoError
        When the origin is neither a place with a position nor a point on Earth.
    """
    point = position_of(dossier, origin)
    computed = nearest_shores(point, dossier.lands)
    unsure = uncertainty_m(dossier, max(len(str(value).partition(".")[2]) for value in point))

    def near(subject: str, line: Geodesic) -> Nearness:
        return Nearness(line, dossier.published.get((origin, subject)), unsure if line.km else 0.0)

    return MappingProxyType({subject: near(subject, line) for subject, line in computed.items()})


def uncertainty_m(dossier: Dossier, decimals: int) -> float:
    """Return what a distance to a shore leaves open, in metres, about twice the standard deviation.

    Parameters
    ----------
    decimals
        How many decimals of a degree the position of the origin has.

    Notes
    -----
    The parts of ``accuracy.csv`` and half of the last decimal of the origin's position are taken as independent and
    added in squares (Joint Committee for Guides in Metrology 2008, Evaluation of measurement data, JCGM 100, section
    5.1.2). Whatever the outline does, the line itself is exact to less than a metre.
    """
    position = 0.5 * 10.0**-decimals * _DEGREE_M
    return math.hypot(position, *(part.metres for part in dossier.outline_errors))


def position_of(dossier: Dossier, origin: str) -> LonLat:
    """Return the longitude and latitude in degrees, EPSG:4326, of the id of a place or of "LATITUDE,LONGITUDE".

    Raises
    ------
    GeoError
        When it is neither a place with a position nor a point on Earth.
    """
    place = dossier.places.get(origin)
    lon, lat = (place.lon, place.lat) if place else point_of(origin) or (None, None)
    if lon is None or lat is None:
        raise GeoError("Distances start from a place with a position, or from a point as latitude, longitude.")
    return lon, lat
