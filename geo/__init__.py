"""Everything the page knows of the four islands; runs without Streamlit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd


def load(data: Path | None = None) -> gpd.GeoDataFrame:
    """Return the four islands with who administers and who claims them, for a notebook.

    Parameters
    ----------
    data
        Another data folder than the project's.

    Returns
    -------
    geopandas.GeoDataFrame
        One row an island, indexed by ``id``, with ``geometry`` in EPSG:4326; the columns of ``python -m geo table``.

    Raises
    ------
    FaultyDataError
        With every fault found in the data, when there is one.
    """
    # whoever imports one room of the package need not wait for all of them
    from geo.loading import dossier, frame  # noqa: PLC0415
    from geo.paths import DATA  # noqa: PLC0415

    return frame.joined_frame(dossier.load(data or DATA))
