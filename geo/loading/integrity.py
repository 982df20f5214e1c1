"""Faults between the files: ids without a row, keys twice, rows that are missing, sources that nobody cites."""

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
from geo.loading.integrity_sources import sources_bear, states_speak
from geo.loading.integrity_translations import translations_fit
from geo.loading.rows import CheckedTable
from geo.loading.schema import MODELS, Tables
from geo.model.dispute import Claim
from geo.model.fields import CONVENTIONS, ISLANDS, STATES
from geo.model.figures import PublishedDistance
from geo.model.places import Anchor, Islet, Name, Place, Source, Status, Unit
from geo.model.row import Ref, Row

# a metre and a bit: the precision of the land polygons
_TOUCH_DEGREES = 1e-5


def cross_check(tables: Tables) -> list[DataError]:
    """Return every fault between the files of one data folder."""
    checks: tuple[Callable[[Tables], Iterator[DataError]], ...] = (
        _duplicates,
        _references,
        _references_of_features,
        _zones,
        _origins,
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
        sources_bear,
        states_speak,
        translations_fit,
    )
    return [fault for check in checks for fault in check(tables)]


def _duplicates(tables: Tables) -> Iterator[DataError]:
    for model in MODELS:
        table = tables[model]
        first: dict[tuple[object, ...], int] = {}
        for line, row in table:
            key = tuple(getattr(row, c) for c in model.KEY)
            if key in first:
                value = " ".join(str(k) for k in key)
                yield table.fault(line, model.KEY[-1], value, f"each once; it stands in line {first[key]} already")
            first.setdefault(key, line)


def _references(tables: Tables) -> Iterator[DataError]:
    for model in MODELS:
        for column, ref in model.references().items():
            yield from _unresolved(tables, tables[model], column, ref)


def _unresolved(tables: Tables, table: CheckedTable[Row], column: str, ref: Ref) -> Iterator[DataError]:
    targets = [(tables.named(name), target) for name, target in ref.targets]
    # of a table that could not be read nothing is known, which its own fault says already
    if not all(target.readable for target, _ in targets):
        return
    known = ref.known.union(*(target.ids(of) for target, of in targets))
    for line, row in table:
        cell = getattr(row, column)
        for value in cell if isinstance(cell, tuple) else (cell,):
            if value and value not in known:
                yield table.fault(line, column, value, ref.expected)


def _references_of_features(tables: Tables) -> Iterator[DataError]:
    sources = tables[Source]
    source_ids = sources.ids("source_id")
    for file, features in (
        ("islands.geojson", tables.islands),
        ("context.geojson", tables.context),
        ("lines.geojson", tables.line_paths),
        ("zones.geojson", tables.zones),
    ):
        for feature in features if sources.readable else ():
            found = str(feature.properties.get("source_id", ""))
            if found not in source_ids:
                yield DataError(file, "a source_id of sources.csv", line=feature.line, column="source_id", value=found)


def _zones(tables: Tables) -> Iterator[DataError]:
    wanted = {"lands": str, "miles": int, "sea_km2": int, "whole": bool}
    for zone in tables.zones:
        for column, kind in wanted.items():
            found = zone.properties.get(column)
            if type(found) is not kind:
                expected = {str: "a text", int: "a whole number", bool: "true or false"}[kind]
                yield DataError("zones.geojson", expected, line=zone.line, column=column, value=str(found))


def _origins(tables: Tables) -> Iterator[DataError]:
    places, distances = tables[Place], tables[PublishedDistance]
    for line, place in places:
        if place.origin_rank and place.lon is None:
            yield places.fault(line, "lon", "", "a position, as for every place with an origin_rank")
    origins = {p.place_id for p in places.rows if p.origin_rank}
    # a faulty row may be the origin that is missing
    for line, distance in distances if places.readable and not places.faulty else ():
        if distance.origin_id not in origins:
            yield distances.fault(line, "origin_id", distance.origin_id, "a place with an origin_rank")


