"""The joined GeoDataFrame: what a researcher plots, measures and writes to a file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

import geo
from geo.errors import FaultyDataError
from geo.loading.dossier import Dossier
from geo.loading.frame import joined_frame, joined_rows
from geo.model.fields import ISLANDS
from geo.paths import DATA


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


def test_two_lines_in_a_notebook_give_the_same(dossier: Dossier) -> None:
    frame = geo.load()
    assert_geodataframe_equal(frame, joined_frame(dossier))


def test_another_data_folder_can_be_loaded_and_its_faults_are_told(tmp_path: Path) -> None:
    assert list(geo.load(DATA).index) == list(ISLANDS)
    with pytest.raises(FaultyDataError):
        geo.load(tmp_path)


def test_importing_the_package_loads_none_of_its_libraries() -> None:
    heavy = "{'pandas', 'geopandas', 'shapely', 'pydantic', 'numpy', 'pyproj'}"
    told = f"import sys, geo; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout == "[]\n"
