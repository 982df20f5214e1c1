"""What the sections of the page say: for one view, and for every view ahead, so that a browser can switch by itself."""

from __future__ import annotations

from typing import Any

from geo.i18n import date, tr
from geo.loading.dossier import Dossier
from geo.model.dates import first_day
from geo.model.fields import ISLANDS, IslandId
from geo.model.history import days_of_change
from geo.model.names import Naming
from geo.page import nearness, panels
from geo.page.labels import origin_label, zones_choices
from geo.page.selection import Selection, select
from geo.page.view import View

_ISLANDS: tuple[IslandId | None, ...] = (None, *ISLANDS)


def sections(dossier: Dossier, view: View) -> dict[str, str]:
    """Return by section what it says for a view, as HTML; ``panel`` is the answer beside the map."""
    selection = select(dossier, view)
    past = panels.history(_all_four(dossier, view), view.date) if view.date else ""
    figures = panels.figures(selection) if view.island else ""
    return {
        "panel": past + panels.answer(selection),
        "claims": panels.claims(selection),
        "arguments": panels.arguments(selection),
        "history": panels.events(select(dossier, View(naming=view.naming))),
        "distances": nearness.distances(_all_four(dossier, view)) + figures,
        "sea": nearness.sea(select(dossier, View(naming=view.naming)), all_pairs=False),
    }


def texts(dossier: Dossier, naming: Naming) -> dict[str, Any]:
    """Return in a naming all that the sections say for every island; "" stands for all four islands.

    What depends on the origin is in :func:`near_texts`. ``origins``, ``dates``, ``meanings`` and ``zones`` give by what
    a control shows the value that it stands for.
    """
    views = {island or "": View(island, naming) for island in _ISLANDS}
    selections = {island: select(dossier, view) for island, view in views.items()}
    return {
        "claims": {island: panels.claims(selection) for island, selection in selections.items()},
        "arguments": {island: panels.arguments(selection) for island, selection in selections.items()},
        "history": panels.events(select(dossier, View(naming=naming))),
        "figures": {island: panels.figures(selections[island]) for island in ISLANDS},
        "sea": nearness.sea(select(dossier, View(naming=naming)), all_pairs=True),
        "origins": {origin_label(dossier, o, naming): o for o in dossier.origins},
        "dates": {
            title: {"date": day or None, "day": first_day(day) if day else None, "date_label": date(day) if day else ""}
            for day, title in panels.date_names(dossier).items()
        },
        "zones": {name: value for value, name in zones_choices().items()},
        "meanings": {tr("not shown"): ""} | {m.definition.title_en: key for key, m in dossier.meanings.items()},
    }


def near_texts(dossier: Dossier, naming: Naming, origin: str) -> dict[str, Any]:
    """Return in a naming what the page says of an origin, a place or a point: the answer by island, and the distances.

    Raises
    ------
    GeoError
        When the origin is no place of the data and no point on Earth.
    """
    views = {island or "": View(island, naming, origin) for island in _ISLANDS}
    return {
        "answer": {island: panels.answer(select(dossier, view)) for island, view in views.items()},
        "distances": nearness.distances(select(dossier, View(None, naming, origin))),
    }


def past(dossier: Dossier, naming: Naming) -> list[dict[str, str]]:
    """Return in a naming what is known of each day on which the map of the past changes, as HTML, in order of days."""
    everything = select(dossier, View(naming=naming))
    return [
        {"day": day, "html": panels.history(everything, day)} for day in days_of_change(dossier.history, dossier.events)
    ]


def browser_view(view: View) -> dict[str, str | None]:
    """Return what the browser knows of a View: the choices that the map and the sections show, and the day's names."""
    label = date(view.date) if view.date else ""
    named = {
        "day": first_day(view.date) if view.date else None,
        "date_label": label,
    }
    chosen = {n: getattr(view, n) for n in ("island", "naming", "origin", "perspective", "date", "kuril", "zones")}
    return {**chosen, **named}


def _all_four(dossier: Dossier, view: View) -> Selection:
    return select(dossier, View(naming=view.naming, origin=view.origin))
