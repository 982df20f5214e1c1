"""Inside the server: how long the page's script takes in a rerun, and where the time goes."""

from __future__ import annotations

import io
import pstats
import statistics
import tempfile
from pathlib import Path
from typing import Any

from reader import Deed, reading
from serving import Kind, served
from timed import SKIPPED_RUNS


async def script_times(kind: Kind, reruns: int) -> dict[str, Any]:
    """Measure the script's own time in a rerun, garbage collection after it included."""
    deeds: tuple[Deed, ...] = ("click", "toggle") if kind == "page" else ("click",)
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "times"
        with served(kind, clock=("times", file)) as server:
            async with reading(kind, server.port) as reader:
                await reader.open()
                for deed in ("click", *deeds):
                    for _ in range(SKIPPED_RUNS if deed == "click" else 3):
                        await reader.do(deed)
                for deed in deeds:
                    for _ in range(reruns):
                        await reader.do(deed)
        lines = [[float(v) for v in line.split()] for line in file.read_text(encoding="utf-8").splitlines()]
    found["first_run_script_ms"] = round(lines[0][0], 1)
    measured = lines[-len(deeds) * reruns :]
    for number, deed in enumerate(deeds):
        wall, cpu, collecting = zip(*measured[number * reruns : (number + 1) * reruns], strict=True)
        found[f"{deed}_script_ms"] = round(statistics.median(wall), 2)
        found[f"{deed}_script_cpu_ms"] = round(statistics.median(cpu), 2)
        found[f"{deed}_of_it_garbage_collection_ms"] = round(statistics.median(collecting), 2)
    return found


async def profile(reruns: int, lines: int) -> str:
    """Give the profile of reruns of the page by clicks and toggles, most expensive first."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "profile"
        with served("page", clock=("profile", file)) as server:
            async with reading("page", server.port) as reader:
                await reader.open()
                for number in range(SKIPPED_RUNS + reruns):
                    await reader.do("toggle" if number % 5 == 4 else "click")
        text = io.StringIO()
        stats = pstats.Stats(str(file), stream=text)
        print(f"{reruns} reruns; divide by that for one", file=text)
        for order in ("cumulative", "tottime"):
            stats.sort_stats(order).print_stats(lines)
    return text.getvalue()
