"""What the operator's machines ask of a server: does it live, may readers be sent to it, what has it done.

Nothing here knows a reader's words: requests are counted by kind, never by address.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from http import HTTPStatus

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.errors import GeoError
from geo.map.routes import PREFIX

_ALIVE, _READY, _METRICS = "/healthz", "/readyz", "/metrics"
_NOT_KEPT = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
# seconds: a file from memory takes less than the first, a new origin of distances up to the last
_SECONDS = (0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10.0)
# beginnings of addresses, and what is asked for there; the first that fits counts
_KINDS = (
    (f"{PREFIX}/near/", "near"),
    (f"{PREFIX}/", "file"),
    ("/static/", "script"),
    ("/component/", "script"),
    ("/_stcore/upload_file", "upload"),
    ("/_stcore/health", "health"),
    (_ALIVE, "health"),
    (_READY, "health"),
    (_METRICS, "health"),
)


class Metrics:
    """What one server process counts from its start, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.requests = Counter(
            "four_islands_requests", "Answered requests.", ("kind", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "four_islands_request_seconds",
            "Time from a request to the end of its answer.",
            ("kind",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.readers = Gauge("four_islands_readers", "Pages that are open and connected.", registry=self.registry)
        self.connections = Counter(
            "four_islands_connections", "Pages that have connected, again ones too.", registry=self.registry
        )
        self.data_read = Gauge("four_islands_data_read", "1: the data has no fault.", registry=self.registry)
        self.store_answers = Gauge(
            "four_islands_store_answers", "1: the store answers; 0: shipped excerpts only.", registry=self.registry
        )


def health_routes(metrics: Metrics, store_answers: Callable[[], bool], base_path: str) -> list[Route]:
    """Make the routes ``/healthz``, ``/readyz`` and ``/metrics``.

    Parameters
    ----------
    metrics
        What the last of them tells.
    store_answers
        Reads what every page needs, as far as it is not read yet, and returns whether the store of excerpts answers.
        May fail with a GeoError: then there is no page.
    base_path
        Path under which the whole app is served.

    Notes
    -----
    A server whose store is away is ready: the page says so in one sentence and shows the rest. Were it not, one
    database away would take every server from the readers.
    """

    async def alive(_: Request) -> Response:
        return PlainTextResponse("alive\n", headers=_NOT_KEPT)

    # not async: reading may take a while, and Starlette runs it in a thread
    def ready(_: Request) -> Response:
        try:
            answers = store_answers()
        except GeoError:
            metrics.data_read.set(0)
            return PlainTextResponse("not ready: the data has faults\n", HTTPStatus.SERVICE_UNAVAILABLE, _NOT_KEPT)
        metrics.data_read.set(1)
        metrics.store_answers.set(answers)
        return PlainTextResponse("ready\n" if answers else "ready, without the store\n", headers=_NOT_KEPT)

    def told(request: Request) -> Response:
        ready(request)
        return Response(generate_latest(metrics.registry), headers=_NOT_KEPT, media_type=CONTENT_TYPE_PLAIN_0_0_4)

    base = base_path.strip("/")
    start = f"/{base}" if base else ""
    return [Route(start + path, serve) for path, serve in ((_ALIVE, alive), (_READY, ready), (_METRICS, told))]


class Counted:
    """Counts what is asked of the application behind it, and the pages that are connected.

    Parameters
    ----------
    app
        The application behind it.
    metrics
        Where it is counted.
    base_path
        Path under which the whole app is served.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, base_path: str) -> None:
        self._app = app
        self._metrics = metrics
        base = base_path.strip("/")
        self._base = f"/{base}" if base else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, and count it when it is answered."""
        if scope["type"] == "http":
            await self._count_request(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._count_connection(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _count_request(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = self._kind(scope)
        # of an answer that never began
        status = int(HTTPStatus.INTERNAL_SERVER_ERROR)

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        started = time.perf_counter()
        try:
            await self._app(scope, receive, seen)
        finally:
            self._metrics.requests.labels(kind, str(status)).inc()
            self._metrics.seconds.labels(kind).observe(time.perf_counter() - started)

    async def _count_connection(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_open = False

        async def seen(message: Message) -> None:
            nonlocal is_open
            if message["type"] == "websocket.accept" and not is_open:
                is_open = True
                self._metrics.readers.inc()
                self._metrics.connections.inc()
            await send(message)

        try:
            await self._app(scope, receive, seen)
        finally:
            if is_open:
                self._metrics.readers.dec()

    def _kind(self, scope: Scope) -> str:
        path = scope["path"].removeprefix(scope.get("root_path", "")).removeprefix(self._base)
        if path in {"", "/"}:
            return "page"
        return next((kind for beginning, kind in _KINDS if path.startswith(beginning)), "other")