def _unused_sources(tables: Tables) -> Iterator[DataError]:
    citing = [(tables[model], columns) for model in MODELS if (columns := model.citations())]
    if not all(table.readable for table, _ in citing):
        return
    used = {source for table, columns in citing for column in columns for source in table.ids(column)}
    drawn: list[Feature | Course] = [*tables.islands, *tables.context, *tables.line_paths, *tables.zones]
    used |= {str(d.properties.get("source_id")) for d in drawn}
    for line, source in tables[Source]:
        if source.source_id not in used:
            yield tables[Source].fault(line, "source_id", source.source_id, "a source that some row cites")


def _roles(tables: Tables) -> Iterator[DataError]:
    # what the page says of today; when that changes, the page must
    for line, status in tables[Status]:
        if status.role == "administers" and status.state != "ru":
            yield tables[Status].fault(line, "state", status.state, "ru, which administers the island")


def _anchors(tables: Tables) -> Iterator[DataError]:
    lands = {f.identifier: f.land for f in tables.islands}
    for line, anchor in tables[Anchor] if len(lands) == len(ISLANDS) else ():
        nearest = min(lands, key=lambda i: shapely.distance(lands[i], shapely.Point(anchor.lon, anchor.lat)))
        if nearest != anchor.island_id:
            yield tables[Anchor].fault(
                line, "lon", f"a point nearest to {nearest}", f"a point nearest to {anchor.island_id}"
            )


def _names(tables: Tables) -> Iterator[DataError]:
    named = {(n.subject_id, n.convention) for n in tables[Name].rows}
    for island in ISLANDS if tables[Name].readable and not tables[Name].faulty else ():
        for convention in CONVENTIONS:
            if (island, convention) not in named:
                yield DataError("names.csv", f"a name of {island} in the convention {convention}", column="subject_id")
    for line, name in tables[Name]:
        if name.convention == "ja" and not name.reading:
            yield tables[Name].fault(line, "reading", "", "the kana reading of a Japanese name")


def _islands_complete(tables: Tables) -> Iterator[DataError]:
    roles: Counter[tuple[str, ...]] = Counter(
        (s.island_id, s.role, *([s.state] if s.role == "claims" else [])) for s in tables[Status].rows
    )
    levels: Counter[tuple[str, ...]] = Counter((u.island_id, u.state, u.level) for u in tables[Unit].rows)
    claims: Counter[tuple[str, ...]] = Counter(
        (island, c.state) for c in tables[Claim].rows if c.stance == "position" for island in c.island_ids
    )
    anchors: Counter[tuple[str, ...]] = Counter((a.island_id,) for a in tables[Anchor].rows)
    wanted: list[tuple[type[Row], tuple[str, ...], Counter[tuple[str, ...]], str, str]] = [
        *(
            (Status, (i, *role), roles, "role", f"a row for {i} that says {' '.join(role)}")
            for i in ISLANDS
            for role in (("administers",), *(("claims", s) for s in STATES))
        ),
        *((Claim, (i, s), claims, "island_ids", f"a position of {s} on {i}") for i in ISLANDS for s in STATES),
        *(
            (Unit, (i, s, level), levels, "level", f"a {level} of {s} for {i}")
            for i in ISLANDS
            for s in STATES
            for level in ("region", "district")
        ),
        *((Anchor, (i,), anchors, "island_id", f"a row for {i}") for i in ISLANDS),
    ]
    for model, key, counted, column, expected in wanted:
        table = tables[model]
        # a faulty row may be the one that is missing
        if table.readable and not table.faulty and not counted[key]:
            yield DataError(table.file, expected, column=column)


def _islets(tables: Tables) -> Iterator[DataError]:
    known = tables[Islet].ids("islet_id")
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
    for unknown in sorted(drawn - known) if tables[Islet].readable else ():
        yield DataError("islands.geojson", "an islet_id of islets.csv", column="islets", value=unknown)
    for line, islet in tables[Islet] if drawn else ():
        if islet.islet_id not in drawn:
            yield tables[Islet].fault(line, "islet_id", islet.islet_id, "an islet with a polygon in islands.geojson")


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
