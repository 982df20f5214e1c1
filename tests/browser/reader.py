"""What a reader does at the page in a browser, and the servers the page comes from."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import shapely
from playwright.sync_api import Browser, ConsoleMessage, Frame, Locator, Page, Request, Route, ViewportSize, expect

from geo.page.labels import perspective_names

ROOT = Path(__file__).resolve().parents[2]
DESK: ViewportSize = {"width": 1280, "height": 720}
PHONE: ViewportSize = {"width": 390, "height": 844}
SIZES = {"desk": DESK, "phone": PHONE}
NAMINGS = {"ja": "Japanese", "ru": "Russian", "both": "both"}
# by island: its name in Japanese and in Russian
ISLANDS = {
    "iturup": ("択捉島", "Итуруп"),
    "kunashir": ("国後島", "Кунашир"),
    "shikotan": ("色丹島", "Шикотан"),
    "habomai": ("歯舞群島", "Хабомаи"),
}
# longitude and latitude in the Pacific, with nothing of the map's furniture on it
OPEN_SEA = (147.2, 43.3)
MAP = 'iframe[title*="st_folium"]'
# what one of the maps shows: its words, and the lines and patterns as they are painted; ``ground`` gives for each area
# places (longitude, latitude) well inside it, where the pattern is read, and along whose shore the outline is read
_PICTURE = """([selector, ground]) => {
  const box = document.querySelector(selector), frame = box.getBoundingClientRect();
  const words = (query, root = box) => root.querySelector(query)?.textContent ?? "";
  const paths = [...box.querySelectorAll("path")].filter((path) => path.getAttribute("d") && path.getScreenCTM());
  const filled = paths.filter((path) => path.getAttribute("fill") !== "none" && !path.matches(".rim"));
  const shores = paths.filter((path) => path.getAttribute("fill") === "none" && !path.matches(".rim, .border"));
  const patterns = {}, outlines = {};
  const outline = (path) => path?.getAttribute("stroke") === "var(--map-counted)"
    ? (path.getAttribute("stroke-dasharray") ? "disputed" : "yes") : "no";
  for (const [area, places] of Object.entries(ground)) {
    const own = box.querySelector(`path.island-${area}`);
    const points = places.map(([lon, lat]) => window.map.latLngToContainerPoint([lat, lon]));
    const under = ({ x, y }, dx, dy) => filled.filter((path) => {
      const point = new DOMPoint(frame.left + x + dx, frame.top + y + dy);
      return path.isPointInFill(point.matrixTransform(path.getScreenCTM().inverse()));
    });
    // land a few pixels wide may be drawn up to two pixels from where it is
    for (const [dx, dy] of own ? [] : [[0, 0], [0, 1], [1, 0], [0, -1], [-1, 0], [0, 2], [2, 0], [0, -2], [-2, 0]]) {
      const lands = points.map((point) => under(point, dx, dy)).filter((paths) => paths.length);
      patterns[area] = lands.flat().map((path) => path.getAttribute("fill"));
      if (!lands.length) continue;
      const land = lands[0][0];
      const along = [...Array(12).keys()].map((n) => land.getPointAtLength((n / 12) * land.getTotalLength()));
      const counted = (path) => along.filter((point) => path.isPointInStroke(point)).length;
      outlines[area] = outline(shores.reduce((best, path) => (counted(path) > counted(best) ? path : best)));
      break;
    }
    if (own) [patterns[area], outlines[area]] = [[own.getAttribute("fill")], outline(own)];
    patterns[area] = [...new Set(patterns[area])];
  }
  const borders = {}, labels = {}, units = {}, places = {};
  for (const path of box.querySelectorAll("path.border")) {
    const id = [...path.classList].find((name) => name.startsWith("border-")).slice("border-".length);
    borders[id] = path.getAttribute("stroke-dasharray") ? "dashed" : "solid";
  }
  for (const label of box.querySelectorAll(".border-label .label")) labels[label.dataset.id] = words("b", label);
  for (const label of box.querySelectorAll(".island-label .label")) {
    units[label.dataset.id] = words(".units", label);
    const { left, top } = label.parentNode.getBoundingClientRect();
    places[label.dataset.id] = [left - frame.left, top - frame.top];
  }
  const terms = [...box.querySelectorAll(".card:not([hidden]) dt")];
  const rows = terms.map((term) => [term.textContent, term.nextElementSibling.textContent]);
  const [heading, strip] = [words(".heading"), words(".strip")];
  return { heading, strip, borders, labels, units, places, rows, patterns, outlines };
}"""
_LOOPBACK = {"localhost", "127.0.0.1"}
_OUTSIDE = re.compile(r"^(http|ws)s?://(?!(localhost|127\.0\.0\.1)[:/])")
_HEALTHY_WITHIN_S = 60


def ground_of_islands() -> dict[str, tuple[float, float]]:
    """Find for each island a point (longitude, latitude) well inside its largest piece of land."""
    features = json.loads((ROOT / "data" / "islands.geojson").read_text("utf-8"))["features"]
    found: dict[str, tuple[float, float]] = {}
    for feature in features:
        parts = shapely.from_geojson(json.dumps(feature["geometry"]))
        largest = max(shapely.get_parts(parts), key=lambda part: float(shapely.area(part)))
        point = largest.representative_point()
        found[feature["id"]] = (point.x, point.y)
    return found


GROUND = ground_of_islands()


@contextmanager
def serving(log: Path, *, data: Path | None = None, base: str = "") -> Iterator[str]:
    """Serve the page from this interpreter until the block ends; gives its address.

    Parameters
    ----------
    log
        Where the server's output goes.
    data
        Another data folder.
    base
        A path to serve the page under.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
    command += ["--server.headless", "true", "--server.port", str(port), "--server.baseUrlPath", base]
    environment = {**os.environ, **({"FOUR_ISLANDS_DATA": str(data)} if data else {})}
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT) as server,
    ):
        try:
            address = f"http://localhost:{port}/{base}".rstrip("/")
            _wait_until_healthy(f"{address}/_stcore/health", server, log)
            yield address
        finally:
            server.terminate()


