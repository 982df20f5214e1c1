"""The page: reads the View, draws the map, shows the panels. Run it with ``streamlit run dashboard.py``."""

from __future__ import annotations

import gc
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, fields
from functools import partial
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.delta_generator import DeltaGenerator

from geo.errors import FaultyDataError, GeoError
from geo.i18n import date, tr
from geo.loading.dossier import Dossier
from geo.map.assets import Prepared, prepare
from geo.map.folium_map import FILES, served_map, shown
from geo.map.origins import OwnSite
from geo.map.routes import PREFIX, disable_nagle, file_route
from geo.model.dates import PartialDate
from geo.model.fields import ISLANDS, IslandId
from geo.model.names import NAMINGS
from geo.news.model import BatchResult
from geo.news.search.facets import Facets
from geo.page import escaping, panels
from geo.page.labels import brief_name, language_names, perspective_names, section_names
from geo.page.prepared import browser_view, sections
from geo.page.press import MOST_SHOWN, Press, answer, open_press, own_quotations
from geo.page.selection import choices, select
from geo.page.view import (
    KINDS,
    LANGUAGE_CHOICES,
    LONGEST_WORDS,
    PERSPECTIVE_CHOICES,
    Choices,
    View,
    from_query,
    is_in_history,
    to_query,
)
from geo.paths import DATA, STORE

# from the frame of the map component to the app's own files, under whatever base path the app runs
FRAME_FILES = f"../..{PREFIX}/"
MAP_HEIGHT_PX = 520
FIRST_QUOTATIONS = 5
# the containers of the sections under the map, in order
SECTIONS = ("claims", "arguments", "history", "excerpts", "distances", "others", "glossary")


def data_folder() -> Path:
    """Return the data folder; FOUR_ISLANDS_DATA names another."""
    return Path(os.environ.get("FOUR_ISLANDS_DATA", DATA))


def load_prepared() -> Prepared:
    """Return the checked data and the map's files."""
    return prepare(data_folder())


def load_press() -> Press:
    """Open the excerpts that are shipped and those of the store; FOUR_ISLANDS_STORE names another store."""
    return open_press(data_folder(), Path(os.environ.get("FOUR_ISLANDS_STORE", STORE)))


def named_sites(variable: str) -> tuple[str, ...]:
    """Return the origins that an environment variable names, blanks between them."""
    return tuple(os.environ.get(variable, "").split())


def files_address() -> str:
    """Return the address of the folder of the app's own files on this server."""
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"{'/' if base else ''}{base}{PREFIX}/"


def all_choices(dossier: Dossier) -> Choices:
    """Return what the reader can choose, the press included."""
    facets = load_press().facets
    return choices(dossier, facets.publishers, facets.countries)


def page() -> None:
    """Show the whole page once."""
    st.set_page_config(page_title=tr("Four Islands"), page_icon="🗺️", layout="wide")
    # this run draws everything, for a reader who sees everything until the browser says otherwise
    st.session_state.update(stale=False, whole=True)
    st.html(panels.style())
    st.title(tr("Four Islands"), anchor=False)
    try:
        prepared = load_prepared()
        load_press()
    except GeoError as error:
        first = error.faults[0] if isinstance(error, FaultyDataError) else error
        told = tr("The data of this page has a fault, so nothing is drawn. {fault}", fault=first)
        st.error(escaping.for_markdown(told))
        return
    follow_link(prepared.dossier)
    lay_out(prepared)


def lay_out(prepared: Prepared) -> None:
    """Show the answer, the controls, the map and the sections, in this order; page.css says where each stands."""
    dossier = prepared.dossier
    said = sections(dossier, view_from_state())
    with st.container(key="body"):
        panel = st.container(key="panel")
        controls = st.container(key="controls", horizontal=True, vertical_alignment="bottom")
        around_map = st.container(key="scene")
        browser = st.container(key="answering")
        st.html(panels.contents())
        rest = {key: st.container(key=key) for key in SECTIONS}
    with panel:
        st.html(said["panel"])
    with rest["excerpts"]:
        st.subheader(tr("What the press says"), anchor="press")
        results = st.empty()
    with around_map:
        scene(prepared)
    with browser:
        answer_in_browser(prepared, results)
    with controls:
        place_controls(prepared, results)
        st.button(tr("Clear"), on_click=choose, args=(None,), key="clear")
    with rest["excerpts"]:
        press(prepared, results)
    unchanging = {"others": panels.others(dossier), "glossary": panels.words(dossier)}
    for key, markup in {**said, **unchanging}.items():
        if key in rest:
            rest[key].html(markup)
    st.session_state.whole = False


def follow_link(dossier: Dossier) -> None:
    """Take the View from the address when the reader came by it: a link, or back and forward."""
    query = st.query_params.to_dict()
    # the address as this session last wrote it tells the reader's own change of it from ours
    if query == st.session_state.get("link"):
        return
    view, notes = from_query(query, all_choices(dossier))
    # the browser takes over each View that did not come from itself
    st.session_state.epoch = st.session_state.get("epoch", 0) + 1
    # a select box has no empty choice: "" stands for today, and for no meaning
    chosen = {**asdict(view), "date": view.date or "", "kuril": view.kuril or ""}
    st.session_state.update(chosen, link=query, limit=FIRST_QUOTATIONS)
    for note in notes:
        st.info(note)


