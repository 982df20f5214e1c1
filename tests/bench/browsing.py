"""What a reader with a browser waits for, and the bytes that travel for it."""

from __future__ import annotations

import base64
import os
import shutil
import statistics
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright
from serving import HERE, Kind, Relay, Server

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZE = {"width": 1280, "height": 720}
ISLANDS = ("iturup", "kunashir", "shikotan", "habomai")
NAMINGS = ("Russian", "Japanese", "both")
# long enough for what follows a rerun (stale marks, query string, idle work) to be over
REST_MS = 150
IDLE = "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
# what the browser counts of its main thread, in seconds
MAIN_THREAD = ("TaskDuration", "ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def chromium() -> str | None:
    """Find the system's Chromium; without one Playwright takes its own."""
    return next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)


@contextmanager
def opened() -> Iterator[Browser]:
    """Run a headless Chromium while the context lasts."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS])
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Seat:
    """A page in the browser and what has been done on it."""

    kind: Kind
    page: Page
    islands: Iterator[str] = field(default_factory=lambda: cycle(ISLANDS))
    namings: Iterator[str] = field(default_factory=lambda: cycle(NAMINGS))

    def click(self) -> list[float]:
        """Click on the next island, or the floor's button; milliseconds to panel and card, or to text."""
        if self.kind == "floor":
            return self._press("[data-testid=stButton] button", ["floor"])
        island = next(self.islands)
        point = self.page.evaluate("island => bench.ground(island)", island)
        if point is None:
            message = f"no ground of {island} can be clicked"
            raise RuntimeError(message)
        return self._press(tuple(point), ["panel", "card"])

    def toggle(self) -> list[float]:
        """Switch to the next naming; milliseconds to labels and panel."""
        return self._press(f".st-key-naming button:has-text('{next(self.namings)}')", ["labels", "panel"])

    def _press(self, where: str | tuple[float, float], things: list[str]) -> list[float]:
        if isinstance(where, str):
            box = self.page.locator(where).first.bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
            where = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.page.mouse.move(*where)
        self.page.wait_for_timeout(30)
        self.page.evaluate("things => bench.arm(things)", things)
        self.page.mouse.click(*where)
        taken: list[float] = self.page.evaluate("() => bench.result")
        self.rest()
        # last of all, until nothing changes any more: the frame in which the last change was seen
        return [*taken, self.page.evaluate("() => bench.lastPaint()")]

    def rest(self) -> None:
        """Wait until nothing runs any more."""
        self.page.wait_for_function(IDLE)
        self.page.wait_for_timeout(REST_MS)


@contextmanager
def seated(browser: Browser, kind: Kind, address: str) -> Iterator[tuple[Seat, list[float]]]:
    """Open the page with an empty cache; gives it with the milliseconds of its first load."""
    context = browser.new_context(viewport={"width": SIZE["width"], "height": SIZE["height"]}, locale="en-US")
    try:
        context.add_init_script(path=Path(HERE / "watch.js"))
        page = context.new_page()
        page.goto(address, wait_until="commit")
        taken: list[float] = page.evaluate("kind => bench.loaded(kind)", kind)
        seat = Seat(kind, page)
        if kind == "page":
            page.wait_for_selector("[data-section]")
        seat.rest()
        yield seat, taken
    finally:
        context.close()


def waits(browser: Browser, page: Server, floor: Server, rounds: int, warm: int) -> dict[str, Any]:
    """Measure clicks and toggles on an open page, in turns with the floor."""
    keys = (("floor", "floor_paint"), ("panel", "card", "click_paint"), ("labels", "renamed", "toggle_paint"))
    found: dict[str, list[float]] = {key: [] for deed in keys for key in deed}
    with seated(browser, "page", page.address) as (seat, _), seated(browser, "floor", floor.address) as (bare, _):
        for turn in range(-warm, rounds):
            _say(f"browser: round {turn + 1} of {rounds}")
            figures = []
            for one, deed in ((bare, bare.click), (seat, seat.click), (seat, seat.toggle)):
                one.page.bring_to_front()
                figures.append(deed())
            if turn >= 0:
                for names, values in zip(keys, figures, strict=True):
                    for key, value in zip(names, values, strict=True):
                        found[key].append(value)
    middle = {key: statistics.median(values) for key, values in found.items()}
    return {
        "rounds": rounds,
        "click_to_panel_ms": round(middle["panel"], 1),
        "click_to_panel_range_ms": _range(found["panel"]),
        "click_to_card_on_map_ms": round(middle["card"], 1),
        "toggle_to_labels_ms": round(middle["labels"], 1),
        "toggle_to_labels_range_ms": _range(found["labels"]),
        "toggle_to_panel_ms": round(middle["renamed"], 1),
        "floor_click_to_text_ms": round(middle["floor"], 1),
        "floor_click_to_text_range_ms": _range(found["floor"]),
        **{f"{deed}_last_paint_ms": round(middle[f"{deed}_paint"], 1) for deed in ("click", "toggle", "floor")},
        **{
            f"{deed}_last_paint_ratio_to_floor": round(middle[f"{deed}_paint"] / middle["floor_paint"], 2)
            for deed in ("click", "toggle")
        },
        "click_ratio_to_floor": round(middle["panel"] / middle["floor"], 2),
        "toggle_ratio_to_floor": round(middle["labels"] / middle["floor"], 2),
    }


