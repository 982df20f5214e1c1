"""What the operator of this server has set, and the data read accordingly."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import streamlit as st

from geo.errors import GeoError
from geo.i18n import PAGE_LANGUAGES
from geo.loading.datapackage import data_version
from geo.map.assets import Asset, Prepared, prepare
from geo.map.routes import PREFIX
from geo.model.fields import Language
from geo.news.store.address import StoreAddress, store_address
from geo.page.press import Answer, Press, ask, open_press
from geo.page.view import View
from geo.paths import DATA, STORE


def data_folder() -> Path:
    """Return the data folder; FOUR_ISLANDS_DATA names another."""
    return Path(os.environ.get("FOUR_ISLANDS_DATA", DATA))


def load_prepared(language: Language = "en") -> Prepared:
    """Return the checked data in a language, and the files made from it."""
    return prepare(data_folder(), language)


@lru_cache(maxsize=1)
def version_of_data() -> str:
    """Return the version of the data that this server has read."""
    return data_version(data_folder())


def file_named(name: str) -> Asset | None:
    """Return a file of the page by its public name, in whichever language it is."""
    return next((asset for lang in PAGE_LANGUAGES if (asset := load_prepared(lang).named(name))), None)


def load_press() -> Press:
    """Return the excerpts that are shipped and those of the store; FOUR_ISLANDS_STORE names another store."""
    return open_press(data_folder(), _store())


def store_answers() -> bool:
    """Return whether the store answers, the data of every language being read.

    Raises
    ------
    GeoError
        When the data or the store cannot be read, so that there is no page.
    """
    for each in PAGE_LANGUAGES:
        load_prepared(each)
    return not load_press().is_away


def ask_press(view: View, limit: int) -> Answer:
    """Return what the press says of the islands in view."""
    return ask(data_folder(), _store(), view, limit)


def _store() -> StoreAddress:
    return store_address(os.environ.get("FOUR_ISLANDS_STORE", STORE))


def named_sites(variable: str) -> tuple[str, ...]:
    """Return the origins that an environment variable names, blanks between them."""
    return tuple(os.environ.get(variable, "").split())


def files_address() -> str:
    """Return the address of the folder of the app's own files on this server."""
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"{'/' if base else ''}{base}{PREFIX}/"


def files_needed_ahead() -> tuple[str, ...]:
    """Return the addresses, relative to the page, of what every first map waits for; none when data is faulty."""
    try:
        assets = load_prepared().assets
    except GeoError:
        return ()
    keys = ("frame.js", "leaflet.css", "map.css", "islands.geojson", "context.geojson", "page.js")
    return tuple(f"{PREFIX.strip('/')}/{assets[key].name}" for key in keys)
