"""What the reader chose: the View in the session's state and in the address, each written in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields
from functools import wraps
from typing import Concatenate, ParamSpec

import streamlit as st

from geo.app.settings import load_press
from geo.i18n import PAGE_LANGUAGES, speak
from geo.loading.dossier import Dossier
from geo.map.assets import Prepared
from geo.model.fields import IslandId, Language
from geo.page.selection import choices
from geo.page.view import Choices, View, from_query, to_query

FIRST_QUOTATIONS = 5
P = ParamSpec("P")


def fragment(draw: Callable[Concatenate[Prepared, P], None]) -> Callable[Concatenate[Prepared, P], None]:
    """Make a part of the page that Streamlit runs by itself, in the language of what is prepared for it."""

    @wraps(draw)
    def spoken(prepared: Prepared, /, *args: P.args, **kwargs: P.kwargs) -> None:
        speak(prepared.dossier.language)
        draw(prepared, *args, **kwargs)

    return st.fragment(spoken)


def language_asked() -> Language:
    """Return the language to speak: that of the link the reader came by, else the chosen one, else the browser's."""
    query = st.query_params.to_dict()
    chosen = None if query != st.session_state.get("link") else st.session_state.get("language")
    named = query.get("lang")
    asked = chosen or named
    return next((lang for lang in PAGE_LANGUAGES if lang == asked), _browser_language())


def _browser_language() -> Language:
    # "ja", "ja-JP"; nothing where the browser says none
    preferred = (st.context.locale or "").partition("-")[0].lower()
    return next((lang for lang in PAGE_LANGUAGES if lang == preferred), "en")


def follow_link(dossier: Dossier) -> None:
    """Take the View from the address when the reader came by it: a link, or back and forward."""
    query = st.query_params.to_dict()
    # the address as this session last wrote it tells the reader's own change of it from ours
    if query == st.session_state.get("link"):
        return
    view, notes = from_query(query, _all_choices(dossier))
    # the browser takes over each View that did not come from itself
    st.session_state.epoch = st.session_state.get("epoch", 0) + 1
    # a select box has no empty choice: "" stands for today, and for no meaning
    chosen = {**asdict(view), "date": view.date or "", "kuril": view.kuril or ""}
    st.session_state.update(chosen, link=query, limit=FIRST_QUOTATIONS)
    for note in notes:
        st.info(note)


def _all_choices(dossier: Dossier) -> Choices:
    facets = load_press().facets
    return choices(dossier, facets.publishers, facets.countries, _browser_language())


def view_from_state() -> View:
    """Return what the reader chose, as the controls hold it."""
    chosen = {f.name: st.session_state[f.name] for f in fields(View)}
    return View(**{**chosen, "date": chosen["date"] or None, "kuril": chosen["kuril"] or None})


def begin_fragment() -> View:
    """Return the View and write it into the address; where the server answers alone, a choice reruns the whole page."""
    if st.session_state.get("stale"):
        st.rerun()
    view = view_from_state()
    _remember(view)
    return view


def _remember(view: View) -> None:
    st.session_state.link = to_query(view, _browser_language())
    if st.query_params.to_dict() != st.session_state.link:
        st.query_params.from_dict(st.session_state.link)


def follow_choice() -> None:
    """Let a choice rerun the whole page where the server answers alone; else the browser has shown it already."""
    if not st.session_state.get("live"):
        answer_alone()


def answer_alone() -> None:
    """Let the server draw the whole page, sections included: the browser cannot answer, or has not come to it yet."""
    st.session_state.update(stale=True, sections=True)


def measure_from(point: str) -> None:
    """Start distances from a point; the whole page follows, because no text of it is prepared."""
    # the browser takes over this View, which did not come from its own controls
    st.session_state.update(origin=point, stale=True, epoch=st.session_state.epoch + 1)


def choose(island: IslandId | None) -> None:
    """Select an island, or none: the one way into the control's state from outside of it."""
    st.session_state.island = island
    follow_choice()
