"""Prepared files and a View as one folium map: the only room that loads folium and branca."""

from __future__ import annotations

from typing import Any

import folium
from branca.element import MacroElement
from jinja2 import Template

from geo.i18n import date, tr
from geo.map.assets import BREADTHS, Prepared
from geo.model.dates import first_day
from geo.page.escaping import script_json
from geo.page.view import View

# the frame of the first view: all four islands and the Nemuro peninsula, [south, west], [north, east]
FIRST_VIEW = ((43.15, 144.35), (45.65, 149.0))
# Sakhalin and the whole Kuril chain
WIDE_VIEW = ((42.2, 139.5), (54.6, 158.5))
FILES = ("islands.geojson", "context.geojson", "drawing.json")
# what of a View changes the map
_CHOICES = ("island", "naming", "origin", "perspective", "date", "kuril", "zones")


class ServedMap(folium.Map):
    """A folium map that loads Leaflet and its own scripts from this app and nothing from elsewhere.

    streamlit-folium takes its script and puts it into a page of its own.
    """

    # class attributes of the subclass: folium's own lists are shared by every map in the process
    default_js: list[tuple[str, str]] = []  # noqa: RUF012  the type folium declares
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def render(self, **_: object) -> str:
        """Render nothing: what folium writes around the script costs ten times the script and is not used."""
        return ""


class ServedGroup(folium.FeatureGroup):
    """The changing part of a ServedMap, likewise."""

    def render(self, **_: object) -> str:
        """Render nothing."""
        return ""


class FourIslands(MacroElement):
    """Draws land, islands, labels and cards with geo/map/static/map.js.

    Parameters
    ----------
    config
        What ``fourIslands.mount`` takes: addresses of the files, frames of the views, and what to say if it fails.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "fourIslands.mount({{ this._parent.get_name() }}, {{ this.config }});"
        "{% endmacro %}"
    )

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's
        self._name = "FourIslands"
        self.config = script_json(config)


class Shown(MacroElement):
    """Tells a drawn map what the reader chose; the only thing that is sent on a rerun."""

    _template = Template("{% macro script(this, kwargs) %}fourIslands.show({{ this.state }});{% endmacro %}")

    def __init__(self, view: View, answered: int, point: dict[str, Any] | None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's
        self._name = "Shown"
        label = date(view.date) if view.date else ""
        chosen = {name: getattr(view, name) for name in _CHOICES}
        day = first_day(view.date) if view.date else None
        self.state = script_json({**chosen, "day": day, "date_label": label, "answered": answered, "measured": point})


def served_map(prepared: Prepared, base: str) -> folium.Map:
    """Make the base map for the page; it is the same for every view and session.

    Parameters
    ----------
    base
        Address of the folder of the files, relative to the frame the map is shown in.
    """
    urls = {key: base + asset.name for key, asset in prepared.assets.items()}

    (south, west), (north, east) = FIRST_VIEW
    drawn = ServedMap(
        location=((south + north) / 2, (west + east) / 2),
        zoom_start=7,
        tiles=None,
        zoom_snap=0.25,
        min_zoom=4,
        max_zoom=14,
        max_bounds=True,
        min_lat=38,
        max_lat=57,
        min_lon=134,
        max_lon=165,
        attributionControl=False,
        zoom_animation=False,
    )
    drawn.default_js = [("frame", urls["frame.js"])]
    drawn.default_css = [("leaflet", urls["leaflet.css"]), ("four_islands", urls["map.css"])]
    zones = {str(miles): urls[f"zones-{miles}.json"] for miles in BREADTHS}
    drawn.add_child(FourIslands({**_config(), "urls": {key: urls[key] for key in FILES}, "zones": zones}))
    return drawn


def shown(view: View, answered: int, point: dict[str, Any] | None = None) -> folium.FeatureGroup:
    """Make the part of the map that changes with the reader's choice.

    Parameters
    ----------
    answered
        Number of the newest click on the map that this answers.
    point
        What is drawn for an origin that is no place; see :func:`geo.map.near.measured`.
    """
    group = ServedGroup(name="shown")
    group.add_child(Shown(view, answered, point))
    return group


def _config() -> dict[str, Any]:
    failed = tr("The map could not be loaded; the list and the tables are complete without it.")
    return {"first_view": FIRST_VIEW, "wide_view": WIDE_VIEW, "failed": failed}
