"""What the operator of this server has set, and the data read accordingly."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from geo.i18n import PAGE_LANGUAGES
from geo.map.assets import Asset, Prepared, prepare
from geo.map.routes import PREFIX
from geo.model.fields import Language
from geo.page.press import Press, open_press
from geo.paths import DATA, STORE


def data_folder() -> Path:
    """Return the data folder; FOUR_ISLANDS_DATA names another."""
    return Path(os.environ.get("FOUR_ISLANDS_DATA", DATA))


def load_prepared(language: Language = "en") -> Prepared:
    """Return the checked data in a language, and the files made from it."""
    return prepare(data_folder(), language)


def file_named(name: str) -> Asset | None:
    """Return a file of the page by its public name, in whichever language it is."""
    return next((asset for lang in PAGE_LANGUAGES if (asset := load_prepared(lang).named(name))), None)


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
