"""The page: reads the View, draws the map, shows the panels. Run it with ``streamlit run dashboard.py``."""

from __future__ import annotations

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import streamlit as st

from geo import text
from geo.assets import Prepared, prepare
from geo.dossier import Dossier
from geo.errors import FaultyDataError, GeoError
from geo.layers import served_map, shown
from geo.messages import say
from geo.names import NAMINGS
from geo.rows import ISLANDS, IslandId
from geo.select import select
from geo.serve import PREFIX, answer_at_once, file_route
from geo.tables import DATA
from geo.view import View, from_query, to_query

# from the frame of the map component to the app's own files, under whatever base path the app runs
FILES = f"../..{PREFIX}/"
MAP_HEIGHT_PX = 560
STYLE = Path(text.__file__).parent / "web" / "page.css"


def ready() -> Prepared:
    """Give the checked data and the map's files; FOUR_ISLANDS_DATA names another data folder."""
    return prepare(Path(os.environ.get("FOUR_ISLANDS_DATA", DATA)))


def page() -> None:
    """Show the whole page once."""
    st.set_page_config(page_title=say("Four Islands"), page_icon="🗺️", layout="wide")
    st.html(STYLE)
    st.title(say("Four Islands"), anchor=False)
    try:
        prepared = ready()
    except FaultyDataError as error:
        first = error.faults[0]
        told = say("The data of this page has a fault, so nothing is drawn. {fault}", fault=first)
        st.error(text.for_markdown(told))
        return
    follow_link(prepared.dossier)
    explore(prepared)


def follow_link(dossier: Dossier) -> None:
    """Take the View from the address when the reader came by it: a link, or back and forward."""
    query = st.query_params.to_dict()
    # the address as this session last wrote it tells the reader's own change of it from ours
    if query == st.session_state.get("link"):
        return
    view, notes = from_query(query, dossier.origins)
    st.session_state.update(island=view.island, naming=view.naming, origin=view.origin, link=query)
    for note in notes:
        st.info(note)


@st.fragment
def explore(prepared: Prepared) -> None:
    """Show the controls, the map and the panels; a choice reruns only this."""
    view = controls(prepared.dossier)
    st.session_state.link = to_query(view)
    if st.query_params.to_dict() != st.session_state.link:
        st.query_params.from_dict(st.session_state.link)
    selection = select(prepared.dossier, view)
    # page.css lays the body out: beside each other on a wide screen, one below the other on a phone
    with st.container(key="body"):
        show_map(prepared, view)
        with st.container(key="panel"):
            st.html(text.panel(selection))
            st.html(text.positions(selection))
            if selection.view.island:
                st.html(text.figures(selection))
        with st.container(key="distances"):
            st.html(text.distances(selection))
        with st.container(key="excerpts"):
            st.html(text.excerpts(selection))


def controls(dossier: Dossier) -> View:
    """Show the three controls and give what they say; the map writes to the same ``island``."""
    naming = st.session_state.naming
    with st.container(horizontal=True, vertical_alignment="bottom"):
        island = st.segmented_control(
            say("Island"),
            ISLANDS,
            format_func=lambda i: text.brief_name(dossier, i, naming),
            key="island",
            wrap=True,
        )
        st.button(say("Clear"), on_click=choose, args=(None,), disabled=island is None, key="clear")
        labels = {"ja": "日本語", "ru": "Русский", "both": say("both")}
        chosen = st.segmented_control(
            say("Names"),
            NAMINGS,
            required=True,
            format_func=labels.__getitem__,
            key="naming",
            on_change=rename_origin,
        )
        origin = st.selectbox(
            say("Distances from"),
            dossier.origins,
            format_func=lambda o: text.brief_name(dossier, o, naming),
            key="origin",
            width="stretch",
        )
    return View(island=island, naming=chosen or naming, origin=origin)


def choose(island: IslandId | None) -> None:
    """Select an island, or none: the one way into the control's state from outside of it."""
    st.session_state.island = island


def rename_origin() -> None:
    """Send the origin again: a select box keeps showing the old name of its choice when only the names change."""
    st.session_state.origin = st.session_state.origin


def chosen_on_map() -> None:
    """Take over what was clicked on the map."""
    told = st.session_state.get("map") or {}
    choose(next((i for i in ISLANDS if i == told.get("island")), None))


def show_map(prepared: Prepared, view: View) -> None:
    """Draw the map: the base map never changes, what the reader chose travels beside it."""
    # imported here: outside of a run its frontend is not registered
    from streamlit_folium import st_folium  # noqa: PLC0415

    st_folium(
        served_map(prepared, FILES),
        key="map",
        height=MAP_HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        render=False,
        feature_group_to_add=shown(view, (st.session_state.get("map") or {}).get("click", 0)),
        on_change=chosen_on_map,
    )


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Read the data and load the libraries before the first reader comes."""
    with suppress(GeoError):  # the page says what is wrong
        ready()
    answer_at_once()
    # what was imported and read stays for good: no collection need look at it again
    gc.collect()
    gc.freeze()
    yield


def say_sorry(_: Exception) -> bool:
    """Show a fault of our own as one plain sentence; the server's log has the details."""
    st.error(say("Something went wrong on our side. Please load the page again."))
    return True


# Streamlit runs this file twice: imported by the server, which finds the routes in ``app``, and as
# ``__main__`` for each run of the page
if __name__ == "__main__":
    page()
else:
    files = file_route(ready, st.get_option("server.baseUrlPath"))
    app = st.App(Path(__file__), routes=[files], lifespan=lifespan, on_script_error=say_sorry)
