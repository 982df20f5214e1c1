"""What a reader's first visit fetches: Streamlit's own scripts from memory, and what the map needs ahead of it."""

from __future__ import annotations

import gzip
import http.client
import json
import re
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from .reader import serving


def get(address: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    with closing(connection):
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()


def shipped(path: str) -> bytes:
    spec = find_spec("streamlit")
    assert spec
    assert spec.origin
    return (Path(spec.origin).parent / "static" / path).read_bytes()


def test_the_page_asks_ahead_for_what_it_will_need_and_every_file_is_there(address: str) -> None:
    status, headers, body = get(address, "/")
    page = body.decode()
    assert (status, int(headers["content-length"])) == (200, len(body))
    modules = re.findall(r'<link rel="modulepreload" crossorigin href="\./([^"]+)"', page)
    assert len(modules) == len(set(modules))
    for kind in ("Html", "ComponentInstance", "BidiComponent", "ButtonGroup", "Selectbox", "TextInput"):
        assert any(f"/{kind}." in module for module in modules)
    found = re.search(r"for\(const a of (\[.*?\])\)fetch", page)
    assert found
    ahead = json.loads(found[1])
    for part in ("main.", "frame-", "leaflet-", "map-", "islands-", "context-", "page-"):
        assert any(part in name for name in ahead)
    for name in (*modules, *ahead):
        status, headers, _ = get(address, f"/{name}")
        assert (status, headers["cache-control"]) == (200, "public, max-age=31536000, immutable"), name


def test_scripts_travel_compressed_to_those_who_can_read_it_and_are_streamlits_own(address: str) -> None:
    _, _, body = get(address, "/")
    script = re.search(r"static/js/index\.[\w-]+\.js", body.decode())
    assert script
    _, plain, content = get(address, f"/{script[0]}")
    _, packed, compressed = get(address, f"/{script[0]}", **{"Accept-Encoding": "gzip"})
    assert content == gzip.decompress(compressed) == shipped(script[0])
    assert ("content-encoding" in plain, packed["content-encoding"]) == (False, "gzip")
    assert packed["content-security-policy"]


@pytest.mark.parametrize("path", ["/static/js/none.js", "/static/../../index.html", "/static/%2e%2e/%2e%2e/secret"])
def test_nothing_else_is_served_from_there(address: str, path: str) -> None:
    _, headers, _ = get(address, path)
    assert "immutable" not in headers.get("cache-control", "")


def test_pages_of_components_stay_as_they_are(address: str) -> None:
    _, _, body = get(address, "/component/streamlit_folium.st_folium/index.html")
    assert b"modulepreload" not in body


def test_the_files_are_there_under_a_path_too(tmp_path: Path) -> None:
    with serving(tmp_path / "log", base="some/path") as address:
        _, _, body = get(address, "/some/path/")
        module = re.findall(r'href="\./(static/js/ComponentInstance[^"]+)"', body.decode())
        assert len(module) == 1
        status, headers, _ = get(address, f"/some/path/{module[0]}", **{"Accept-Encoding": "gzip"})
    assert (status, headers.get("content-encoding")) == (200, "gzip")
