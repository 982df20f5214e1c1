"""The map's frame, and the folded controls of what it draws: whose view, which day, which meaning of Kuril."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from geo.app.settings import load_prepared
from geo.app.state import begin_fragment, choose, follow_choice, fragment, measure_from
from geo.errors import GeoError
from geo.geometry.points import written_point
from geo.i18n import date, tr
from geo.map.assets import Prepared
from geo.map.folium_map import served_map, shown
from geo.map.near import measured
from geo.map.routes import PREFIX
from geo.model.fields import ISLANDS
from geo.page import panels
from geo.page.labels import perspective_names, zones_choices
from geo.page.selection import choices
from geo.page.view import PERSPECTIVE_CHOICES, View, is_in_history

# from the frame of the map component to the app's own files, under whatever base path the app runs
FRAME_FILES = f"../..{PREFIX}/"
MAP_HEIGHT_PX = 520


@fragment
def map_frame(prepared: Prepared) -> None:
    """Show the map, and whose view, which day and which meaning of Kuril it draws."""
    view, dossier = begin_fragment(), prepared.dossier
    with st.popover(tr("View and date"), key="tools"):
        st.segmented_control(
            tr("Whose view"),
            PERSPECTIVE_CHOICES,
            required=True,
            format_func=perspective_names().__getitem__,
            key="perspective",
            disabled=bool(view.date),
            help=tr(
                "Choose whose borders and administrative divisions the map uses for today. "
                "Past dates always show actual control."
            ),
            on_change=follow_choice,
        )
        states = panels.date_names(dossier)
        st.selectbox(
            tr("Date on the map"),
            # a link may name a day between two of them
            [*states, *([view.date] if view.date and view.date not in states else [])],
            format_func=lambda d: states.get(d) or date(d),
            key="date",
            on_change=follow_choice,
        )
        st.selectbox(
            tr("What “Kuril” covers"),
            ["", *dossier.meanings],
            format_func=lambda m: dossier.meanings[m].definition.title_en if m else tr("not shown"),
            key="kuril",
            on_change=follow_choice,
        )
        zones = zones_choices()
        st.selectbox(
            tr("Zones of the sea"),
            [*zones],
            format_func=zones.__getitem__,
            key="zones",
            help=tr("Computed from the whole shore, not from straight baselines; they show no agreed boundary."),
            on_change=follow_choice,
        )
    _show_map(prepared, view)


def _show_map(prepared: Prepared, view: View) -> None:
    """Draw the map: the base map never changes, what the reader chose travels beside it."""
    # imported here: outside of a run its frontend is not registered
    from streamlit_folium import st_folium  # noqa: PLC0415

    st_folium(
        served_map(prepared, FRAME_FILES),
        key="map",
        height=MAP_HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        render=False,
        feature_group_to_add=shown(
            view,
            (st.session_state.get("map") or {}).get("click", 0),
            measured(prepared.dossier, view.origin, view.naming),
        ),
        on_change=_take_over,
    )


def _take_over() -> None:
    """Take over what was clicked on the map."""
    told = st.session_state.get("map") or {}
    if not st.session_state.get("live"):
        choose(next((i for i in ISLANDS if i == told.get("island")), None))
    origin = told.get("origin")
    if isinstance(origin, str) and origin != st.session_state.origin:
        with suppress(GeoError):  # the map tells points as they are kept
            measure_from(written_point(origin))
    day = told.get("date")
    st.session_state.date = (
        day if isinstance(day, str) and is_in_history(day, choices(load_prepared().dossier).first_day) else ""
    )
