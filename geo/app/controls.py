"""The row of controls: which island, under which names, and from where distances run."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.app.press import follow_press
from geo.app.state import begin_fragment, choose, follow_choice, fragment
from geo.i18n import OWN_NAMES, PAGE_LANGUAGES, tr
from geo.map.assets import Prepared
from geo.model.fields import ISLANDS
from geo.model.names import NAMINGS
from geo.page.labels import brief_name


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
        dossier.origins,
        format_func=lambda o: brief_name(dossier, o, view.naming),
        key="origin",
        on_change=follow_choice,
    )
    follow_press(prepared, view, results)


def _rename_origin() -> None:
    """Send the origin again: a select box keeps showing the old name of its choice when only the names change."""
    st.session_state.origin = st.session_state.origin
    follow_choice()
