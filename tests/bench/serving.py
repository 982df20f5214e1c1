"""The measured servers, each started as a reader would start it, and a relay that counts bytes on the wire."""

from __future__ import annotations

import asyncio
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self

import psutil

Kind = Literal["page", "floor"]

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SCRIPTS: dict[Kind, Path] = {"page": ROOT / "dashboard.py", "floor": HERE / "floor.py"}
START_SECONDS = 60
STOP_SECONDS = 5


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    process: psutil.Process
    started: float
    listening_ms: float

    @property
    def address(self) -> str:
        """Where a browser finds the page."""
        return f"http://localhost:{self.port}"

    def cpu_seconds(self) -> float:
        """Processor time used so far, of all threads."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def rss_mb(self) -> float:
        """Memory in use."""
        return float(self.process.memory_info().rss) / 1e6


@contextmanager
def served(kind: Kind, *, clock: tuple[Literal["times", "profile"], Path] | None = None) -> Iterator[Server]:
    """Run one of the two pages while the context lasts; ``clock`` runs it under ``timed.py``."""
    launcher = ["-m", "streamlit"] if clock is None else [str(HERE / "timed.py"), clock[0], str(clock[1])]
    port = _free_port()
    command = [sys.executable, *launcher, "run", str(SCRIPTS[kind])]
    command += ["--server.port", str(port), "--server.headless", "true"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("STREAMLIT_")}
    with tempfile.TemporaryFile() as log:
        started = time.perf_counter()
        # both from the same folder, so that both read the same .streamlit/config.toml
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
        )
        try:
            listening = _wait_until_up(process, port, started)
            if listening is None:
                log.seek(0)
                said = log.read().decode(errors="replace")[-2000:]
                message = f"{kind} did not start:\n{said}"
                raise RuntimeError(message)
            yield Server(port, psutil.Process(process.pid), started, 1000 * listening)
        finally:
            _stop(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(process: subprocess.Popen[bytes], port: int, started: float) -> float | None:
    while process.poll() is None and time.perf_counter() - started < START_SECONDS:
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("localhost", port, timeout=2)
            connection.request("GET", "/_stcore/health")
            if connection.getresponse().status == http.client.OK:
                return time.perf_counter() - started
        time.sleep(0.01)
    return None


def _stop(process: subprocess.Popen[bytes]) -> None:
    # the process leads a session of its own, so its group is only what it started
    for how in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
            return


@dataclass
class Traffic:
    """Bytes on the wire through a relay, with websocket frames' headers but without TCP's."""

    up: dict[str, int] = field(default_factory=lambda: {"http": 0, "websocket": 0})
    down: dict[str, int] = field(default_factory=lambda: {"http": 0, "websocket": 0})


class Relay:
    """A TCP relay on loopback that counts what passes, websocket connections apart from plain HTTP."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.port = _free_port()
        self.traffic = Traffic()
        self._loop = asyncio.new_event_loop()
        self._up = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        """Start to listen."""
        self._thread.start()
        self._up.wait(STOP_SECONDS)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening and drop what is open."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._connect, "localhost", self.port))
        self._up.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.05))
        self._loop.close()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.CancelledError):
            far_reader, far_writer = await asyncio.open_connection("localhost", self.target)
            first = await reader.read(65536)
            kind = "websocket" if b"/_stcore/stream" in first.split(b"\r\n", 1)[0] else "http"
            self.traffic.up[kind] += len(first)
            far_writer.write(first)
            await asyncio.gather(
                self._pump(reader, far_writer, self.traffic.up, kind),
                self._pump(far_reader, writer, self.traffic.down, kind),
            )

    @staticmethod
    async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter, count: dict[str, int], kind: str) -> None:
        with suppress(OSError):
            while data := await source.read(65536):
                count[kind] += len(data)
                sink.write(data)
                await sink.drain()
        sink.close()
