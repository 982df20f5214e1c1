"""The page: reads the View, draws the map, shows the panels. Run it with ``streamlit run dashboard.py``."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from geo.app.browser import answer_in_browser
from geo.app.controls import controls, language_control
from geo.app.frontend import Frontend, warm
from geo.app.health import Counted, Metrics, health_routes
from geo.app.map_frame import map_frame
from geo.app.press import press
from geo.app.reuse import reuse
from geo.app.settings import (
    file_named,
    files_needed_ahead,
    load_prepared,
    load_press,
    named_sites,
    store_answers,
)
from geo.app.state import follow_link, language_asked, view_from_state
from geo.errors import FaultyDataError, GeoError
from geo.i18n import PAGE_LANGUAGES, language, speak, tr
from geo.map.assets import Prepared
from geo.map.origins import OwnSite
from geo.map.routes import disable_nagle, file_route, near_route
from geo.page import escaping, panels
from geo.page.prepared import sections

# the containers of the sections under the map, in order
SECTIONS = ("claims", "arguments", "history", "excerpts", "distances", "sea", "others", "glossary")


def page() -> None:
    """Show the whole page once."""
    speak(language_asked())
    st.set_page_config(page_title=tr("Four Islands"), page_icon="🗺️", layout="wide")
    # this run draws everything, for a reader who sees everything until the browser says otherwise
    st.session_state.update(stale=False, whole=True)
    st.html(panels.style())
    head = st.container(key="head", horizontal=True, vertical_alignment="center")
    head.title(tr("Four Islands"), anchor=False)
    try:
        prepared = load_prepared(language())
        load_press()
    except GeoError as error:
        first = error.faults[0] if isinstance(error, FaultyDataError) else error
        told = tr("The data of this page has a fault, so nothing is drawn. {fault}", fault=first)
        st.error(escaping.for_markdown(told))
        return
    follow_link(prepared.dossier)
    with head:
        language_control()
    lay_out(prepared)


def lay_out(prepared: Prepared) -> None:
    """Show the answer, the controls, the map and the sections, in this order; page.css says where each stands."""
    dossier = prepared.dossier
    said = sections(dossier, view_from_state())
    with st.container(key="body"):
        panel = st.container(key="panel")
        row = st.container(key="controls", horizontal=True, vertical_alignment="bottom")
        around_map = st.container(key="scene")
        browser = st.container(key="answering")
        st.html(panels.contents())
        taking = st.container(key="taking")
        rest = {key: st.container(key=key) for key in SECTIONS}
    with panel:
        st.html(said["panel"])
    with rest["excerpts"]:
        st.subheader(tr("What the press says"), anchor="press")
        results = st.empty()
    with around_map:
        map_frame(prepared)
    with browser:
        answer_in_browser(prepared, results)
    with row:
        controls(prepared, results)
    with rest["excerpts"]:
        press(prepared, results)
    with taking:
        reuse(prepared)
    unchanging = {"others": panels.others(dossier), "glossary": panels.words(dossier)}
    # a browser that answers by itself fills the sections from its own texts
    drawn = said if st.session_state.get("sections") else dict.fromkeys(said, panels.EMPTY)
    for key, markup in {**drawn, **unchanging}.items():
        if key in rest:
            rest[key].html(markup)
    st.session_state.whole = False


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Read the data and load the libraries before the first reader comes."""
    with suppress(GeoError):  # the page says what is wrong
        for each in PAGE_LANGUAGES:
            load_prepared(each)
        load_press()
    warm()
    disable_nagle()
    # what was imported and read stays for good: no collection need look at it again
    gc.collect()
    gc.freeze()
    yield


def show_internal_error(_: Exception) -> bool:
    """Show a fault of our own as one plain sentence; the server's log has the details."""
    st.error(tr("Something went wrong on our side. Please load the page again."))
    return True


# Streamlit runs this file twice: imported by the server, which finds the routes in ``app``, and as
# ``__main__`` for each run of the page
if __name__ == "__main__":
    page()
else:
    base = st.get_option("server.baseUrlPath")
    metrics = Metrics()
    # the route of the files would take every path below it
    app = st.App(
        Path(__file__),
        routes=[
            *health_routes(metrics, store_answers, base),
            near_route(load_prepared, base),
            file_route(file_named, base),
        ],
        middleware=[
            Middleware(Counted, metrics, base),
            Middleware(OwnSite, named_sites("FOUR_ISLANDS_ORIGINS"), named_sites("FOUR_ISLANDS_EMBEDDERS")),
            Middleware(Frontend, base, files_needed_ahead),
        ],
        lifespan=lifespan,
        on_script_error=show_internal_error,
    )
