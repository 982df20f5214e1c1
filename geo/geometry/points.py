"""A point on Earth, as numbers and as a reader writes it."""

from __future__ import annotations

import math
import re

from geo.errors import GeoError

# longitude and latitude in degrees, EPSG:4326
LonLat = tuple[float, float]

# latitude, longitude: a comma, a semicolon or a blank between
_POINT = re.compile(r"([+-]?\d{1,3}(?:\.\d{1,12})?)(?:\s{0,3}[,;]\s{0,3}|\s{1,3})([+-]?\d{1,3}(?:\.\d{1,12})?)")
_LONGEST = 64
# what a point is kept to: a hundred-thousandth of a degree is about a metre
_DECIMALS = 5


def checked_point(lon: float, lat: float) -> LonLat:
    """Return a point as longitude and latitude in degrees, or refuse it.

    Raises
    ------
    GeoError
        When a value is no finite number or lies outside of -180 to 180 and -90 to 90.
    """
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise GeoError("A point needs two numbers: latitude and longitude in degrees.")
    if abs(lat) > 90:  # noqa: PLR2004 - degrees
        raise GeoError(f"{lat:g} is no latitude: it lies between -90 and 90 degrees.")
    if abs(lon) > 180:  # noqa: PLR2004 - degrees
        raise GeoError(f"{lon:g} is no longitude: it lies between -180 and 180 degrees.")
    return float(lon), float(lat)


def point_of(origin: str) -> LonLat | None:
    """Return the longitude and latitude of an origin that is written as "LATITUDE,LONGITUDE"; None for any other text.

    Raises
    ------
    GeoError
        When the numbers are no latitude and longitude.
    """
    found = _POINT.fullmatch(origin.strip()[:_LONGEST])
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
