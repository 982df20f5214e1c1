"""What the operator's machines are told of a server: it lives, readers may come, what it did; no reader's words."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
import urllib3
import uvicorn
from postgres_server import PostgresServer
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from websockets.sync.client import connect

from geo.app.health import Counted, Metrics, health_routes
from geo.app.settings import store_answers
from geo.errors import GeoError

ASKED = "/?words=grandmother&from=43.33,145.58"
PATIENCE_S = 20


async def _echo(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(await socket.receive_text())


def _page(_: Request) -> PlainTextResponse:
    return PlainTextResponse("the page")


def _broken(_: Request) -> PlainTextResponse:
    raise RuntimeError("grandmother")


def has_store() -> bool:
    return True


def has_no_store() -> bool:
    return False


def is_faulty() -> bool:
    raise GeoError("claims.csv has a fault")


class Server(NamedTuple):
    """A real server on this machine."""

    port: int

    def get(self, path: str, **headers: str) -> urllib3.BaseHTTPResponse:
        """Return an answer."""
        return urllib3.request("GET", f"http://127.0.0.1:{self.port}{path}", headers=headers, timeout=PATIENCE_S)

    def text(self, path: str) -> str:
        """Return the text of an answer."""
        return self.get(path).data.decode()

    def told(self, path: str = "/metrics") -> dict[str, float]:
        """Return every sample by its name and labels, as Prometheus itself reads them."""
        families = text_string_to_metric_families(self.text(path))
        return {" ".join([s.name, *s.labels.values()]): s.value for family in families for s in family.samples}


@contextmanager
def serving(answers: Callable[[], bool] = has_store, base: str = "") -> Iterator[Server]:
    metrics = Metrics()
    start = f"/{base}" if base else ""
    app = Starlette(
        routes=[
            *health_routes(metrics, answers, base),
            Route(f"{start}/", _page),
            Route(f"{start}/broken", _broken),
            WebSocketRoute(f"{start}/_stcore/stream", _echo),
        ],
        middleware=[Middleware(Counted, metrics, base)],
    )
    running = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, ws="websockets-sansio"))
    thread = threading.Thread(target=running.run)
    thread.start()
    until = time.monotonic() + PATIENCE_S
    while not running.started and time.monotonic() < until:
        time.sleep(0.01)
    try:
        yield Server(running.servers[0].sockets[0].getsockname()[1])
    finally:
        running.should_exit = True
        thread.join()


@pytest.mark.parametrize(
    ("answers", "status", "text"),
    [
        (has_store, 200, b"ready\n"),
        # a database away must not take every server from the readers
        (has_no_store, 200, b"ready, without the store\n"),
        (is_faulty, 503, b"not ready: the data has faults\n"),
    ],
)
def test_readers_are_sent_to_servers_that_have_a_page(answers: Callable[[], bool], status: int, text: bytes) -> None:
    with serving(answers) as server:
        ready, alive = server.get("/readyz"), server.get("/healthz")
    assert (ready.status, ready.data, ready.headers["cache-control"]) == (status, text, "no-store")
    assert (alive.status, alive.data) == (200, b"alive\n")


def test_metrics_count_requests_by_kind_and_status() -> None:
    with serving() as server:
        for path in ("/", "/", "/nothing", "/broken", "/files/map.js", "/files/near/1/en/both/43.33,145.58"):
            server.get(path)
        found = server.told()
    expected = {"page 200": 2, "other 404": 1, "other 500": 1, "file 404": 1, "near 404": 1}
    assert {key: found[f"four_islands_requests_total {key}"] for key in expected} == expected
    assert found["four_islands_request_seconds_count page"] == 2
    assert found["process_resident_memory_bytes"] > 0
    assert (found["four_islands_data_read"], found["four_islands_store_answers"]) == (1, 1)


def test_metrics_say_what_is_wrong_before_anybody_asked_whether_the_server_is_ready() -> None:
    with serving(has_no_store) as server:
        assert server.told()["four_islands_store_answers"] == 0
    with serving(is_faulty) as server:
        assert server.told()["four_islands_data_read"] == 0


def test_readers_who_left_are_not_counted_as_there() -> None:
    with serving() as server:
        with connect(f"ws://127.0.0.1:{server.port}/_stcore/stream") as socket:
            assert server.told()["four_islands_readers"] == 1
            socket.send("hello")
            socket.recv()
        until = time.monotonic() + PATIENCE_S
        while (found := server.told())["four_islands_readers"] and time.monotonic() < until:
            time.sleep(0.01)
    assert (found["four_islands_readers"], found["four_islands_connections_total"]) == (0, 1)


def test_no_word_of_a_reader_is_told() -> None:
    sent = {"User-Agent": "grandmother", "Cookie": "name=grandmother"}
    with serving() as server:
        for path in (ASKED, "/grandmother", "/files/near/1/en/both/43.33,145.58", "/broken?words=grandmother"):
            server.get(path, **sent)
        answers = "".join(server.text(path) for path in ("/metrics", "/readyz", "/healthz"))
    assert "four_islands_requests_total" in answers
    assert "grandmother" not in answers
    assert "43.33" not in answers


def test_under_a_path_the_addresses_are_under_it() -> None:
    with serving(base="some/path") as server:
        assert server.get("/some/path/healthz").status == 200
        assert server.get("/healthz").status == 404
        server.get("/some/path/")
        assert server.told("/some/path/metrics")["four_islands_requests_total page 200"] == 1


def test_the_store_of_a_server_answers_until_that_server_is_gone(
    database_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOUR_ISLANDS_STORE", database_server.made("health"))
    assert store_answers()
    monkeypatch.setenv("FOUR_ISLANDS_STORE", "postgresql://127.0.0.1:9/nowhere")
    assert not store_answers()


def test_faults_of_the_data_are_told(data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOUR_ISLANDS_DATA", str(data_copy))
    (data_copy / "claims.csv").write_text("nothing\n", encoding="utf-8")
    with pytest.raises(GeoError):
        store_answers()
