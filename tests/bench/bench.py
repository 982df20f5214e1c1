"""Measures the page beside a bare Streamlit page in one run; prints JSON, or a profile with ``--profile``."""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import platform
import signal
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import browsing
import crowd
import stages
import uploads
from serving import Kind, Server, served

PARTS = ("browser", "labelled", "news", "sea", "server", "sessions", "store", "uploads")
KINDS: tuple[Kind, ...] = ("floor", "page")
PACKAGES = ("streamlit", "streamlit-folium", "folium", "uvicorn", "websockets", "playwright")


def main() -> None:
    """Run what is asked for."""
    options = _options()
    # a caller that stops us stops our servers too
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    gc.freeze()
    if options.profile:
        print(asyncio.run(stages.profile(reruns=60 if options.quick else 200, lines=40)))
        return
    found: dict[str, Any] = {"machine": _machine(), "load_average_before": [round(v, 2) for v in os.getloadavg()]}
    parts = {
        "server": _server,
        "sessions": _sessions,
        "browser": _browser,
        "labelled": _labelled,
        "news": _news,
        "sea": _sea,
        "store": _store,
        "uploads": _uploads,
    }
    for name, part in parts.items():
        if options.only in {None, name}:
            found[name] = part(quick=options.quick)
    if options.steps:
        found["sessions_by_steps"] = _steps(quick=options.quick)
    found["load_average_after"] = [round(v, 2) for v in os.getloadavg()]
    found["aims"] = _aims(found)
    print(json.dumps(found, indent=2, ensure_ascii=False))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repeats, for a look")
    parser.add_argument("--only", choices=PARTS, help="one part alone")
    parser.add_argument("--steps", action="store_true", help="also 50, 100 and 200 sessions, 5 s between clicks")
    parser.add_argument("--profile", action="store_true", help="show where the time of a rerun goes instead")
    return parser.parse_args()


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "processor": platform.processor() or platform.machine(),
        "python": platform.python_version(),
        "chromium": _chromium_version(),
        **{package: version(package) for package in PACKAGES},
    }


def _chromium_version() -> str:
    program = browsing.chromium()
    if program is None:
        return "playwright's own"
    return subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=False, timeout=20
    ).stdout.strip()


def _server(*, quick: bool) -> dict[str, Any]:
    reruns = 40 if quick else 120
    found: dict[str, Any] = {"reruns": reruns}
    for kind in KINDS:
        _say(f"server: {kind}")
        with served(kind) as server:
            found[kind] = {
                "start_to_listening_ms": round(server.listening_ms),
                "first_run_after_start_ms": round(asyncio.run(crowd.first_run_ms(kind, server)), 1),
                "second_session_first_run_ms": round(asyncio.run(crowd.first_run_ms(kind, server)), 1),
                **asyncio.run(crowd.one_reader(kind, server, reruns)),
            }
            if kind == "page":
                found["elements"] = asyncio.run(crowd.elements_of_a_rerun(server))
        found[kind] |= asyncio.run(stages.script_times(kind, reruns))
    for deed in ("click", "toggle"):
        found[f"{deed}_cpu_ratio_to_floor"] = round(found["page"][f"{deed}_cpu_ms"] / found["floor"]["click_cpu_ms"], 2)
    return found