def view_from_state() -> View:
    """Return what the reader chose, as the controls hold it."""
    chosen = {f.name: st.session_state[f.name] for f in fields(View)}
    return View(**{**chosen, "date": chosen["date"] or None, "kuril": chosen["kuril"] or None})


@st.fragment
def place_controls(prepared: Prepared, results: DeltaGenerator) -> None:
    """Show what to look at, under which names, and from where distances run; the map presses the same ``island``.

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
    labels = {"ja": "日本語", "ru": "Русский", "both": tr("both")}
    st.segmented_control(
        tr("Names"), NAMINGS, required=True, format_func=labels.__getitem__, key="naming", on_change=rename_origin
    )
    st.selectbox(
        tr("Distances from"),
        dossier.origins,
        format_func=lambda o: brief_name(dossier, o, view.naming),
        key="origin",
        on_change=follow_choice,
    )
    if is_press_seen():
        results.html(quotations(prepared, view))


@st.fragment
def scene(prepared: Prepared) -> None:
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
            help=tr("Whose border, units and words the map shows today. On a day of the past it shows who held what."),
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
    show_map(prepared, view)


def begin_fragment() -> View:
    """Return the View and write it into the address; where the server answers alone, a choice reruns the whole page."""
    if st.session_state.get("stale"):
        st.rerun()
    view = view_from_state()
    remember(view)
    return view


@st.fragment
def answer_in_browser(prepared: Prepared, results: DeltaGenerator) -> None:
    """Let the browser show each choice at once, from texts that it fetches ahead; without it the server answers."""
    component = st.components.v2.component("four_islands_page", js=panels.loader(), isolate_styles=False)
    view = view_from_state()
    files = {key: f"{files_address()}{asset.name}" for key, asset in prepared.assets.items()}
    component(
        key="browser",
        data={
            "script": files["page.js"],
            "live": bool(st.session_state.get("live")),
            "press": bool(st.session_state.get("press")),
            "epoch": st.session_state.epoch,
            "view": browser_view(view),
            "texts": {n: files[f"texts-{n}.json"] for n in NAMINGS},
            "past": {n: files[f"past-{n}.json"] for n in NAMINGS},
            "options": {"island": ISLANDS, "naming": NAMINGS, "perspective": PERSPECTIVE_CHOICES},
            "sections": [*section_names()],
            "ahead": [files[key] for key in FILES],
            "heading": tr("On {date}", date="{date}"),
        },
        on_live_change=take_over,
        on_press_change=take_over,
    )
    if is_press_seen():
        results.html(quotations(prepared, view))


def take_over() -> None:
    """Note whether the browser answers choices by itself, and whether the press is seen."""
    told = st.session_state.browser
    st.session_state.live, st.session_state.press = bool(told.get("live")), bool(told.get("press"))


def is_press_seen() -> bool:
    """Return whether the quotations are to be sent: they are on the screen, as all sections are without the browser.

    A run of the whole page sends them too; a fragment may write only where it has written then.
    """
    return any((not st.session_state.get("live"), st.session_state.get("press"), st.session_state.whole))


def follow_choice() -> None:
    """Let a choice rerun the whole page where the server answers alone; else the browser has shown it already."""
    st.session_state.stale = not st.session_state.get("live")


@st.fragment
def press(prepared: Prepared, results: DeltaGenerator) -> None:
    """Ask the press; a search or a filter reruns only this."""
    with st.container(key="ask", horizontal=True, vertical_alignment="bottom"):
        st.text_input(tr("Search the quotations"), key="words", max_chars=LONGEST_WORDS, on_change=reset_result_limit)
        # what nobody has opened is not sent: a click on the map pays for every control
        with st.popover(tr("Filter"), key="filter", on_change="rerun") as filters:
            if filters.open:
                press_filters(load_press().facets)
    view = begin_fragment()
    results.html(quotations(prepared, view))
    if st.session_state.get("own"):
        st.button(tr("Remove these files"), on_click=forget_own, key="forget")
    # page.css hides it where nothing more is to be shown
    st.button(tr("Show more"), on_click=show_more, key="more")
    with st.expander(tr("Add articles of your own"), key="adding", on_change="rerun") as adding:
        if adding.open:
            st.file_uploader(
                tr("Text, HTML, Markdown, PDF, JSON Lines, CSV, RSS, Atom or WARC; read here and kept to this session"),
                accept_multiple_files=True,
                key="files",
                on_change=read_own,
            )


def quotations(prepared: Prepared, view: View) -> str:
    """Return what the press says of the islands in view, a reader's own files before it, as HTML."""
    selection = select(prepared.dossier, view)
    found = answer(load_press(), view, st.session_state.limit)
    own: BatchResult | None = st.session_state.get("own")
    from_own = panels.own_press(selection, own, own_quotations(own.quoted, view)) if own else ""
    return from_own + panels.press(selection, found)


