"""The row of controls: which island, under which names, and from where distances run."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.app.press import follow_press
from geo.app.state import begin_fragment, choose, follow_choice, fragment, measure_from
from geo.errors import GeoError
from geo.geometry.points import written_point
from geo.i18n import OWN_NAMES, PAGE_LANGUAGES, tr
from geo.map.assets import Prepared
from geo.model.fields import ISLANDS
from geo.model.names import NAMINGS
from geo.page import escaping
from geo.page.labels import brief_name, origin_label
from geo.page.view import no_point


def language_control() -> None:
    """Show the languages of the page, each under its own name."""
    # with no visible label: the names say what the control is for
    st.segmented_control(
        tr("Language of the page"),
        PAGE_LANGUAGES,
        required=True,
        format_func=OWN_NAMES.__getitem__,
        key="language",
        label_visibility="collapsed",
        on_change=_take_all_anew,
    )


def _take_all_anew() -> None:
    # the browser takes over a View that did not come from itself, and with it the texts of the language
    st.session_state.epoch += 1


def controls(prepared: Prepared, results: DeltaGenerator) -> None:
    """Show the row; ``results`` is where quotations stand."""
    _place_controls(prepared, results)
    st.button(tr("Clear"), on_click=choose, args=(None,), key="clear")


@fragment
def _place_controls(prepared: Prepared, results: DeltaGenerator) -> None:
    """Show the controls; the map presses the same ``island``.

    Only the server knows the whole press, so its quotations follow here while they are seen.
    """
    view, dossier = begin_fragment(), prepared.dossier
    st.segmented_control(
        tr("Island"),
        ISLANDS,
        format_func=lambda i: brief_name(dossier, i, view.naming),
        key="island",
        on_change=follow_choice,
        wrap=True,
    )
    labels = {"ja": tr("Japanese"), "ru": tr("Russian"), "both": tr("both")}
    st.segmented_control(
        tr("Names"), NAMINGS, required=True, format_func=labels.__getitem__, key="naming", on_change=_rename_origin
    )
    st.selectbox(
        tr("Distances from"),
        # a point that was typed, clicked on the map or came with a link stands among the places while it is chosen
        [*dossier.origins, *([view.origin] if view.origin not in dossier.origins else [])],
        format_func=lambda o: origin_label(dossier, o, view.naming),
        key="origin",
        on_change=_change_origin,
        args=(view.origin, tuple(dossier.origins)),
        accept_new_options=True,
        placeholder=tr("A place, or latitude, longitude"),
    )
    if refused := st.session_state.pop("refused", ""):
        st.caption(escaping.for_markdown(refused))
    follow_press(prepared, view, results)


def _change_origin(before: str, places: tuple[str, ...]) -> None:
    """Take over an origin: a place, or a point that was typed; what is neither is refused, and the old one stays."""
    origin = st.session_state.origin
    if origin in places:
        follow_choice()
        return
    try:
        measure_from(written_point(origin or ""))
    except GeoError:
        st.session_state.update(origin=before, refused=no_point())


def _rename_origin() -> None:
    """Send the origin again: a select box keeps showing the old name of its choice when only the names change."""
    st.session_state.origin = st.session_state.origin
    follow_choice()
