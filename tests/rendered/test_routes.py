"""The map's files as a browser gets them: named by hash, compressed, cached for good; nothing else is served."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from starlette.routing import Router
from starlette.types import Message, Scope

from geo.map.assets import Asset, Prepared, prepare
from geo.map.near import version
from geo.map.routes import PREFIX, file_route, near_route
from geo.model.fields import AREAS
from geo.paths import DATA

Answer = tuple[int, dict[str, str], bytes]


async def _ask(router: Router, path: str, method: str, headers: dict[str, str]) -> Answer:
    told: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        told.append(message)

    scope: Scope = {
        "type": "http",
        "method": method,
        "path": path,
        "root_path": "",
        "query_string": b"",
        "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
    }
    await router(scope, receive, send)
    start, *bodies = told
    answered = {k.decode(): v.decode() for k, v in start["headers"]}
    return start["status"], answered, b"".join(b.get("body", b"") for b in bodies)


def ask(path: str, *, method: str = "GET", data: Path | None = None, **headers: str) -> Answer:
    def named(name: str) -> Asset | None:
        return (prepare(data) if data else prepare()).named(name)

    router = Router([near_route(partial(prepare, data or DATA), ""), file_route(named, "")])
    sent = {k.replace("_", "-"): v for k, v in headers.items()}
    # in a thread of its own: the browser tests' loop may be running in this one
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(_ask(router, path, method, sent))).result()


@pytest.mark.parametrize(
    ("key", "media"),
    [
        ("leaflet.js", "text/javascript"),
        ("leaflet.css", "text/css"),
        ("rules.js", "text/javascript"),
        ("chart.js", "text/javascript"),
        ("map.js", "text/javascript"),
        ("frame.js", "text/javascript"),
        ("page.js", "text/javascript"),
        ("texts-ja.json", "application/json"),
        ("past-both.json", "application/json"),
        ("map.css", "text/css"),
        ("islands.geojson", "application/geo+json"),
        ("context.geojson", "application/geo+json"),
        ("drawing.json", "application/json"),
    ],
)
def test_a_file_is_named_by_its_hash_and_cached_for_good(prepared: Prepared, key: str, media: str) -> None:
    asset = prepared.assets[key]
    assert hashlib.sha256(asset.content).hexdigest()[:12] in asset.name
    status, headers, body = ask(f"{PREFIX}/{asset.name}")
    assert (status, body) == (200, asset.content)
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["content-type"] == f"{media}; charset=utf-8"
    assert headers["x-content-type-options"] == "nosniff"
    assert "content-encoding" not in headers


def test_a_browser_that_takes_gzip_gets_gzip(prepared: Prepared) -> None:
    asset = prepared.assets["islands.geojson"]
    status, headers, body = ask(f"{PREFIX}/{asset.name}", accept_encoding="gzip, deflate, br")
    assert (status, headers["content-encoding"], headers["vary"]) == (200, "gzip", "Accept-Encoding")
    assert gzip.decompress(body) == asset.content
    assert len(body) < 0.5 * len(asset.content)
    assert headers["content-length"] == str(len(body))


@pytest.mark.parametrize("image", ["layers.png", "layers-2x.png"])
def test_leaflets_style_asks_for_its_images_under_the_names_they_are_served_by(prepared: Prepared, image: str) -> None:
    asset = prepared.assets[image]
    assert f"url({asset.name})" in prepared.assets["leaflet.css"].content.decode()
    assert hashlib.sha256(asset.content).hexdigest()[:12] in asset.name
    status, headers, body = ask(f"{PREFIX}/{asset.name}", accept_encoding="gzip")
    assert (status, headers["content-type"], body[:4]) == (200, "image/png", b"\x89PNG")
    assert "content-encoding" not in headers
    assert headers["cache-control"] == "public, max-age=31536000, immutable"


def test_leaflet_is_the_release_1_9_4_as_its_authors_published_it(prepared: Prepared) -> None:
    # SHA-256 of dist/ in the package leaflet 1.9.4 of its authors; only the images' names are changed in the style
    published = {
        "leaflet.js": "db49d009c841f5ca34a888c96511ae936fd9f5533e90d8b2c4d57596f4e5641a",
        "leaflet.css": "a7837102824184820dfa198d1ebcd109ff6d0ff9a2672a074b9a1b4d147d04c6",
        "layers.png": "1dbbe9d028e292f36fcba8f8b3a28d5e8932754fc2215b9ac69e4cdecf5107c6",
        "layers-2x.png": "066daca850d8ffbef007af00b06eac0015728dee279c51f3cb6c716df7c42edf",
    }
    found = {key: prepared.assets[key].content for key in published}
    for image in ("layers.png", "layers-2x.png"):
        served = prepared.assets[image].name.encode()
        found["leaflet.css"] = found["leaflet.css"].replace(served, f"images/{image}".encode())
    assert {key: hashlib.sha256(content).hexdigest() for key, content in found.items()} == published


@pytest.mark.parametrize(
    "name", ["", "nothing.js", "map.js", "../data/claims.csv", "..%2f..%2fetc%2fpasswd", "islands-000000000000.geojson"]
)
def test_anything_else_is_not_found_and_never_cached(name: str) -> None:
    status, headers, body = ask(f"{PREFIX}/{name}")
    assert (status, body) == (404, b"No such file.")
    assert "cache-control" not in headers


def test_faulty_data_is_a_plain_503_that_tells_no_paths(tmp_path: Path) -> None:
    status, headers, body = ask(f"{PREFIX}/map.js", data=tmp_path)
    assert (status, body) == (503, b"The data of this page has faults.")
    assert "cache-control" not in headers


def test_nothing_can_be_written(prepared: Prepared) -> None:
    assert ask(f"{PREFIX}/{prepared.assets['map.js'].name}", method="POST")[0] == 405


def test_a_second_reading_gives_the_same_files_under_the_same_names(prepared: Prepared, data_copy: Path) -> None:
    again = prepare(data_copy)
    assert {k: a.name for k, a in again.assets.items()} == {k: a.name for k, a in prepared.assets.items()}
    assert prepare(data_copy) is again


def test_the_polygons_are_served_as_they_were_checked(prepared: Prepared) -> None:
    collection = json.loads(prepared.assets["islands.geojson"].content)
    wanted = [{"id": i, "area": i} for i in prepared.dossier.islands]
    assert [f["properties"] for f in collection["features"]] == wanted
    for feature in collection["features"]:
        assert len(feature["geometry"]["coordinates"]) == len(
            prepared.dossier.islands[feature["properties"]["id"]].land.geoms
        )
    assert "OpenStreetMap" in collection["attribution"]


def test_every_area_with_a_history_has_its_land_in_the_files(prepared: Prepared) -> None:
    pieces = [
        (f["properties"]["area"], f["properties"]["id"])
        for file in ("islands.geojson", "context.geojson")
        for f in json.loads(prepared.assets[file].content)["features"]
    ]
    assert {area for area, _ in pieces if area} == set(AREAS)
    # the east of Hokkaido is drawn in more detail and belongs to Hokkaido all the same
    assert ("hokkaido", "hokkaido_east") in pieces
    # land on both sides that the history says nothing of is coloured for nobody
    assert all(identifier in {"honshu", "mainland"} for area, identifier in pieces if area is None)


@pytest.mark.parametrize("origin", ["nosappu", "43.33,145.58"])
def test_what_is_said_of_an_origin_is_one_file_that_is_kept_for_good(prepared: Prepared, origin: str) -> None:
    path = f"{PREFIX}/near/{version(prepared.dossier)}/en/both/{origin}"
    status, headers, body = ask(path)
    assert (status, headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    said = json.loads(body)
    assert set(said) == {"answer", "distances", "measured"}
    assert set(said["answer"]) == {"", *prepared.dossier.islands}
    # a place is drawn from what the map has already, a point is not
    assert (said["measured"] is None) == (origin == "nosappu")
    status, headers, packed = ask(path, Accept_Encoding="gzip")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert gzip.decompress(packed) == body


def test_an_older_version_of_an_origin_is_told_and_not_kept() -> None:
    status, headers, _ = ask(f"{PREFIX}/near/older/en/both/nosappu")
    assert (status, headers["cache-control"]) == (200, "no-store")


@pytest.mark.parametrize(
    "asked",
    ["en/both/atlantis", "en/both/91,0", "en/xx/nosappu", "xx/both/nosappu", "en/both/%3Cscript%3E", "en/both/"],
)
def test_what_is_no_origin_is_not_found_and_not_computed(asked: str) -> None:
    assert ask(f"{PREFIX}/near/v/{asked}")[0] == 404