def press_filters(facets: Facets) -> None:
    """Show which quotations are wanted: language, kind, publisher, country and dates."""
    anything = tr("any")
    kinds = {"": anything, "named": tr("names the island"), "group": tr("speaks of the islands together")}
    offered: dict[str, tuple[str, Sequence[str], Mapping[str, str]]] = {
        "language": (tr("Language"), LANGUAGE_CHOICES, language_names()),
        "kind": (tr("Mention"), KINDS, kinds),
        "publisher": (tr("Publisher"), ("", *facets.publishers), {}),
        "country": (tr("Country of publisher"), ("", *facets.countries), {}),
    }
    dates = {"since": tr("From (year, month or day)"), "until": tr("Until (year, month or day)")}
    # a control that is not shown forgets its value, so what was asked stands beside it under the name of the filter
    unread: dict[str, str] = st.session_state.get("unread", {})
    for name in (*offered, *dates):
        st.session_state[f"asked_{name}"] = unread.get(name) or st.session_state[name]
    for name, (label, known, names) in offered.items():
        st.selectbox(
            label,
            known,
            format_func=partial(name_of, {"": anything, **names}),
            key=f"asked_{name}",
            on_change=apply_filter,
            args=(name,),
        )
    for name, label in dates.items():
        st.text_input(
            label, key=f"asked_{name}", placeholder="2021-04", max_chars=10, on_change=apply_filter, args=(name,)
        )
        if name in unread:
            st.caption(tr("This is no date, so it is not asked for. Write 2021, 2021-04 or 2021-04-27."))
    since, until = st.session_state.since, st.session_state.until
    if since and until and PartialDate.parse(since).first_day > PartialDate.parse(until).last_day:
        st.caption(tr("The first date is after the second, so no quotation can fit both."))


def name_of(names: Mapping[str, str], value: str) -> str:
    """Return a value's name, or the value."""
    return names.get(value, value)


def apply_filter(name: str) -> None:
    """Take over a filter; a date that is none asks for nothing, and its text stays to be mended."""
    value = st.session_state[f"asked_{name}"].strip()
    is_read = name not in {"since", "until"} or not value or PartialDate.is_valid(value)
    unread = {k: v for k, v in st.session_state.get("unread", {}).items() if k != name}
    st.session_state.unread = unread if is_read else {**unread, name: value}
    st.session_state[name] = value if is_read else ""
    reset_result_limit()


def reset_result_limit() -> None:
    """Begin the list of quotations anew."""
    st.session_state.limit = FIRST_QUOTATIONS


def show_more() -> None:
    """Lengthen the list of quotations, up to what one page can show."""
    st.session_state.limit = min(2 * st.session_state.limit, MOST_SHOWN)


def read_own() -> None:
    """Read the reader's own files; what they say stays with this session."""
    # loaded when first used: no reader should wait for what reads files
    from geo.news.uploads import read_uploads  # noqa: PLC0415

    files = st.session_state.files
    uploads = ((file.name, file) for file in files)
    st.session_state.own = read_uploads(uploads, data_folder()) if files else None


def forget_own() -> None:
    """Drop the reader's own files."""
    st.session_state.own = None


def remember(view: View) -> None:
    """Write the View into the address."""
    st.session_state.link = to_query(view)
    if st.query_params.to_dict() != st.session_state.link:
        st.query_params.from_dict(st.session_state.link)


def choose(island: IslandId | None) -> None:
    """Select an island, or none: the one way into the control's state from outside of it."""
    st.session_state.island = island
    follow_choice()


def rename_origin() -> None:
    """Send the origin again: a select box keeps showing the old name of its choice when only the names change."""
    st.session_state.origin = st.session_state.origin
    follow_choice()


def chosen_on_map() -> None:
    """Take over what was clicked on the map."""
    told = st.session_state.get("map") or {}
    if not st.session_state.get("live"):
        choose(next((i for i in ISLANDS if i == told.get("island")), None))
    day = told.get("date")
    st.session_state.date = (
        day if isinstance(day, str) and is_in_history(day, choices(load_prepared().dossier).first_day) else ""
    )


def show_map(prepared: Prepared, view: View) -> None:
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
        feature_group_to_add=shown(view, (st.session_state.get("map") or {}).get("click", 0)),
        on_change=chosen_on_map,
    )


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Read the data and load the libraries before the first reader comes."""
    with suppress(GeoError):  # the page says what is wrong
        load_prepared()
        load_press()
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
    files = file_route(load_prepared, st.get_option("server.baseUrlPath"))
    own = Middleware(OwnSite, named_sites("FOUR_ISLANDS_ORIGINS"), named_sites("FOUR_ISLANDS_EMBEDDERS"))
    app = st.App(
        Path(__file__), routes=[files], middleware=[own], lifespan=lifespan, on_script_error=show_internal_error
    )
