"""What stands above the sea horizon: how much of a peak is seen from a height, with standard refraction."""

from __future__ import annotations

import math
from dataclasses import dataclass

from geo.errors import GeoError

# mean radius of the Earth, (2a + b) / 3 of WGS 84 (Moritz 2000, Geodetic Reference System 1980)
EARTH_RADIUS_M = 6_371_008.8
# coefficient of terrestrial refraction, the ray's curvature as a share of the Earth's: Gauss's mean value
# (Torge and Müller 2012, Geodesy, 4th edition, section 5.1.1)
REFRACTION = 0.13


@dataclass(frozen=True, slots=True)
class Sight:
    """How a peak stands over the sea horizon.

    Parameters
    ----------
    horizon_km
        How far the eye sees the sea.
    hidden_m
        How high a peak would have to be there for its summit to stand at the horizon; infinite from a quarter of the
        way round the Earth on.
    visible_m
        What is left of it; 0 when the whole peak is below the horizon.
    elevation_deg
        Angle of the summit over (or, negative, under) the sea horizon.
    """

    horizon_km: float
    hidden_m: float
    visible_m: float
    elevation_deg: float


def sight(distance_km: float, peak_m: float, eye_m: float, *, refraction: float = REFRACTION) -> Sight:
    """Return how much of a peak stands above the sea horizon.

    Parameters
    ----------
    distance_km
        Geodesic distance from the eye to the summit, above 0.
    peak_m, eye_m
        Heights over the sea in metres, from 0 on.
    refraction
        Share of the Earth's curvature by which light is bent, from 0 to below 1.

    Raises
    ------
    GeoError
        When a value is out of its range.

    Notes
    -----
    Geometry on a sphere whose radius is enlarged to R / (1 - k), on which refracted rays are straight (Torge and
    Müller 2012, Geodesy, section 5.1.1). From a height h the sea is seen to the arc s = R' arccos(R' / (R' + h)); at
    an arc d beyond it, R' (1 / cos((d - s) / R') - 1) metres are hidden. Waves, haze and land in between are left out;
    refraction over cold water often differs from the mean.
    """
    values = (distance_km, peak_m, eye_m, refraction)
    if not all(map(math.isfinite, values)) or distance_km <= 0 or peak_m < 0 or eye_m < 0 or not 0 <= refraction < 1:
        raise GeoError("A sight needs a distance above 0 km, heights from 0 m and a refraction from 0 to below 1.")
    radius = EARTH_RADIUS_M / (1 - refraction)
    arc = distance_km * 1000 / radius
    to_horizon = math.acos(radius / (radius + eye_m))
    beyond = max(0.0, arc - to_horizon)
    # from a quarter of the way round on, no height on Earth would be seen
    hidden = radius * (1 / math.cos(beyond) - 1) if beyond < math.pi / 2 else math.inf
    # from the eye, the angle of the summit over the horizontal, and of the horizon below it
    up, along = (radius + peak_m) * math.cos(arc) - (radius + eye_m), (radius + peak_m) * math.sin(arc)
    elevation = math.degrees(math.atan2(up, along) + to_horizon)
    return Sight(radius * to_horizon / 1000, hidden, max(0.0, peak_m - hidden), elevation)
