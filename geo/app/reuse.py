"""The folded control of what a reader may take away: the islands in view as files, and how to cite them."""

from __future__ import annotations

import datetime as dt
from functools import partial

import streamlit as st

from geo.app.settings import load_prepared, version_of_data
from geo.app.state import begin_fragment, fragment
from geo.export import Format
from geo.export.formats import MEDIA_TYPES, exported
from geo.i18n import PAGE_LANGUAGES, tr
from geo.map.assets import Prepared
from geo.page.citation import citation, citations
from geo.page.view import View

# in the order of how many can open them
_FORMATS: dict[Format, str] = {"csv": "CSV", "geojson": "GeoJSON", "kml": "KML", "gpkg": "GeoPackage"}


@fragment
def reuse(prepared: Prepared) -> None:
    """Show the control; what is in it is made when it is opened, of the View at that moment.

    A choice elsewhere on the page closes it.
    """
    view = begin_fragment()
    folded = st.popover(tr("Download and cite"), key="reuse", on_change="rerun")
    if not folded.open:
        return
    with folded:
        _files(prepared, view)
        _citation(prepared, view)


def _files(prepared: Prepared, view: View) -> None:
    version = version_of_data()
    st.markdown(
        tr("The islands in view with names, who administers and who claims them, documents, distances and sources.")
    )
    with st.container(horizontal=True):
        for file_format, label in _FORMATS.items():
            st.download_button(
                label,
                # made when it is asked for, and kept
                partial(exported, prepared.dossier, view, version, file_format),
                file_name=f"four-islands-{view.island or 'all'}-{version}.{file_format}",
                mime=MEDIA_TYPES[file_format],
                key=f"take-{file_format}",
                on_click="ignore",
            )


def _citation(prepared: Prepared, view: View) -> None:
    # minutes that the reader's clock is behind UTC: the day of reading is the reader's own
    behind = dt.timedelta(minutes=st.context.timezone_offset or 0)
    ways = citations(
        {lang: load_prepared(lang).dossier for lang in PAGE_LANGUAGES},
        view,
        page=st.context.url or "",
        version=version_of_data(),
        accessed=(dt.datetime.now(dt.UTC) - behind).date(),
    )
    st.html(citation(prepared.dossier, view, ways))
