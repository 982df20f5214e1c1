"""What many readers cost one server: sessions over the websocket, without a browser."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from reader import Deed, Reader, WrongAnswerError, reading
from serving import Kind, Server
from websockets.exceptions import WebSocketException

ANSWER_SECONDS = 30
OPENED_AT_ONCE = 10


@dataclass
class Tally:
    """Answers of a crowd."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def summary(self, seconds: float, server_cpu: float, own_cpu: float) -> dict[str, Any]:
        """Sum up; a share near 1 of one core, the server's or our own, means that this is the limit."""
        times = sorted(self.times) or [float("nan")]
        return {
            "reruns": len(self.times),
            "reruns_per_s": round(len(self.times) / seconds, 1),
            "median_ms": round(statistics.median(times), 1),
            "p95_ms": round(times[int(0.95 * (len(times) - 1))], 1),
            "max_ms": round(times[-1], 1),
            "errors": len(self.errors),
            "error_kinds": sorted({e[:200] for e in self.errors})[:5],
            "cpu_ms_per_rerun": round(1000 * server_cpu / max(1, len(self.times)), 1),
            "server_cpu_cores": round(server_cpu / seconds, 2),
            "load_generator_cpu_cores": round(own_cpu / seconds, 2),
        }


async def one_reader(kind: Kind, server: Server, reruns: int) -> dict[str, Any]:
    """Measure reruns of a single session: processor time of the server, and milliseconds to the last message."""
    found: dict[str, Any] = {}
    deeds: tuple[Deed, ...] = ("click", "toggle") if kind == "page" else ("click",)
    async with reading(kind, server.port) as reader:
        await reader.open()
        for deed in ("click", *deeds):
            for _ in range(12):
                await reader.do(deed)
        for deed in deeds:
            before = server.cpu_seconds()
            times = [(await reader.do(deed)).ms for _ in range(reruns)]
            spent = server.cpu_seconds() - before
            found[f"{deed}_cpu_ms"] = round(1000 * spent / reruns, 2)
            found[f"{deed}_to_last_message_ms"] = round(statistics.median(times), 1)
    found["rss_after_use_mb"] = round(server.rss_mb())
    return found


async def first_run_ms(kind: Kind, server: Server) -> float:
    """Load the page once over the websocket; the first such run after start is slower."""
    async with reading(kind, server.port) as reader:
        return (await reader.open()).ms


async def elements_of_a_rerun(server: Server) -> dict[str, Any]:
    """List what travels for a click on an island and for a toggle, element by element."""
    found: dict[str, Any] = {}
    async with reading("page", server.port) as reader:
        await reader.open()
        for _ in range(4):
            await reader.click()
        for deed in ("click", "toggle"):
            answer = await (reader.click() if deed == "click" else reader.toggle())
            found[deed] = [f"{name}: {size} B{' (reference)' * ref}" for name, size, ref in answer.elements]
    return found


async def hurry(kind: Kind, server: Server, count: int, seconds: float) -> dict[str, Any]:
    """Let a crowd click without pause."""
    async with _crowd(kind, server, count) as readers:
        return await _watched(server, readers, seconds, pause=0.0)


async def stroll(kind: Kind, server: Server, count: int, seconds: float, pause: float) -> dict[str, Any]:
    """Let a crowd click with a pause between an answer and the next click, starting at random."""
    async with _crowd(kind, server, count) as readers:
        found = await _watched(server, readers, seconds, pause)
        return {**found, "rss_mb": round(server.rss_mb())}


@asynccontextmanager
async def _crowd(kind: Kind, server: Server, count: int) -> AsyncIterator[list[Reader]]:
    async with AsyncExitStack() as stack:
        readers: list[Reader] = []
        while len(readers) < count:
            more = range(len(readers), min(count, len(readers) + OPENED_AT_ONCE))
            batch = [await stack.enter_async_context(reading(kind, server.port, start=n)) for n in more]
            await asyncio.gather(*(r.open() for r in batch))
            readers += batch
        yield readers


async def _watched(server: Server, readers: Sequence[Reader], seconds: float, pause: float) -> dict[str, Any]:
    tally = Tally()
    before = server.cpu_seconds(), time.process_time()
    started = time.perf_counter()
    await asyncio.gather(*(_clicks(r, tally, started + seconds, pause) for r in readers))
    passed = time.perf_counter() - started
    return tally.summary(passed, server.cpu_seconds() - before[0], time.process_time() - before[1])


async def _clicks(reader: Reader, tally: Tally, until: float, pause: float) -> None:
    await asyncio.sleep(random.uniform(0, pause))  # noqa: S311  not a secret
    while time.perf_counter() < until:
        try:
            answer = await asyncio.wait_for(reader.click(), ANSWER_SECONDS)
        except (TimeoutError, WebSocketException, OSError, KeyError, WrongAnswerError) as error:
            tally.errors.append(repr(error))
            return
        tally.times.append(answer.ms)
        await asyncio.sleep(pause)
