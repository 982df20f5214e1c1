"""Joins polygons with administration, claims, names, facts and excerpts into one immutable Dossier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import geopandas as gpd
import pandas as pd
from shapely.geometry import MultiPolygon

from geo.errors import FaultyDataError
from geo.geometry.nearest_shore import Geodesic, LonLat, nearest_shores
from geo.loading.geojson import Feature
from geo.loading.integrity import cross_check
from geo.loading.schema import Tables, read_tables
from geo.model.dispute import (
    Boundary,
    Claim,
    ContestedTerm,
    Event,
    Holding,
    KurilCoverage,
    KurilMeaning,
    Perspective,
    Question,
    Statement,
)
from geo.model.fields import ISLANDS, PERSPECTIVES, STATES, AreaId, IslandId, PerspectiveId, StateId
from geo.model.figures import Fact, PublishedDistance
from geo.model.history import in_order
from geo.model.names import Names, by_subject
from geo.model.places import Anchor, Islet, Name, Place, Source, Status, Unit
from geo.model.press import Article, Excerpt
from geo.paths import DATA


@dataclass(frozen=True, slots=True, eq=False)
class Island:
    """One of the four, joined with all that is known of it."""

    island_id: IslandId
    land: MultiPolygon
    anchor: Anchor
    administered: Status
    claimed: Status
    units: Mapping[StateId, tuple[Unit, ...]]
    claims: Mapping[StateId, tuple[Claim, ...]]
    unaddressed: Mapping[StateId, tuple[Claim, ...]]
    facts: tuple[Fact, ...]
    places: tuple[Place, ...]
    islets: tuple[Islet, ...]
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near an origin a land is: computed, and as published where a figure was found."""

    computed: Geodesic
    published: PublishedDistance | None


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A border line: what it says, and its path as (longitude, latitude) in degrees, EPSG:4326."""

    boundary: Boundary
    path: tuple[LonLat, ...]


@dataclass(frozen=True, slots=True, eq=False)
class MeaningOfKuril:
    """A meaning of the word Kuril and what it covers."""

    definition: KurilMeaning
    covers: Mapping[AreaId, KurilCoverage]


@dataclass(frozen=True, slots=True, eq=False)
class Dossier:
    """Everything the page knows, checked and joined; nothing in it changes after it is made.

    ``nearness`` is by origin, then by island or islet. Geometry is in EPSG:4326. Events are in order of their days.
    """

    islands: Mapping[IslandId, Island]
    islets: Mapping[str, Islet]
    places: Mapping[str, Place]
    origins: tuple[str, ...]
    names: Names
    facts: Mapping[str, tuple[Fact, ...]]
    nearness: Mapping[str, Mapping[str, Nearness]]
    sources: Mapping[str, Source]
    articles: Mapping[str, Article]
    context: tuple[Feature, ...]
    questions: tuple[Question, ...]
    claims: Mapping[str, Claim]
    events: tuple[Event, ...]
    history: tuple[Holding, ...]
    meanings: Mapping[str, MeaningOfKuril]
    statements: tuple[Statement, ...]
    terms: tuple[ContestedTerm, ...]
    perspectives: Mapping[PerspectiveId, Mapping[AreaId, Perspective]]
    lines: tuple[Line, ...]
    counts: Mapping[str, int]


def load(data: Path = DATA) -> Dossier:
    """Read, check and join a data folder.

    Raises
    ------
    FaultyDataError
        With every fault found, when there is one.
    """
    tables, faults = read_tables(data)
    # rows that are faulty in themselves are left out of their tables: checking the rest against each
    # other as well may name a row twice, but hides nothing
    faults += cross_check(tables)
    if faults:
        raise FaultyDataError(sorted(faults, key=lambda fault: (fault.file, fault.line or 0)))
    return _join(tables)


def _join(tables: Tables) -> Dossier:
    frame = joined_frame(tables)
    islets = {i.islet_id: i for i in tables[Islet].rows}
    places = {p.place_id: p for p in tables[Place].rows}
    origins = sorted((p for p in tables[Place].rows if p.origin_rank), key=lambda p: p.origin_rank or 0)
    islands = {island: _island(island, frame.loc[island], tables) for island in ISLANDS}
    return Dossier(
        islands=MappingProxyType(islands),
        islets=MappingProxyType(islets),
        places=MappingProxyType(places),
        origins=tuple(p.place_id for p in origins),
        names=by_subject(tables[Name].rows),
        facts=MappingProxyType(
            {
                s: tuple(f for f in tables[Fact].rows if f.subject_id == s)
                for s in {f.subject_id for f in tables[Fact].rows}
            }
        ),
        nearness=MappingProxyType({p.place_id: _nearness(p, tables, islets) for p in origins}),
        sources=MappingProxyType({s.source_id: s for s in tables[Source].rows}),
        articles=MappingProxyType({a.article_id: a for a in tables[Article].rows}),
        context=tables.context,
        questions=tables[Question].rows,
        claims=MappingProxyType({c.claim_id: c for c in tables[Claim].rows}),
        events=in_order(tables[Event].rows),
        history=tables[Holding].rows,
        meanings=_meanings(tables),
        statements=tables[Statement].rows,
        terms=tables[ContestedTerm].rows,
        perspectives=_perspectives(tables),
        lines=_lines(tables),
        counts=MappingProxyType(tables.counts()),
    )


def joined_frame(tables: Tables) -> gpd.GeoDataFrame:
    """Join the polygons with who administers and who claims them, one row an island, by id.

    Columns: geometry (EPSG:4326), islets, administered and claimed (rows of status.csv), anchor.
    """
    lands = gpd.GeoDataFrame(
        {
            "island_id": [f.identifier for f in tables.islands],
            "islets": [f.properties.get("islets", []) for f in tables.islands],
        },
        geometry=[f.land for f in tables.islands],
        crs="EPSG:4326",
    )
    for column, rows in (
        ("administered", [s for s in tables[Status].rows if s.role == "administers"]),
        ("claimed", [s for s in tables[Status].rows if s.role == "claims"]),
        ("anchor", list(tables[Anchor].rows)),
    ):
        side = pd.DataFrame({"island_id": [r.island_id for r in rows], column: pd.Series(rows, dtype="object")})
        lands = lands.merge(side, on="island_id", how="left", validate="one_to_one")
    return lands.set_index("island_id")


def _island(island: IslandId, joined: pd.Series, tables: Tables) -> Island:
    return Island(
        island_id=island,
        land=joined["geometry"],
        anchor=joined["anchor"],
        administered=joined["administered"],
        claimed=joined["claimed"],
        units=MappingProxyType(
            {s: tuple(u for u in tables[Unit].rows if (u.island_id, u.state) == (island, s)) for s in STATES}
        ),
        claims=_claims(island, tables, "reading"),
        unaddressed=_claims(island, tables, "not_addressed"),
        facts=tuple(f for f in tables[Fact].rows if f.subject_id == island),
        places=tuple(p for p in tables[Place].rows if p.island_id == island),
        islets=tuple(i for i in tables[Islet].rows if i.island_id == island),
        excerpts=_newest_first(tuple(e for e in tables[Excerpt].rows if e.island == island), tables),
    )


def _claims(
    island: IslandId, tables: Tables, stance: Literal["reading", "not_addressed"]
) -> Mapping[StateId, tuple[Claim, ...]]:
    rows = [c for c in tables[Claim].rows if c.stance == stance and island in c.island_ids]
    return MappingProxyType({s: tuple(c for c in rows if c.state == s) for s in STATES})


def _meanings(tables: Tables) -> Mapping[str, MeaningOfKuril]:
    return MappingProxyType(
        {
            d.definition_id: MeaningOfKuril(
                d,
                MappingProxyType(
                    {c.area_id: c for c in tables[KurilCoverage].rows if c.definition_id == d.definition_id}
                ),
            )
            for d in tables[KurilMeaning].rows
        }
    )


def _perspectives(tables: Tables) -> Mapping[PerspectiveId, Mapping[AreaId, Perspective]]:
    return MappingProxyType(
        {
            s: MappingProxyType({p.area_id: p for p in tables[Perspective].rows if p.perspective == s})
            for s in PERSPECTIVES
        }
    )


def _lines(tables: Tables) -> tuple[Line, ...]:
    paths = {c.identifier: c.path for c in tables.line_paths}
    return tuple(
        Line(b, tuple((float(lon), float(lat)) for lon, lat in paths[b.line_id].coords)) for b in tables[Boundary].rows
    )


def _newest_first(excerpts: tuple[Excerpt, ...], tables: Tables) -> tuple[Excerpt, ...]:
    dates = {a.article_id: a.date for a in tables[Article].rows}
    # of one article, what names the island comes before what speaks of all four
    by_kind = sorted(excerpts, key=lambda e: e.kind != "named")
    return tuple(sorted(by_kind, key=lambda e: dates[e.article], reverse=True))


def _nearness(origin: Place, tables: Tables, islets: Mapping[str, Islet]) -> Mapping[str, Nearness]:
    lands: dict[str, MultiPolygon] = {f.identifier: f.land for f in tables.islands}
    for feature in tables.islands:
        named = feature.properties.get("islets", [])
        for islet in islets:
            parts = [p for p, i in zip(feature.land.geoms, named, strict=False) if i == islet]
            if parts:
                lands[islet] = MultiPolygon(parts)
    published = {d.subject_id: d for d in tables[PublishedDistance].rows if d.origin_id == origin.place_id}
    found = nearest_shores((origin.lon or 0.0, origin.lat or 0.0), lands)
    order = (*ISLANDS, *islets)
    return MappingProxyType({s: Nearness(found[s], published.get(s)) for s in order})
