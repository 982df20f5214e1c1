"""What every ring of tests shares: the project's own data, read once, and a copy of it to spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from geo.loading.dossier import Dossier
from geo.map.assets import Prepared, prepare
from geo.paths import DATA

# a busy machine is no fault: a property holds or does not hold, however long it takes to look
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def prepared() -> Prepared:
    return prepare()


@pytest.fixture(scope="session")
def dossier(prepared: Prepared) -> Dossier:
    return prepared.dossier


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """Copy the data folder, its scripts left out, for a test to change."""
    return Path(shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("build")))
