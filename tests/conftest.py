"""What every ring of tests shares: the project's own data, read once, and a copy of it to spoil."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from postgres_server import PostgresServer, serving

from geo.loading.dossier import Dossier
from geo.map.assets import Prepared, prepare
from geo.news.store.address import StoreAddress, store_address
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


@pytest.fixture(scope="session")
def database_server() -> Iterator[PostgresServer]:
    with serving() as running:
        yield running


@pytest.fixture(scope="module", params=["embedded", "server"])
def new_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], StoreAddress]:
    """Return what gives a store that nobody has written yet: a folder, and a database of a real server."""
    if request.param == "embedded":
        return lambda: tmp_path_factory.mktemp("embedded") / "store"
    running: PostgresServer = request.getfixturevalue("database_server")
    numbers = itertools.count()
    module = Path(str(request.path)).stem
    return lambda: store_address(running.made(f"{module}_{next(numbers)}"))
