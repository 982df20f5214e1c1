"""Pictures of what the tables say, drawn as SVG: each stands on the page as an image with its text beside it."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from markupsafe import Markup

from geo.i18n import date, measure, number, tr
from geo.loading.dossier import Dossier
from geo.loading.nearness import nearness
from geo.model.dates import first_day
from geo.model.fields import ISLANDS
from geo.model.history import steps
from geo.model.names import Naming
from geo.page.labels import brief_name, holder_names, sense_names
from geo.page.palette import FILLS, LINES
from geo.page.selection import Selection
from geo.page.selection import people as people_of

# an image takes no style of the page, so it brings its own for both themes
_STYLE = (
    "text{font:11px 'Source Sans','Noto Sans','Noto Sans CJK JP',sans-serif;fill:#444}.faint{stroke:#999}"
    "@media(prefers-color-scheme:dark){text{fill:#ccc}.faint{stroke:#888}}"
)
_WIDTH = 640
_LEFT = 190
_ROW = 22
_FIRST_YEAR = 1855
_SIDES = ("supports_jp", "partly", "no_side", "supports_ru")


class Drawing:
    """An SVG picture of a width and a height in pixels."""

    def __init__(self, height: float, width: float = _WIDTH) -> None:
        size = {"width": f"{width:g}", "height": f"{height:g}", "viewBox": f"0 0 {width:g} {height:g}"}
        self._root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size})
        self._size = size
        self.add("style", _STYLE)

    def add(self, tag: str, text: str = "", **attributes: float | str) -> None:
        """Add an element; an underscore in an attribute's name stands for a hyphen."""
        named = {k.rstrip("_").replace("_", "-"): v if isinstance(v, str) else f"{v:g}" for k, v in attributes.items()}
        ET.SubElement(self._root, tag, named).text = text or None

    def image(self, text: str) -> Markup:
        """Return the picture as an HTML image that a text stands for."""
        data = base64.b64encode(ET.tostring(self._root)).decode()
        written = '<img class="chart" alt="{}" width="{}" height="{}" src="data:image/svg+xml;base64,{}">'
        return Markup(written).format(text, self._size["width"], self._size["height"], data)


