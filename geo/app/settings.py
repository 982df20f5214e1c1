"""What the operator of this server has set, and the data read accordingly."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from geo.errors import GeoError
from geo.map.assets import Prepared, prepare
from geo.map.folium_map import FILES
from geo.map.routes import PREFIX
from geo.page.press import Press, open_press
from geo.paths import DATA, STORE


def data_folder() -> Path:
    """Return the data folder; FOUR_ISLANDS_DATA names another."""
    return Path(os.environ.get("FOUR_ISLANDS_DATA", DATA))


def load_prepared() -> Prepared:
    """Return the checked data and the files made from it."""
    return prepare(data_folder())


def load_press() -> Press:
    """Return the excerpts that are shipped and those of the store; FOUR_ISLANDS_STORE names another store."""
    return open_press(data_folder(), Path(os.environ.get("FOUR_ISLANDS_STORE", STORE)))


def named_sites(variable: str) -> tuple[str, ...]:
    """Return the origins that an environment variable names, blanks between them."""
    return tuple(os.environ.get(variable, "").split())


def files_address() -> str:
    """Return the address of the folder of the app's own files on this server."""
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"{'/' if base else ''}{base}{PREFIX}/"


def files_needed_ahead() -> tuple[str, ...]:
    """Return the addresses, relative to the page, of what the first map waits for; none when data is faulty."""
    try:
        assets = load_prepared().assets
    except GeoError:
        return ()
    keys = ("frame.js", "leaflet.css", "map.css", *FILES, "page.js")
    return tuple(f"{PREFIX.strip('/')}/{assets[key].name}" for key in keys)
