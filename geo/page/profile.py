"""The curve of the sea between an eye and a peak, drawn as a picture with its text."""

from __future__ import annotations

import math

from markupsafe import Markup

from geo.geometry.horizon import EARTH_RADIUS_M, REFRACTION
from geo.i18n import number, tr
from geo.loading.dossier import Dossier
from geo.loading.sights import PeakSight
from geo.model.names import Naming
from geo.page.charts import Drawing
from geo.page.labels import brief_name, km_text
from geo.page.palette import FILLS, LINES

_WIDTH, _HEIGHT = 640, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 60.0, 34.0, 26.0
_POINTS = 60


def over_the_sea(dossier: Dossier, seen: PeakSight, eye_m: float, naming: Naming) -> Markup:
    """Return the sea's curve with the line of sight that grazes it, and how much of a peak stands above that line.

    Parameters
    ----------
    seen
        The peak; the last of its sights is the one from the eye.
    eye_m
        Height of the eye over the sea in metres.

    Notes
    -----
    The sea is drawn as the parabola x^2 / 2R' over the tangent at the horizon, R' being the radius of the Earth divided
    by (1 - k), so that the line of sight is straight; within 300 km it leaves the circle by less than a metre.
    """
    sight, peak_m, km = seen.sights[-1], seen.fact.value, seen.km
    radius_km = EARTH_RADIUS_M / 1000 / (1 - REFRACTION)

    def drop_m(at_km: float) -> float:
        return (at_km - sight.horizon_km) ** 2 / (2 * radius_km) * 1000

    highest = max(peak_m - drop_m(km), eye_m - drop_m(0), 1.0)
    lowest = max(drop_m(0), drop_m(km))
    scale_x, scale_y = (_WIDTH - _LEFT - _RIGHT) / km, (_HEIGHT - _TOP - _BOTTOM) / (highest + lowest)

    def x(at_km: float) -> float:
        return _LEFT + scale_x * at_km

    def y(over_tangent_m: float) -> float:
        return _TOP + scale_y * (highest - over_tangent_m)

    drawn = Drawing(_HEIGHT)
    places = [km * i / _POINTS for i in range(_POINTS + 1)]
    curve = " L".join(f"{x(p):.1f} {y(-drop_m(p)):.1f}" for p in places)
    floor = _HEIGHT - _BOTTOM + 10
    drawn.add("path", d=f"M{x(0):.1f} {floor} L{curve} L{x(km):.1f} {floor} Z", fill="#9cc3de", stroke="#5b8fb5")
    foot, horizon, top = y(-drop_m(km)), y(0), y(peak_m - drop_m(km))
    wide = max(14.0, min(40.0, scale_x * km / 8))
    island = dossier.places[seen.fact.place_id].island_id
    colour = FILLS[island].colour if island else LINES["ink"]
    _mountain(drawn, x(km), foot, top, wide=wide, cut=min(foot, max(top, horizon)), colour=colour)
    # the line of sight is level in this picture; the eye is drawn where it stands
    drawn.add(
        "line", x1=x(0), y1=y(eye_m - drop_m(0)), x2=x(km), y2=horizon, stroke=LINES["accent"], stroke_dasharray="5 4"
    )
    drawn.add("circle", cx=x(0), cy=y(eye_m - drop_m(0)), r=4, fill=LINES["accent"])
    name = brief_name(dossier, seen.fact.place_id, naming)
    texts = {
        "eye": tr("eye {eye} m", eye=number(eye_m, 1)),
        "peak": f"{name} {number(peak_m)} m",
        "far": f"{km_text(km)} km",
        "visible": tr("{metres} m above the horizon", metres=number(round(sight.visible_m))),
    }
    drawn.add("text", texts["eye"], x=4, y=_HEIGHT - 6)
    drawn.add("text", texts["far"], x=_WIDTH / 2, y=_HEIGHT - 6, text_anchor="middle")
    drawn.add("text", texts["peak"], x=_WIDTH - 4, y=14, text_anchor="end")
    drawn.add("text", texts["visible"], x=_WIDTH - 4, y=28, text_anchor="end")
    told = tr(
        "Seen from {eye} m over the sea, {peak}, {km} km away: {hidden} m of it are below the horizon, "
        "{visible} m above. Heights are drawn {times} times too large.",
        eye=number(eye_m, 1),
        peak=texts["peak"],
        km=km_text(km),
        hidden=number(round(sight.hidden_m)),
        visible=number(round(sight.visible_m)),
        times=number(max(1, round(scale_y * 1000 / scale_x))),
    )
    return drawn.image(told)


def _mountain(  # noqa: PLR0913 - a shape and where it is cut
    drawn: Drawing, x: float, foot: float, top: float, *, wide: float, cut: float, colour: str
) -> None:
    """Draw a peak as a triangle: grey below the line of sight, in its colour above."""
    share = 0.0 if math.isclose(foot, top) else (cut - top) / (foot - top)
    half = wide / 2
    drawn.add("path", d=f"M{x - half:.1f} {foot:.1f} L{x:.1f} {top:.1f} L{x + half:.1f} {foot:.1f} Z", fill="#b8b8b8")
    drawn.add(
        "path",
        d=f"M{x - half * share:.1f} {cut:.1f} L{x:.1f} {top:.1f} L{x + half * share:.1f} {cut:.1f} Z",
        fill=colour,
    )
