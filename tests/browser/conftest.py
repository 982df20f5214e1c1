"""One server and one browser for all tests of this folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely
from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright

from geo.loading.areas import lands_by_area
from geo.loading.dossier import Dossier
from geo.map.assets import Prepared

from .reader import DESK, ROOT, Reader, serving

# nothing the browser does for itself, and no name but this machine's
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
]
PATIENCE_MS = 20_000
Visit = Callable[..., Reader]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start a browser of this machine, else Playwright's own; without either the tests fail."""
    installed = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=installed, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the page; nothing may fail on the server meanwhile."""
    log = tmp_path_factory.mktemp("server") / "log"
    with serving(log) as where:
        yield where
    assert "Traceback" not in log.read_text("utf-8")


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Let readers come; none of them may cause a request to another machine or an error in the console."""
    readers: list[Reader] = []

    def come(path: str = "/", size: ViewportSize = DESK) -> Reader:
        reader = Reader.arrive(browser, size)
        readers.append(reader)
        reader.open(address + path)
        return reader

    yield come
    for reader in readers:
        reader.leave()
    assert [url for r in readers for url in r.observed.outside] == []
    assert [error for r in readers for error in r.observed.errors] == []


@pytest.fixture
def reader(visit: Visit) -> Reader:
    """Let a reader come to the first view at a desk."""
    return visit()


@pytest.fixture(scope="module")
def regular(browser: Browser) -> Iterator[Reader]:
    """Let a reader stay for all tests of a module, each of which opens the address it is about."""
    reader = Reader.arrive(browser, DESK)
    yield reader
    reader.leave()
    assert reader.observed.outside == []
    assert reader.observed.errors == []


@pytest.fixture(scope="session")
def drawing(prepared: Prepared) -> dict[str, Any]:
    """Give the data of the map as the server sends it."""
    content: dict[str, Any] = json.loads(prepared.assets["drawing.json"].content)
    return content


@pytest.fixture(scope="session")
def ground(dossier: Dossier) -> dict[str, list[tuple[float, float]]]:
    """Find for each area points (longitude, latitude) well inside its three largest pieces of land."""
    lands: dict[str, shapely.MultiPolygon] = {str(a): land for a, land in lands_by_area(dossier.context).items()}
    lands |= {i: island.land for i, island in dossier.islands.items()}

    def inside(land: shapely.MultiPolygon) -> list[tuple[float, float]]:
        parts = sorted(land.geoms, key=lambda part: part.area, reverse=True)[:3]
        return [(point.x, point.y) for point in (part.representative_point() for part in parts)]

    return {area: inside(land) for area, land in lands.items()}


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """Copy the data folder, to be spoilt."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