def _sessions(*, quick: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind in KINDS:
        with served(kind) as server:
            found[kind] = asyncio.run(_crowds(kind, server, quick=quick))
    page, floor = (found[kind]["200_with_5_s_between_clicks"]["p95_ms"] for kind in ("page", "floor"))
    found["p95_ratio_to_floor"] = round(page / floor, 2)
    return found


def _steps(*, quick: bool) -> dict[str, Any]:
    """Measure 50, 100 and 200 sessions on one server after the other, each step beside the floor."""
    found: dict[str, Any] = {}
    for count in (50, 100, 200):
        p95 = {}
        for kind in KINDS:
            _say(f"steps: {kind}, {count} with 5 s between clicks")
            with served(kind) as server:
                calm = asyncio.run(crowd.stroll(kind, server, count, seconds=8 if quick else 15, pause=5.0))
            found[f"{count}_{kind}"] = calm
            p95[kind] = calm["p95_ms"]
        found[f"{count}_p95_ratio_to_floor"] = round(p95["page"] / p95["floor"], 2)
    return found


async def _crowds(kind: Kind, server: Server, *, quick: bool) -> dict[str, Any]:
    gc.disable()  # ours would be counted as the server's
    try:
        _say(f"sessions: {kind}, 50 without pause")
        busy = await crowd.hurry(kind, server, 50, seconds=4 if quick else 6)
        _say(f"sessions: {kind}, 200 with 5 s between clicks")
        calm = await crowd.stroll(kind, server, 200, seconds=8 if quick else 15, pause=5.0)
    finally:
        gc.enable()
    return {"50_without_pause": busy, "200_with_5_s_between_clicks": calm}


def _browser(*, quick: bool) -> dict[str, Any]:
    with served("page") as page, served("floor") as floor, browsing.opened() as browser:
        found = browsing.first_loads(browser, page, floor, rounds=2 if quick else 5)
        found |= browsing.waits(browser, page, floor, rounds=5 if quick else 15, warm=3)
        _say("browser: main thread and growth")
        found |= browsing.burdens(browser, page, toggles=100 if quick else 500)
        _say("browser: bytes")
        found["bytes"] = browsing.weights(browser, "page", page)
        found["floor_bytes"] = browsing.weights(browser, "floor", floor)
    return found


def _news(*, quick: bool) -> dict[str, Any]:
    """Measure reading on a generated corpus, in a process of its own."""
    sizes = ("1000", "10000") if quick else ("1000", "10000", "100000")
    command = [sys.executable, str(Path(__file__).with_name("news.py")), "--articles", *sizes]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=1800)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _store(*, quick: bool) -> dict[str, Any]:
    """Measure adding and searching in stores of some sizes."""
    sizes = ("10000",) if quick else ("10000", "100000")
    command = [sys.executable, str(Path(__file__).with_name("scale.py")), "--excerpts", *sizes]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=1800)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _uploads(*, quick: bool) -> dict[str, Any]:
    """Measure what readers wait while two clients upload the worst files there are."""
    with served("page") as server:
        return asyncio.run(uploads.measured(server, quick=quick))


def _sea(*, quick: bool) -> dict[str, Any]:
    """Measure the zones of the sea and an origin of distances, in a process of its own."""
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, str(root / "tests" / "bench" / "sea.py"), *(["--quick"] if quick else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=1800)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _labelled(*, quick: bool) -> dict[str, Any]:  # noqa: ARG001 - it takes two seconds either way
    """Score the finding on the labelled sentences, in a process of its own: here nothing of geo is loaded."""
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, str(root / "tests" / "bench" / "labelled.py")]
    environment = os.environ | {"PYTHONPATH": str(root)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=120)
    scored: dict[str, Any] = json.loads(done.stdout)
    return scored


def _aims(found: dict[str, Any]) -> dict[str, Any]:
    """Compare with what the page is meant to reach."""
    aims = (
        ("click_ratio_to_floor", 0.6, ("browser", "click_ratio_to_floor")),
        ("toggle_ratio_to_floor", 1.0, ("browser", "toggle_ratio_to_floor")),
        ("first_map_ratio_to_floor", 1.4, ("browser", "first_load_ratio_to_floor")),
        ("first_text_ratio_to_floor", 1.1, ("browser", "first_load_text_ratio_to_floor")),
        ("main_thread_ms_per_click", 80, ("browser", "main_thread_ms_per_click", "TaskDuration")),
        ("click_last_paint_ratio_to_floor", 2.0, ("browser", "click_last_paint_ratio_to_floor")),
        ("toggle_last_paint_ratio_to_floor", 2.0, ("browser", "toggle_last_paint_ratio_to_floor")),
        ("click_messages", 10, ("browser", "bytes", "click_again_down_messages")),
        ("toggle_messages", 10, ("browser", "bytes", "toggle_again_down_messages")),
        ("click_cpu_ratio_to_floor", 2.0, ("server", "click_cpu_ratio_to_floor")),
        ("toggle_cpu_ratio_to_floor", 2.0, ("server", "toggle_cpu_ratio_to_floor")),
        ("200_sessions_p95_ratio_to_floor", 2.0, ("sessions", "p95_ratio_to_floor")),
        ("median_beside_uploads_ratio", 1.5, ("uploads", "median_ratio")),
    )
    judged = {}
    for name, limit, path in aims:
        value: Any = found
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None:
            judged[name] = {"limit": limit, "measured": value, "met": value <= limit}
    return judged


def _say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
