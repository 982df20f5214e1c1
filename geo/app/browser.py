"""What the page and its script in the browser tell each other."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.app.press import follow_press
from geo.app.settings import files_address
from geo.app.state import answer_alone, begin_fragment, fragment
from geo.i18n import tr
from geo.map.assets import Prepared
from geo.map.near import version
from geo.model.fields import ISLANDS
from geo.model.names import NAMINGS
from geo.page import panels
from geo.page.labels import section_names
from geo.page.prepared import browser_view
from geo.page.view import PERSPECTIVE_CHOICES


@fragment
def answer_in_browser(prepared: Prepared, results: DeltaGenerator) -> None:
    """Let the browser show each choice at once, from texts that it fetches ahead; without it the server answers."""
    component = st.components.v2.component("four_islands_page", js=panels.loader(), isolate_styles=False)
    view = begin_fragment()
    files = {key: f"{files_address()}{asset.name}" for key, asset in prepared.assets.items()}
    component(
        key="browser",
        data={
            "script": files["page.js"],
            "language": prepared.dossier.language,
            "live": bool(st.session_state.get("live")),
            "press": bool(st.session_state.get("press")),
            "epoch": st.session_state.epoch,
            "view": browser_view(view),
            "texts": {n: files[f"texts-{n}.json"] for n in NAMINGS},
            "near": f"{files_address()}near/{version(prepared.dossier)}/{prepared.dossier.language}",
            "past": {n: files[f"past-{n}.json"] for n in NAMINGS},
            "options": {"island": ISLANDS, "naming": NAMINGS, "perspective": PERSPECTIVE_CHOICES},
            "sections": [*section_names()],
            "heading": tr("On {date}", date="{date}"),
        },
        on_live_change=_take_over,
        on_press_change=_take_over,
    )
    follow_press(prepared, view, results)


def _take_over() -> None:
    """Note whether the browser answers choices by itself, and whether the press is seen."""
    told = st.session_state.browser
    st.session_state.live, st.session_state.press = bool(told.get("live")), bool(told.get("press"))
    if told.get("live") is False:
        answer_alone()