def _wait_until_healthy(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _HEALTHY_WITHIN_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310  our own http address
                if answer.status == HTTPStatus.OK:
                    return
        except OSError:
            time.sleep(0.1)
    message = f"the server did not come up:\n{log.read_text('utf-8')}"
    raise RuntimeError(message)


@dataclass
class Observed:
    """What a browser context did that a reader would not want."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Picture:
    """What one of the maps shows.

    ``borders`` says by line whether it is dashed or solid, ``labels`` what is written at it, ``units`` by island the
    unit on its label, ``places`` where that label stands (pixels from the map's corner), ``rows`` the card's, and by
    area ``patterns`` the fills found on its land and ``outlines`` whether its shore is outlined as counted as Kuril.
    """

    heading: str
    strip: str
    borders: dict[str, str]
    labels: dict[str, str]
    units: dict[str, str]
    places: dict[str, list[float]]
    rows: list[list[str]]
    patterns: dict[str, list[str]]
    outlines: dict[str, str]


@dataclass
class Reader:
    """One reader with a browser window of its own."""

    page: Page
    observed: Observed

    @classmethod
    def arrive(cls, browser: Browser, size: ViewportSize, **options: Any) -> Reader:  # noqa: ANN401  Playwright's own
        """Open a window whose every request to another machine is stopped and noted."""
        context = browser.new_context(viewport=size, service_workers="block", **options)
        observed = Observed()

        def note(request: Request) -> None:
            if urlsplit(request.url).scheme in {"http", "https"} and urlsplit(request.url).hostname not in _LOOPBACK:
                observed.outside.append(request.url)

        def complain(message: ConsoleMessage) -> None:
            if message.type == "error":
                observed.errors.append(message.text)

        def stop(route: Route) -> None:
            route.abort()

        context.on("request", note)
        context.on("console", complain)
        context.on("weberror", lambda error: observed.errors.append(str(error.error)))
        context.route(_OUTSIDE, stop)
        return cls(context.new_page(), observed)

    def open(self, address: str) -> None:
        """Go to an address and wait until the map is drawn."""
        self.page.goto(address)
        expect(self.map.locator("[data-ready=yes]")).to_be_visible()
        # the browser answers from here on
        expect(self.page.locator(".st-key-body[data-section]")).to_be_visible()

    def leave(self) -> None:
        """Close the window."""
        self.page.context.close()

    @property
    def map(self) -> Locator:
        """The document the map stands in."""
        return self.page.frame_locator(MAP).locator("html")

    @property
    def frame(self) -> Frame:
        """The frame of the map, for its script."""
        handle = self.page.locator(MAP).element_handle()
        frame = handle.content_frame()
        assert frame
        return frame

    @property
    def box(self) -> Locator:
        """The map itself."""
        return self.map.locator("#map_div")

    @property
    def twin(self) -> Locator:
        """The second map of the side-by-side view."""
        return self.map.locator(".twin")

    @property
    def timeline(self) -> Locator:
        """The timeline under the map."""
        return self.map.locator(".timeline")

    @property
    def card(self) -> Locator:
        """The card beside the chosen island."""
        return self.box.locator(".card")

    @property
    def distance_line(self) -> Locator:
        """The dashed line from the origin of distances to the chosen island."""
        return self.box.locator("path[stroke-dasharray='5 4']")

    @property
    def panel(self) -> Locator:
        """The panel of the chosen island, or of all four."""
        return self.page.locator(".st-key-panel")

    @property
    def heading(self) -> Locator:
        """The heading of the panel."""
        return self.panel.locator("h2")

    @property
    def distances(self) -> Locator:
        """The table of distances."""
        return self.page.locator(".st-key-distances")

    @property
    def excerpts(self) -> Locator:
        """The quotations."""
        return self.page.locator(".st-key-excerpts")

    def label(self, subject: str) -> Locator:
        """Find the label of an island or a place on the map."""
        return self.box.locator(f".label[data-id={subject}]")

    def land(self, island: str) -> Locator:
        """Find an island's land on the map."""
        return self.box.locator(f"path.island-{island}")

    def run(self, script: str, argument: Any = None) -> Any:  # noqa: ANN401  whatever the script gives
        """Evaluate a script in the map's frame."""
        return self.frame.evaluate(script, argument)

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Find where in the window a place of the map is, the map scrolled into it."""
        self.box.scroll_into_view_if_needed()
        at = self.run("([lat, lon]) => window.map.latLngToContainerPoint([lat, lon])", [lat, lon])
        corner = self.box.bounding_box()
        assert corner
        return corner["x"] + at["x"], corner["y"] + at["y"]

    def covered(self, lon: float, lat: float) -> bool:
        """Tell whether the card lies on a place of the map."""
        found: bool = self.run(
            """([lat, lon]) => {
              const { x, y } = window.map.latLngToContainerPoint([lat, lon]);
              return Boolean(document.elementFromPoint(x, y)?.closest(".card"));
            }""",
            [lat, lon],
        )
        return found

    def click(self, lon: float, lat: float) -> None:
        """Click a place of the map."""
        self.page.mouse.click(*self.point(lon, lat))

    def click_island(self, island: str) -> None:
        """Click an island on its own ground."""
        self.click(*GROUND[island])

    def choose_in_list(self, island: str) -> None:
        """Choose an island in the list."""
        self.page.locator(".st-key-island button").nth(list(ISLANDS).index(island)).click()

    def clear(self) -> None:
        """Take the choice back with the button beside the list."""
        self.page.locator(".st-key-clear button").click()
        self.sees_all_four()

    def name_in(self, naming: str) -> None:
        """Choose the naming and wait until the map is in it."""
        self.page.locator(".st-key-naming").get_by_text(NAMINGS[naming], exact=True).click()
        expect(self.box).to_have_attribute("data-naming", naming)

    def unfold(self) -> None:
        """Unfold the controls of view, date and meaning."""
        if not self.page.locator(".st-key-perspective").is_visible():
            self.page.locator(".st-key-tools button").click()

    def turn_to(self, section: str) -> None:
        """Open a section of the page by its link."""
        self.page.locator(f".fi.contents a[href='#{section}']").click()

    def look_as(self, perspective: str) -> None:
        """Choose whose view the map draws and wait until it does."""
        self.unfold()
        self.page.locator(".st-key-perspective").get_by_text(perspective_names()[perspective], exact=True).click()
        expect(self.box).to_have_attribute("data-scene", {"both": "jp"}.get(perspective, perspective))
        expect(self.twin).to_be_visible(visible=perspective == "both")

    def pick(self, box: str, words: str) -> None:
        """Choose in a select box by the words of the choice."""
        if box in {"date", "kuril", "zones"}:
            self.unfold()
        self.page.locator(f".st-key-{box} input").click()
        self.page.locator(f".st-key-{box} input").fill(words)
        self.page.get_by_role("option", name=words, exact=True).click()

    def frame_whole_chain(self) -> None:
        """Show Sakhalin and the whole Kuril chain."""
        self.map.get_by_role("button", name="Show Sakhalin and the whole Kuril chain").click()

    def frame_four_islands(self) -> None:
        """Show the four islands."""
        self.map.get_by_role("button", name="Show the four islands").click()

    def sees_date(self, date: str) -> None:
        """Make sure that the timeline and the address have come to a date; nothing stands for today."""
        expect(self.timeline).to_have_attribute("data-date", date)
        if date:
            expect(self.page).to_have_url(re.compile(rf"[?&]date={date}(&|$)"))
        else:
            expect(self.page).not_to_have_url(re.compile("[?&]date="))

    def picture(self, *, twin: bool = False, ground: dict[str, list[tuple[float, float]]] | None = None) -> Picture:
        """Read what the map shows, or the second one."""
        return Picture(**self.run(_PICTURE, [".twin" if twin else "#map_div", ground or {}]))

    def measure_from(self, name: str) -> None:
        """Choose the origin of distances by a part of its name; of several the first."""
        self.page.locator(".st-key-origin input").click()
        self.page.get_by_role("option", name=name).first.click()

    def type_origin(self, words: str) -> None:
        """Type where distances start from and press Enter."""
        box = self.page.locator(".st-key-origin input")
        box.click()
        box.fill(words)
        box.press("Enter")

    def sees(self, island: str) -> None:
        """Make sure that an island is chosen everywhere: on the map, on the card and in the panel."""
        ja, ru = ISLANDS[island]
        expect(self.box).to_have_attribute("data-island", island)
        expect(self.card.locator(".title")).to_contain_text(ja)
        expect(self.heading).to_contain_text(ja)
        expect(self.heading).to_contain_text(ru)

    def sees_all_four(self) -> None:
        """Make sure that no island is chosen anywhere."""
        expect(self.box).to_have_attribute("data-island", "")
        expect(self.card).to_be_hidden()
        expect(self.heading).to_have_text("All four, side by side")

    def view(self) -> dict[str, float]:
        """Give the zoom and the centre of the map."""
        view: dict[str, float] = self.run(
            "() => ({ zoom: map.getZoom(), lat: map.getCenter().lat, lng: map.getCenter().lng })"
        )
        return view
