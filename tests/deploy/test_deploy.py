"""Two real page servers behind a real nginx, as deploy/ says: one reader, one server; a server lost loses no reader."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import urllib3
import yaml
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from geo.paths import DATA

DEPLOY = DATA.parent / "deploy"
PATIENCE_S = 90
# what a reader asks for: none of it may stand in a log
WORDS = "/?words=grandmother&from=43.33,145.58"
PROTOCOLS = [Subprotocol("streamlit")]
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass
class Fleet:
    """Page servers by their addresses, and the nginx before them."""

    port: int
    log: Path
    pages: dict[str, subprocess.Popen[bytes]]

    def get(self, path: str, cookie: str = "") -> urllib3.BaseHTTPResponse:
        """Return an answer of the site."""
        headers = {"Cookie": cookie} if cookie else {}
        return urllib3.request("GET", f"http://127.0.0.1:{self.port}{path}", headers=headers, timeout=PATIENCE_S)

    def logged(self) -> list[dict[str, Any]]:
        """Return what nginx has written of each request."""
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines() if line.startswith("{")]

    def server_of(self, cookie: str) -> str:
        """Return the address of the server that answers the reader with this cookie."""
        assert self.get("/", cookie).status == 200
        # the last, where others were asked in vain
        return str(self.logged()[-1]["server"]).rpartition(", ")[2]


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    folder = tmp_path_factory.mktemp("fleet")
    ports = free_port(), free_port()
    pages = {f"127.0.0.1:{port}": _page(port, folder) for port in ports}
    try:
        for address in pages:
            _wait(f"http://{address}/readyz")
        with _nginx(folder, list(pages)) as port:
            yield Fleet(port, folder / "nginx.log", pages)
    finally:
        for page in pages.values():
            page.kill()
            page.wait()


def _page(port: int, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
    command += ["--server.headless", "true", "--server.address", "127.0.0.1", "--server.port", str(port)]
    environment = {**os.environ, "FOUR_ISLANDS_STORE": str(folder / "store"), "STREAMLIT_SERVER_COOKIE_SECRET": "same"}
    with (folder / f"{port}.log").open("wb") as log:
        return subprocess.Popen(command, cwd=DATA.parent, env=environment, stdout=log, stderr=subprocess.STDOUT)


@contextmanager
def _nginx(folder: Path, pages: list[str]) -> Iterator[int]:
    """Run nginx with the shipped configuration; only the port and where it writes are the test's."""
    port = free_port()
    kept = "".join(f"{name}_temp_path {folder}/{name};" for name in TEMPORARY)
    changed = {
        "listen 8080;": f"listen 127.0.0.1:{port};",
        "pid /tmp/four-islands-nginx.pid;": f"pid {folder}/nginx.pid;",
        "http {": f"http {{ {kept}",
    }
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    for shipped, ours in changed.items():
        assert text.count(shipped) == 1
        text = text.replace(shipped, ours)
    (folder / "nginx.conf").write_text(text, "utf-8")
    rest = "max_fails=1 fail_timeout=5s"
    (folder / "pages.conf").write_text("".join(f"server {page} {rest};\n" for page in pages), "utf-8")
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or "nginx"
    # beginning with the log in the folder: the one that nginx was built with may not be ours to write
    command = [program, "-e", "stderr", "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    with (folder / "nginx.log").open("ab") as log, subprocess.Popen(command, stdout=log, stderr=log) as running:
        try:
            _wait(f"http://127.0.0.1:{port}/healthz")
            yield port
        finally:
            running.terminate()


def _wait(address: str) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            if urllib3.request("GET", address, timeout=PATIENCE_S, retries=False).status == 200:
                return
        except urllib3.exceptions.HTTPError:
            pass
        time.sleep(0.1)
    raise TimeoutError(address)


def test_a_new_reader_gets_a_server_and_stays_with_it(fleet: Fleet) -> None:
    told = fleet.get("/").headers["set-cookie"]
    cookie = told.partition(";")[0]
    # two digits choose a server; they name nobody
    assert re.fullmatch(r"server=[0-9a-f]{2}", cookie)
    assert len({fleet.server_of(cookie) for _ in range(6)}) == 1
    assert "server=" not in fleet.get("/", cookie).headers.get("set-cookie", "")


def test_readers_are_divided_among_the_servers(fleet: Fleet) -> None:
    seen = [fleet.server_of(f"server={number:02x}") for number in range(0, 256, 8)]
    assert set(seen) == set(fleet.pages)
    assert min(map(seen.count, fleet.pages)) >= len(seen) // 5


def test_a_cookie_that_is_not_ours_is_replaced(fleet: Fleet) -> None:
    for strange in ("server=" + "a" * 3000, "server=zz", 'server="; Path=/'):
        answer = fleet.get("/", strange)
        assert answer.status == 200
        assert re.match(r"server=[0-9a-f]{2};", answer.headers["set-cookie"])


@pytest.mark.parametrize("path", ["/metrics", "/readyz", "/some/metrics"])
def test_what_is_for_those_who_run_it_is_not_for_strangers(fleet: Fleet, path: str) -> None:
    assert fleet.get(path).status == 404
    assert "upstream" not in fleet.get(path).data.decode()


def test_a_reader_whose_server_is_killed_goes_on_with_the_next(fleet: Fleet) -> None:
    cookie = fleet.get("/").headers["set-cookie"].partition(";")[0]
    before = fleet.server_of(cookie)
    stream = f"ws://127.0.0.1:{fleet.port}/_stcore/stream"
    with connect(stream, additional_headers={"Cookie": cookie}, subprotocols=PROTOCOLS):
        fleet.pages[before].kill()
        fleet.pages[before].wait()
    for path in (WORDS, "/files/near/1/en/both/43.33,145.58", WORDS):
        assert fleet.get(path, cookie).status == 200
    assert fleet.server_of(cookie) != before
    with connect(stream, additional_headers={"Cookie": cookie}, subprotocols=PROTOCOLS) as again:
        assert again.subprotocol == "streamlit"
    # written at the end of a connection
    assert {"page", "near", "connection"} <= {entry["kind"] for entry in fleet.logged()}
    log = fleet.log.read_text("utf-8")
    assert "grandmother" not in log
    assert "43.33" not in log
    assert cookie not in log


def test_every_page_of_the_compose_file_stands_in_the_list_of_nginx() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    listed = re.findall(r"^server ([\w-]+):8501 ", (DEPLOY / "pages.conf").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(name for name in services if name.startswith("page-"))
    addresses = [services[name]["networks"]["inside"]["ipv4_address"] for name in listed]
    assert len(set(addresses)) == len(listed) > 1


def test_the_image_holds_what_the_container_file_copies() -> None:
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    copied = {name for line in re.findall(r"^COPY (.+) \S+$", text, re.MULTILINE) for name in line.split()}
    allowed = set(re.findall(r"^!(\S+)$", (DATA.parent / ".dockerignore").read_text("utf-8"), re.MULTILINE))
    assert copied == allowed
    assert all((DATA.parent / name).exists() for name in copied)