def burdens(browser: Browser, page: Server, toggles: int) -> dict[str, Any]:
    """Measure what a click costs the browser's main thread, and what many toggles leave behind in it."""
    with seated(browser, "page", page.address) as (seat, _):
        session = seat.page.context.new_cdp_session(seat.page)
        session.send("Performance.enable")

        def now() -> dict[str, float]:
            session.send("HeapProfiler.collectGarbage")
            metrics = session.send("Performance.getMetrics")["metrics"]
            return {m["name"]: m["value"] for m in metrics}

        for _ in range(8):
            seat.click()
            seat.toggle()
        before = now()
        for _ in range(12):
            seat.click()
        after = now()
        spent = {k: round(1000 * (after[k] - before[k]) / 12, 1) for k in MAIN_THREAD}
        for _ in range(toggles):
            seat.page.locator(f".st-key-naming button:has-text('{next(seat.namings)}')").click()
            seat.page.wait_for_timeout(25)
        seat.rest()
        later = now()
    kept = {k: round(later[k] - after[k]) for k in ("Nodes", "JSEventListeners", "JSHeapUsedSize")}
    return {"main_thread_ms_per_click": spent, "toggles": toggles, "growth_after_toggles": kept}


def first_loads(browser: Browser, page: Server, floor: Server, rounds: int) -> dict[str, Any]:
    """Measure loads with an empty cache, in turns with the floor."""
    ready, panel, text = [], [], []
    for turn in range(-1, rounds):
        _say(f"browser: first load {turn + 1} of {rounds}")
        with seated(browser, "floor", floor.address) as (_, bare):
            pass
        with seated(browser, "page", page.address) as (_, taken):
            pass
        if turn >= 0:
            ready.append(taken[0])
            panel.append(taken[1])
            text.append(bare[0])
    return {
        "first_load_map_ready_ms": round(statistics.median(ready), 1),
        "first_load_map_ready_range_ms": _range(ready),
        "first_load_panel_ms": round(statistics.median(panel), 1),
        "floor_first_load_text_ms": round(statistics.median(text), 1),
        "floor_first_load_range_ms": _range(text),
        "first_load_ratio_to_floor": round(statistics.median(ready) / statistics.median(text), 2),
        "first_load_text_ratio_to_floor": round(statistics.median(panel) / statistics.median(text), 2),
    }


@dataclass
class Network:
    """What the browser says it sent and received."""

    up: int = 0
    down: int = 0
    frames_down: int = 0
    http_bytes: int = 0
    requests: int = 0
    outside: set[str] = field(default_factory=set)

    def listen(self, page: Page) -> None:
        """Count from now on."""
        session = page.context.new_cdp_session(page)
        session.on("Network.webSocketFrameReceived", lambda e: self._frame(e["response"], down=True))
        session.on("Network.webSocketFrameSent", lambda e: self._frame(e["response"], down=False))
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.requestWillBeSent", lambda e: self._request(e["request"]["url"]))
        session.on("Network.webSocketCreated", lambda e: self._host(e["url"]))
        session.send("Network.enable")

    def _frame(self, response: dict[str, Any], *, down: bool) -> None:
        data = response["payloadData"]
        size = len(base64.b64decode(data)) if response["opcode"] == 2 else len(data.encode())
        if down:
            self.down += size
            self.frames_down += 1
        else:
            self.up += size

    def _finished(self, event: dict[str, Any]) -> None:
        self.http_bytes += int(event["encodedDataLength"])

    def _request(self, url: str) -> None:
        if urlsplit(url).scheme in {"http", "https"}:
            self.requests += 1
            self._host(url)

    def _host(self, url: str) -> None:
        if (host := urlsplit(url).hostname) and host not in LOOPBACK:
            self.outside.add(host)


def weights(browser: Browser, kind: Kind, server: Server) -> dict[str, Any]:
    """Count bytes of the first load and of reruns: as payload by the browser, on the wire by a relay."""
    network = Network()
    with Relay(server.port) as relay:
        context = browser.new_context(viewport={"width": SIZE["width"], "height": SIZE["height"]}, locale="en-US")
        try:
            context.add_init_script(path=Path(HERE / "watch.js"))
            page = context.new_page()
            network.listen(page)
            page.goto(f"http://localhost:{relay.port}", wait_until="commit")
            page.evaluate("kind => bench.loaded(kind)", kind)
            seat = Seat(kind, page)
            seat.rest()
            page.wait_for_timeout(1000)
            found: dict[str, Any] = {
                "requests": network.requests,
                "http_bytes": network.http_bytes,
                "http_wire_bytes_down": relay.traffic.down["http"],
                **_counted("first_load", _now(network, relay), [0] * 5),
            }
            deeds = (("click", seat.click, ISLANDS), ("toggle", seat.toggle, NAMINGS * (kind == "page")))
            for name, deed, kinds in deeds:
                for when, times in (("first_time", len(kinds)), ("again", len(kinds))):
                    before = _now(network, relay)
                    for _ in range(times):
                        deed()
                    if times:
                        found |= _counted(f"{name}_{when}", _now(network, relay), before, times)
        finally:
            context.close()
    found["outside_hosts"] = sorted(network.outside)
    return found


def _now(network: Network, relay: Relay) -> list[int]:
    wire = relay.traffic
    return [network.down, wire.down["websocket"], network.up, wire.up["websocket"], network.frames_down]


def _counted(name: str, now: Sequence[int], before: Sequence[int], times: int = 1) -> dict[str, int]:
    keys = ("down_bytes", "down_wire_bytes", "up_bytes", "up_wire_bytes", "down_messages")
    return {f"{name}_{k}": round((n - b) / times) for k, n, b in zip(keys, now, before, strict=True)}


def _range(values: Sequence[float]) -> list[float]:
    return [round(min(values), 1), round(max(values), 1)]


def _say(text: str) -> None:
    print(text, file=sys.stderr, end="\r" if os.isatty(2) else "\n")