def by_year(years: Sequence[tuple[str, int]]) -> Markup:
    """Return bars of how many quotations each year has; "" stands for no date."""
    most = max(count for _, count in years)
    bar = min(40.0, (_WIDTH - 10) / len(years))
    drawn = Drawing(92, max(120.0, bar * len(years) + 10))
    every = max(1, len(years) // 14)
    for index, (year, count) in enumerate(years):
        left, height = 5 + bar * index, max(1.0, 56 * count / most)
        drawn.add("rect", x=left + 1, y=72 - height, width=bar - 2, height=height, fill=LINES["accent"])
        if index % every == 0:
            drawn.add("text", year or "?", x=left + bar / 2, y=86, text_anchor="middle")
            drawn.add("text", number(count), x=left + bar / 2, y=68 - height, text_anchor="middle")
    undated = tr("no date")
    told = tr(", ").join(f"{year or undated} {number(count)}" for year, count in years)
    return drawn.image(tr("Quotations by year: {told}", told=told))


def to_scale(selection: Selection) -> Markup:
    """Return the distances of the four islands from the origin in view, drawn to scale along one line each."""
    dossier, view = selection.dossier, selection.view
    near = {i: nearness(dossier, view.origin)[i] for i in ISLANDS}
    longest = max(n.computed.km for n in near.values())
    drawn = Drawing(_ROW * len(near) + 8)
    told = []
    for index, (island, one) in enumerate(sorted(near.items(), key=lambda pair: pair[1].computed.km)):
        y, end = 16 + _ROW * index, _LEFT + (_WIDTH - _LEFT - 70) * one.computed.km / longest
        name = brief_name(dossier, island, view.naming)
        drawn.add("text", name, x=_LEFT - 10, y=y + 4, text_anchor="end")
        drawn.add("line", x1=_LEFT, x2=end, y1=y, y2=y, stroke=FILLS[island].colour, stroke_width=3)
        drawn.add("circle", cx=_LEFT, cy=y, r=3.5, fill="#fff", stroke=LINES["ink"], stroke_width=1.5)
        drawn.add("circle", cx=end, cy=y, r=4, fill=FILLS[island].colour)
        drawn.add("text", measure(one.computed.km, "km", fixed=True), x=end + 8, y=y + 4)
        told.append(f"{name} {measure(one.computed.km, 'km', fixed=True)}")
    origin = brief_name(dossier, view.origin, view.naming)
    return drawn.image(tr("To scale, from {origin}: {told}", origin=origin, told=tr("; ").join(told)))


def holders(dossier: Dossier, naming: Naming) -> Markup:
    """Return a strip for each island of who held it from 1855 to today, with a tick at each dated state."""
    last = dt.datetime.now(tz=dt.UTC).date().year + 1

    def x_of(day: str) -> float:
        day = max(first_day(day), f"{_FIRST_YEAR}-01-01")
        years = int(day[:4]) + (dt.date.fromisoformat(day).timetuple().tm_yday - 1) / 366
        return _LEFT + (_WIDTH - _LEFT - 10) * (years - _FIRST_YEAR) / (last - _FIRST_YEAR)

    drawn, told = Drawing(_ROW * len(ISLANDS) + 40), []
    for index, island in enumerate(ISLANDS):
        y, name = 6 + _ROW * index, brief_name(dossier, island, naming)
        drawn.add("text", name, x=_LEFT - 10, y=y + 12, text_anchor="end")
        held = [h for h in dossier.history if h.area_id == island and (h.to_date or "9999") > f"{_FIRST_YEAR}"]
        for holding in held:
            start, end = x_of(holding.from_date), x_of(holding.to_date or f"{last}-01-01")
            drawn.add("rect", x=start, y=y, width=end - start, height=16, fill=FILLS[holding.holder].colour)
        spans = (tr("{holder} from {date}", holder=h.holder_name_en, date=date(h.from_date)) for h in held)
        told.append(f"{name}: {tr(', ').join(spans)}")
    foot = 6 + _ROW * len(ISLANDS)
    for step in (s for s in steps(dossier.events) if first_day(s.date) >= f"{_FIRST_YEAR}"):
        drawn.add("line", x1=x_of(step.date), x2=x_of(step.date), y1=2, y2=foot, class_="faint", stroke_width=0.7)
    for year in (1855, 1875, 1905, 1945, 1956, 1991, last - 1):
        drawn.add("text", str(year), x=x_of(f"{year}-01-01"), y=foot + 12, text_anchor="middle")
    for index, holder in enumerate(("jp", "ru")):
        left = _LEFT + 130 * index
        drawn.add("rect", x=left, y=foot + 20, width=12, height=10, fill=FILLS[holder].colour)
        drawn.add("text", holder_names()[holder], x=left + 18, y=foot + 29)
    return drawn.image(tr("Who held each island when: {told}", told=tr("; ").join(told)))


def people(dossier: Dossier, naming: Naming) -> Markup:
    """Return bars of the people of each island in 1945 and now, with whose figure each is in the text."""
    counts = {i: people_of(dossier, i) for i in ISLANDS}
    most = max(f.value for facts in counts.values() for f in facts)
    drawn, told = Drawing(34 * len(counts) + 26), []
    for index, (island, facts) in enumerate(counts.items()):
        y, name = 4 + 34 * index, brief_name(dossier, island, naming)
        drawn.add("text", name, x=_LEFT - 10, y=y + 17, text_anchor="end")
        for row, fact in enumerate(facts):
            width = max(1.0, (_WIDTH - _LEFT - 130) * fact.value / most)
            colour = FILLS["ru" if row else "jp"].colour
            drawn.add("rect", x=_LEFT, y=y + 13 * row, width=width, height=11, fill=colour)
            drawn.add("text", f"{number(fact.value)} ({fact.date[:4]})", x=_LEFT + width + 6, y=y + 13 * row + 10)
            told.append(f"{name} {date(fact.date)}: {number(fact.value)} ({fact.definition_en})")
    return drawn.image(tr("People in 1945 and now: {told}", told=tr("; ").join(told)))


def sides(dossier: Dossier) -> Markup:
    """Return when third parties sided with whom: a dot a statement, by what it comes to."""
    dated = sorted((s for s in dossier.statements if s.date and s.sense in _SIDES), key=lambda s: s.date)
    first, last = int(dated[0].date[:4]), dt.datetime.now(tz=dt.UTC).date().year

    def x_of(year: int) -> float:
        return _LEFT + 10 + (_WIDTH - _LEFT - 40) * (year - first) / (last - first)

    # statements of about one time stand above each other: by sense and level where the newest of a level ends
    ends: dict[str, list[float]] = {sense: [] for sense in _SIDES}
    placed = []
    for said in dated:
        x, taken = x_of(int(said.date[:4])), ends[said.sense]
        level = next((n for n, end in enumerate(taken) if end < x - 5), len(taken))
        taken[level : level + 1] = [x + 24]
        placed.append((said, x, level))
    foot: dict[str, float] = {}
    for sense in _SIDES:
        foot[sense] = max(foot.values(), default=0) + 16 + 11 * max(2, len(ends[sense]))
    height = foot[_SIDES[-1]]
    drawn = Drawing(height + 20)
    colours = dict(zip(_SIDES, (FILLS["jp"].colour, "#777777", "#777777", FILLS["ru"].colour), strict=True))
    for sense in _SIDES:
        drawn.add("text", sense_names()[sense], x=_LEFT - 10, y=foot[sense] - 8, text_anchor="end")
        drawn.add("line", x1=_LEFT, x2=_WIDTH, y1=foot[sense], y2=foot[sense], class_="faint", stroke_width=0.5)
    for said, x, level in placed:
        y = foot[said.sense] - 8 - 11 * level
        drawn.add("circle", cx=x, cy=y, r=4, fill=colours[said.sense])
        drawn.add("text", said.party_code, x=x + 6, y=y + 4)
    for year in (first, *range(first + 20 - first % 20, last + 1, 20)):
        drawn.add("text", str(year), x=x_of(year), y=height + 14, text_anchor="middle")
    told = [f"{date(said.date)} {said.party_en}: {sense_names()[said.sense]}" for said in dated]
    return drawn.image(tr("Who sided with whom when: {told}", told=tr("; ").join(told)))
