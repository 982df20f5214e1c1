"""The section of the press: search, filters, quotations and a reader's own files; the one room of uploads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.app.settings import ask_press, data_folder, load_press
from geo.app.state import FIRST_QUOTATIONS, begin_fragment, fragment
from geo.i18n import tr
from geo.map.assets import Prepared
from geo.model.dates import PartialDate
from geo.news.model import BatchResult
from geo.news.search.facets import Facets
from geo.page import panels
from geo.page.labels import language_names
from geo.page.press import MOST_SHOWN, own_quotations
from geo.page.selection import select
from geo.page.view import KINDS, LANGUAGE_CHOICES, LONGEST_WORDS, View


@fragment
def press(prepared: Prepared, results: DeltaGenerator) -> None:
    """Ask the press; a search or a filter reruns only this."""
    with st.container(key="ask", horizontal=True, vertical_alignment="bottom"):
        st.text_input(tr("Search the quotations"), key="words", max_chars=LONGEST_WORDS, on_change=_reset_result_limit)
        # what nobody has opened is not sent: a click on the map pays for every control
        with st.popover(tr("Filter"), key="filter", on_change="rerun") as filters:
            if filters.open:
                _press_filters(load_press().facets)
    view = begin_fragment()
    results.html(_quotations(prepared, view))
    if st.session_state.get("own"):
        st.button(tr("Remove these files"), on_click=_forget_own, key="forget")
    # page.css hides it where nothing more is to be shown
    st.button(tr("Show more"), on_click=_show_more, key="more")
    with st.expander(tr("Add articles of your own"), key="adding", on_change="rerun") as adding:
        if adding.open:
            st.file_uploader(
                tr("Text, HTML, Markdown, PDF, JSON Lines, CSV, RSS, Atom or WARC; read here and kept to this session"),
                accept_multiple_files=True,
                key="files",
                on_change=_read_own,
            )


def follow_press(prepared: Prepared, view: View, results: DeltaGenerator) -> None:
    """Send the quotations anew when they are on the screen, as all sections are where the browser does not answer.

    A run of the whole page sends them too; a fragment may write only where it has written then.
    """
    state = st.session_state
    if not state.get("live") or state.get("press") or state.whole:
        results.html(_quotations(prepared, view))


def _quotations(prepared: Prepared, view: View) -> str:
    """Return what the press says of the islands in view, a reader's own files before it, as HTML."""
    selection = select(prepared.dossier, view)
    found = ask_press(view, st.session_state.limit)
    own: BatchResult | None = st.session_state.get("own")
    from_own = panels.own_press(selection, own, own_quotations(own.quoted, view)) if own else ""
    return from_own + panels.press(selection, found)


def _press_filters(facets: Facets) -> None:
    """Show which quotations are wanted: language, kind, publisher, country and dates."""
    anything = tr("any")
    kinds = {"": anything, "named": tr("names the island"), "group": tr("refers to the islands as a group")}
    offered: dict[str, tuple[str, Sequence[str], Mapping[str, str]]] = {
        "press_language": (tr("Language"), LANGUAGE_CHOICES, language_names()),
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
            format_func=partial(_name_of, {"": anything, **names}),
            key=f"asked_{name}",
            on_change=_apply_filter,
            args=(name,),
        )
    for name, label in dates.items():
        st.text_input(
            label, key=f"asked_{name}", placeholder="2021-04", max_chars=10, on_change=_apply_filter, args=(name,)
        )
        if name in unread:
            st.caption(tr("This is no date, so it is not asked for. Write 2021, 2021-04 or 2021-04-27."))
    since, until = st.session_state.since, st.session_state.until
    if since and until and PartialDate.parse(since).first_day > PartialDate.parse(until).last_day:
        st.caption(tr("The first date is after the second, so no quotation can fit both."))


def _name_of(names: Mapping[str, str], value: str) -> str:
    return names.get(value, value)


def _apply_filter(name: str) -> None:
    """Take over a filter; a date that is none asks for nothing, and its text stays to be mended."""
    value = st.session_state[f"asked_{name}"].strip()
    is_read = name not in {"since", "until"} or not value or PartialDate.is_valid(value)
    unread = {k: v for k, v in st.session_state.get("unread", {}).items() if k != name}
    st.session_state.unread = unread if is_read else {**unread, name: value}
    st.session_state[name] = value if is_read else ""
    _reset_result_limit()


def _reset_result_limit() -> None:
    st.session_state.limit = FIRST_QUOTATIONS


def _show_more() -> None:
    st.session_state.limit = min(2 * st.session_state.limit, MOST_SHOWN)


def _read_own() -> None:
    """Read the reader's own files; what they say stays with this session."""
    # loaded when first used: no reader should wait for what reads files
    from geo.news.uploads import read_uploads  # noqa: PLC0415

    files = st.session_state.files
    uploads = ((file.name, file) for file in files)
    st.session_state.own = read_uploads(uploads, data_folder()) if files else None


def _forget_own() -> None:
    st.session_state.own = None
