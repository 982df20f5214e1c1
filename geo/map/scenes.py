"""What the map shows in a scene: a perspective of today, or a dated state of the past."""

from __future__ import annotations

from typing import Any

from geo.i18n import tr
from geo.loading.dossier import Dossier
from geo.model.fields import PERSPECTIVES, AreaId, PerspectiveId
from geo.model.history import days_of_change, events_on, holders_on, limits_between
from geo.model.names import NAMINGS, Naming
from geo.page.labels import brief_name, perspective_names, state_names


def perspective_scenes(dossier: Dossier) -> dict[PerspectiveId, dict[str, Any]]:
    """Return by perspective its title, its strip in each naming, the fill of each area, and the limits it draws."""
    return {p: _perspective(dossier, p) for p in PERSPECTIVES}


def dated_scenes(dossier: Dossier) -> list[dict[str, Any]]:
    """Return the scene of each day on which the map of the past changes, in order; it holds until the next one.

    ``title`` is the event of the dated state that the day falls into, ``fills`` and ``holders`` say by area who held
    it (its id and the name of that time), ``borders`` which limits stand. Areas of which nothing is known are left out.
    """
    return [_dated(dossier, day) for day in days_of_change(dossier.history, dossier.events)]


def _dated(dossier: Dossier, day: str) -> dict[str, Any]:
    held = holders_on(dossier.history, day)
    fills = {area: h.holder for area, h in held.items()}
    title = next((e.title_en for e in events_on(dossier.events, day)), "")
    return {
        "day": day,
        "title": title,
        "strip": tr(
            "{event}. Colours show who controlled each area on that day, not who had the better title.", event=title
        ),
        "fills": fills,
        "borders": list(limits_between((line.boundary for line in dossier.lines), fills)),
        "holders": {area: h.holder_name_en for area, h in held.items()},
    }


def strip(dossier: Dossier, perspective: PerspectiveId, naming: Naming) -> str:
    """Return in one or two sentences what a perspective changes on the map."""
    if perspective == "administered":
        return tr(
            "As administered: Russia administers all four islands and Japan claims them. "
            "Both limits are dashed; the four keep patterns of their own."
        )
    state = state_names()[perspective]
    region = next(u for u in dossier.islands["iturup"].units[perspective] if u.level == "region")
    border = next(line.boundary for line in dossier.lines if perspective in line.boundary.drawn_in)
    between = [_side(dossier, side, naming) for side in (border.side_a, border.side_b)]
    told = tr(
        "{state}'s view: {state}'s territory ends between {one} and {other}; the four islands are part of {region}.",
        state=state,
        one=between[0],
        other=between[1],
        region=brief_name(dossier, region.unit_id, naming),
    )
    disputed = [state_names()[s] for s in dossier.perspectives[perspective]["iturup"].disputed_by]
    return " ".join([told, *(tr("{state} disputes this.", state=s) for s in disputed)])


def _side(dossier: Dossier, side: tuple[AreaId, ...], naming: Naming) -> str:
    if set(side) == set(dossier.islands):
        return tr("the four islands")
    return tr(", ").join(brief_name(dossier, area, naming) for area in side)


def _perspective(dossier: Dossier, perspective: PerspectiveId) -> dict[str, Any]:
    return {
        "title": perspective_names()[perspective],
        "strip": {naming: strip(dossier, perspective, naming) for naming in NAMINGS},
        "fills": {area: p.holder for area, p in dossier.perspectives[perspective].items()},
        "borders": [line.boundary.line_id for line in dossier.lines if perspective in line.boundary.drawn_in],
    }
