"""How near an origin is to each island and islet: the origin is a place of the data, or any point on Earth."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from geo.errors import GeoError
from geo.geometry.nearest_shore import Geodesic, LonLat, checked_point, nearest_shores
from geo.loading.dossier import Dossier
from geo.model.figures import PublishedDistance

# latitude, longitude: a comma, a semicolon or a blank between
_POINT = re.compile(r"([+-]?\d{1,3}(?:\.\d{1,12})?)(?:\s{0,3}[,;]\s{0,3}|\s{1,3})([+-]?\d{1,3}(?:\.\d{1,12})?)")
# what a point is kept to: a hundred-thousandth of a degree is about a metre
_DECIMALS = 5
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


def point_of(origin: str) -> LonLat | None:
    """Return the longitude and latitude of an origin that is written as "LATITUDE,LONGITUDE"; None for any other text.

    Raises
    ------
    GeoError
        When the numbers are no latitude and longitude.
    """
    found = _POINT.fullmatch(origin.strip()[:64])
    return checked_point(float(found[2]), float(found[1])) if found else None


def written_point(origin: str) -> str:
    """Return a point in the one way in which it is kept: latitude and longitude, a comma between, 5 decimals at most.

    Raises
    ------
    GeoError
        When it is no point on Earth.
    """
    point = point_of(origin)
    if point is None:
        raise GeoError("A point is written as latitude, longitude in degrees, such as 43.33, 145.58.")
    return ",".join(f"{round(value, _DECIMALS) + 0.0:.{_DECIMALS}f}".rstrip("0").rstrip(".") for value in point[::-1])


@lru_cache(maxsize=_ORIGINS)
def nearness(dossier: Dossier, origin: str) -> Mapping[str, Nearness]:
    """Return how near each island and islet is to an origin: the id of a place, or a point as "LATITUDE,LONGITUDE".

    An origin on a land is 0 km from it.

    Raises
    ------
    GeoError
        When the origin is neither a place with a position nor a point on Earth.
    """
    point, decimals = _position(dossier, origin)
    computed = nearest_shores(point, dossier.lands)
    return MappingProxyType(
        {
            subject: Nearness(
                line, dossier.published.get((origin, subject)), uncertainty_m(dossier, decimals) if line.km else 0.0
            )
            for subject, line in computed.items()
        }
    )


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


def _position(dossier: Dossier, origin: str) -> tuple[LonLat, int]:
    place = dossier.places.get(origin)
    point = (place.lon, place.lat) if place else point_of(origin) or (None, None)
    lon, lat = point
    if lon is None or lat is None:
        raise GeoError("Distances start from a place with a position, or from a point as latitude, longitude.")
    return (lon, lat), max(len(str(value).partition(".")[2]) for value in (lon, lat))
