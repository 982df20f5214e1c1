"""The joined GeoDataFrame: what a researcher plots, measures and writes to a file."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import shapely

from geo.loading.dossier import Dossier
from geo.loading.frame import joined_frame, joined_rows
from geo.model.fields import ISLANDS


def test_a_researcher_gets_the_islands_with_their_land_and_both_states(dossier: Dossier) -> None:
    frame = joined_frame(dossier)
    assert list(frame.index) == list(ISLANDS)
    assert frame.crs == "EPSG:4326"
    assert {c.removeprefix("jp_") for c in frame if c.startswith("jp_")} == {
        c.removeprefix("ru_") for c in frame if c.startswith("ru_")
    }
    for island in ISLANDS:
        assert shapely.equals(frame.geometry[island], dossier.islands[island].land)


def test_the_frame_goes_into_a_file_and_comes_back_the_same(dossier: Dossier, tmp_path: Path) -> None:
    path = tmp_path / "islands.gpkg"
    joined_frame(dossier).to_file(path)
    found = gpd.read_file(path)
    assert found.drop(columns="geometry").to_dict("records") == joined_rows(dossier)
    assert found.crs == "EPSG:4326"
    assert found.geometry.geom_equals(joined_frame(dossier).geometry.reset_index(drop=True)).all()
