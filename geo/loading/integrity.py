"""Checks the tables against each other: ids that resolve, nothing twice, nothing missing, nothing orphaned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import shapely

from geo.errors import DataError
from geo.loading.geojson import Course, Feature
from geo.loading.integrity_dispute import (
    claims_meet,
    dates_agree,
    every_area_answered,
    history_complete,
    lines_equidistant,
    points_hold,
    statements_agree,
)
from geo.loading.rows import CheckedTable
from geo.loading.schema import Tables
from geo.model.fields import AREAS, CONVENTIONS, ISLANDS, STATES, Row

# a metre and a bit: the precision of the land polygons
_TOUCH_DEGREES = 1e-5

_KEYS: dict[str, tuple[str, ...]] = {
    "sources": ("source_id",),
    "names": ("subject_id", "convention"),
    "places": ("place_id",),
    "islets": ("islet_id",),
    "anchors": ("island_id",),
    "administration": ("island_id", "state", "level", "unit_id"),
    "status": ("island_id", "role"),
    "questions": ("question_id",),
    "claims": ("claim_id",),
    "events": ("event_id",),
    "history": ("area_id", "from_date"),
    "definitions": ("definition_id",),
    "definition_areas": ("definition_id", "area_id"),
    "recognition": ("statement_id",),
    "glossary": ("term_id",),
    "perspectives": ("perspective", "area_id"),
    "lines": ("line_id",),
    "points": ("point_id",),
    "facts": ("fact_id",),
    "distances": ("origin_id", "subject_id"),
    "terms": ("form",),
    "articles": ("article_id",),
    "excerpts": ("article", "island", "quote", "matched"),
}

# the tables whose rows cite a source: an article is one itself, an excerpt cites its article, a spelling is no fact
_CITING = tuple(name for name in _KEYS if name not in {"sources", "terms", "articles", "excerpts"})


def cross_check(tables: Tables) -> list[DataError]:
    """Return every fault between the files of one data folder."""
    checks: tuple[Callable[[Tables], Iterator[DataError]], ...] = (
        _duplicates,
        _references,
        _references_of_places,
        _unused_sources,
        _names,
        _islands_complete,
        _roles,
        _anchors,
        _islets,
        _lands_apart,
        claims_meet,
        history_complete,
        dates_agree,
        every_area_answered,
        points_hold,
        lines_equidistant,
        statements_agree,
    )
    return [fault for check in checks for fault in check(tables)]


def _duplicates(tables: Tables) -> Iterator[DataError]:
    for name, columns in _KEYS.items():
        table: CheckedTable[Row] = getattr(tables, name)
        first: dict[tuple[object, ...], int] = {}
        for line, row in table:
            key = tuple(getattr(row, c) for c in columns)
            if key in first:
                value = " ".join(str(k) for k in key)
                yield table.fault(line, columns[-1], value, f"each once; it stands in line {first[key]} already")
            first.setdefault(key, line)


def _references(tables: Tables) -> Iterator[DataError]:
    sources, names, places, islets, articles = (
        tables.sources,
        tables.names,
        tables.places,
        tables.islets,
        tables.articles,
    )
    source_ids, subjects = sources.ids("source_id"), names.ids("subject_id")
    place_ids = places.ids("place_id")
    lands = {*ISLANDS, *islets.ids("islet_id")}
    origins = {p.place_id for p in places.rows if p.origin_rank}
    holders = (islets, places, tables.administration)
    placed = lands | place_ids | tables.administration.ids("unit_id") | {*AREAS}
    wanted: list[tuple[str, str, set[str], str, bool]] = [
        (name, "source_id", source_ids, "a source_id of sources.csv", sources.readable) for name in _CITING
    ]
    questions = (tables.questions.ids("question_id"), "a question_id of questions.csv", tables.questions.readable)
    events = (tables.events.ids("event_id"), "an event_id of events.csv", tables.events.readable)
    definitions = tables.definitions
    wanted += [
        ("claims", "question_id", *questions),
        ("events", "question_id", {"", *questions[0]}, f"{questions[1]}, or nothing", questions[2]),
        ("events", "second_source_id", {"", *source_ids}, "a source_id of sources.csv, or nothing", sources.readable),
        ("lines", "method_source_id", source_ids, "a source_id of sources.csv", sources.readable),
        ("history", "event_id", *events),
        (
            "definition_areas",
            "definition_id",
            definitions.ids("definition_id"),
            "a definition_id of definitions.csv",
            definitions.readable,
        ),
        ("history", "area_id", subjects, "a subject_id of names.csv", names.readable),
        ("status", "document_source_id", source_ids, "a source_id of sources.csv", sources.readable),
        ("administration", "unit_id", subjects, "a subject_id of names.csv", names.readable),
        ("places", "place_id", subjects, "a subject_id of names.csv", names.readable),
        ("islets", "islet_id", subjects, "a subject_id of names.csv", names.readable),
        ("names", "subject_id", placed, "an island, an islet, a place or a unit", all(t.readable for t in holders)),
        ("facts", "subject_id", lands | subjects, "an island, an islet or a subject_id of names.csv", names.readable),
        ("facts", "place_id", {"", *place_ids}, "a place_id of places.csv, or nothing", places.readable),
        ("distances", "origin_id", origins, "a place with an origin_rank", places.readable and not places.faulty),
        ("distances", "subject_id", lands, "an island or an islet", islets.readable),
        ("excerpts", "article", articles.ids("article_id"), "an article_id of articles.csv", articles.readable),
    ]
    for name, column, known, expected, certain in wanted:
        table: CheckedTable[Row] = getattr(tables, name)
        for line, row in table if certain else ():
            if getattr(row, column) not in known:
                yield table.fault(line, column, getattr(row, column), expected)


def _references_of_places(tables: Tables) -> Iterator[DataError]:
    sources, places = tables.sources, tables.places
    source_ids = sources.ids("source_id")
    for file, features in (
        ("islands.geojson", tables.islands),
        ("context.geojson", tables.context),
        ("lines.geojson", tables.line_paths),
    ):
        for feature in features if sources.readable else ():
            found = str(feature.properties.get("source_id", ""))
            if found not in source_ids:
                yield DataError(file, "a source_id of sources.csv", line=feature.line, column="source_id", value=found)
    for line, place in places:
        if place.origin_rank and place.lon is None:
            yield places.fault(line, "lon", "", "a position, as for every place with an origin_rank")


def _unused_sources(tables: Tables) -> Iterator[DataError]:
    citing: list[CheckedTable[Row]] = [getattr(tables, name) for name in _CITING]
    if not all(table.readable for table in citing):
        return
    used = {source for table in citing for source in table.ids("source_id")} | tables.status.ids("document_source_id")
    used |= tables.events.ids("second_source_id") | tables.lines.ids("method_source_id")
    drawn: list[Feature | Course] = [*tables.islands, *tables.context, *tables.line_paths]
    used |= {str(d.properties.get("source_id")) for d in drawn}
    for line, source in tables.sources:
        if source.source_id not in used:
            yield tables.sources.fault(line, "source_id", source.source_id, "a source that some row cites")


def _roles(tables: Tables) -> Iterator[DataError]:
    # what the page's headings say; when that changes, the headings must
    today = {"administers": "ru", "claims": "jp"}
    for line, status in tables.status:
        if status.state != today[status.role]:
            yield tables.status.fault(
                line, "state", status.state, f"{today[status.role]}, which {status.role} the island"
            )


def _anchors(tables: Tables) -> Iterator[DataError]:
    lands = {f.identifier: f.land for f in tables.islands}
    for line, anchor in tables.anchors if len(lands) == len(ISLANDS) else ():
        nearest = min(lands, key=lambda i: shapely.distance(lands[i], shapely.Point(anchor.lon, anchor.lat)))
        if nearest != anchor.island_id:
            yield tables.anchors.fault(
                line, "lon", f"a point nearest to {nearest}", f"a point nearest to {anchor.island_id}"
            )


def _names(tables: Tables) -> Iterator[DataError]:
    named = {(n.subject_id, n.convention) for n in tables.names.rows}
    for island in ISLANDS if tables.names.readable and not tables.names.faulty else ():
        for convention in CONVENTIONS:
            if (island, convention) not in named:
                yield DataError("names.csv", f"a name of {island} in the convention {convention}", column="subject_id")
    for line, name in tables.names:
        if name.convention == "ja" and not name.reading:
            yield tables.names.fault(line, "reading", "", "the kana reading of a Japanese name")


def _islands_complete(tables: Tables) -> Iterator[DataError]:
    roles: Counter[tuple[str, ...]] = Counter((s.island_id, s.role) for s in tables.status.rows)
    levels: Counter[tuple[str, ...]] = Counter((u.island_id, u.state, u.level) for u in tables.administration.rows)
    claims: Counter[tuple[str, ...]] = Counter(
        (island, c.state) for c in tables.claims.rows if c.stance == "reading" for island in c.island_ids
    )
    anchors: Counter[tuple[str, ...]] = Counter((a.island_id,) for a in tables.anchors.rows)
    wanted = [
        *(
            ("status", (i, r), roles, "role", f"a row for {i} that {r}")
            for i in ISLANDS
            for r in ("administers", "claims")
        ),
        *(("claims", (i, s), claims, "island_ids", f"a reading of {s} on {i}") for i in ISLANDS for s in STATES),
        *(
            ("administration", (i, s, level), levels, "level", f"a {level} of {s} for {i}")
            for i in ISLANDS
            for s in STATES
            for level in ("region", "district")
        ),
        *(("anchors", (i,), anchors, "island_id", f"a row for {i}") for i in ISLANDS),
    ]
    for name, key, counted, column, expected in wanted:
        table: CheckedTable[Row] = getattr(tables, name)
        # a faulty row may be the one that is missing
        if table.readable and not table.faulty and not counted[key]:
            yield DataError(table.file, expected, column=column)


def _islets(tables: Tables) -> Iterator[DataError]:
    known = tables.islets.ids("islet_id")
    drawn: set[str] = set()
    for feature in tables.islands:
        parts = feature.properties.get("islets")
        if parts is None:
            continue
        count = len(feature.land.geoms)
        if not isinstance(parts, list) or len(parts) != count or not all(isinstance(p, str) for p in parts):
            expected = f"a list of {count} islet ids, one a polygon"
            column = f"islets of {feature.identifier}"
            yield DataError("islands.geojson", expected, column=column, value=str(parts))
            continue
        drawn |= set(parts) - {""}
    for unknown in sorted(drawn - known) if tables.islets.readable else ():
        yield DataError("islands.geojson", "an islet_id of islets.csv", column="islets", value=unknown)
    for line, islet in tables.islets if drawn else ():
        if islet.islet_id not in drawn:
            yield tables.islets.fault(line, "islet_id", islet.islet_id, "an islet with a polygon in islands.geojson")


def _lands_apart(tables: Tables) -> Iterator[DataError]:
    lands = [(f.identifier, f.land, "islands.geojson") for f in tables.islands]
    others = [(f.identifier, f.land, "context.geojson") for f in tables.context]
    for index, (one, land, _) in enumerate(lands):
        for other, other_land, file in [*lands[index + 1 :], *others]:
            if shapely.dwithin(land, other_land, _TOUCH_DEGREES):
                yield DataError(
                    "islands.geojson",
                    f"land that touches no other (here {other} of {file})",
                    column=f"geometry of {one}",
                )
