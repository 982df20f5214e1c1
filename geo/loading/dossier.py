"""Joins polygons with administration, claims, names, facts and excerpts into one immutable Dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeVar

from shapely.geometry import MultiPolygon, Polygon

from geo.errors import FaultyDataError
from geo.geometry.points import LonLat
from geo.i18n import PAGE_LANGUAGES
from geo.loading.geojson import Feature
from geo.loading.integrity import cross_check
from geo.loading.rows import CheckedTable
from geo.loading.schema import Tables, read_tables
from geo.model.balance import AcceptedImbalance
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
from geo.model.fields import ISLANDS, STATES, AreaId, IslandId, Language, PerspectiveId, StateId
from geo.model.figures import Fact, PublishedDistance
from geo.model.history import in_order
from geo.model.names import Names, by_subject
from geo.model.nearness import Comparison, Lookout, OutlineError, SeaText, ShoreDistance, Strait, Travel
from geo.model.places import Anchor, Islet, Name, NameOrigin, Place, Source, Status, Unit
from geo.model.press import Article, Excerpt
from geo.model.row import Row
from geo.paths import DATA

K = TypeVar("K")
R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True, eq=False)
class Island:
    """One of the four, joined with all that is known of it.

    ``statuses`` are what each state does with it: administers, claims, or both, in this order.
    """

    island_id: IslandId
    land: MultiPolygon
    anchor: Anchor
    statuses: Mapping[StateId, tuple[Status, ...]]
    units: Mapping[StateId, tuple[Unit, ...]]
    claims: Mapping[StateId, tuple[Claim, ...]]
    unaddressed: Mapping[StateId, tuple[Claim, ...]]
    facts: tuple[Fact, ...]
    places: tuple[Place, ...]
    islets: tuple[Islet, ...]
    excerpts: tuple[Excerpt, ...]

    @property
    def administered(self) -> Status:
        """Return by whom it is administered, since when and on which document."""
        return next(s for rows in self.statuses.values() for s in rows if s.role == "administers")

    @property
    def claimed(self) -> Status:
        """Return by whom it is claimed beside the state that administers it."""
        holder = self.administered.state
        return next(s for rows in self.statuses.values() for s in rows if s.role == "claims" and s.state != holder)


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A border line: what it says, and its path as (longitude, latitude) in degrees, EPSG:4326."""

    boundary: Boundary
    path: tuple[LonLat, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Zone:
    """All within so many nautical miles of some land and nearer to it than to other land, that land included.

    ``sea_km2`` is the area of its sea; ``whole`` says whether the zone lies inside the frame it was computed in.
    """

    lands: str
    miles: int
    sea_km2: int
    whole: bool
    reach: MultiPolygon


@dataclass(frozen=True, slots=True, eq=False)
class MeaningOfKuril:
    """A meaning of the word Kuril and what it covers."""

    definition: KurilMeaning
    covers: Mapping[AreaId, KurilCoverage]


@dataclass(frozen=True, slots=True, eq=False)
class Dossier:
    """Everything the page knows, checked and joined; nothing in it changes after it is made.

    ``language`` is that of its texts: what has a translation into it stands in its rows in the place of the English.
    ``lands`` are the islands and islets by id; ``published`` is by origin, then island or islet; ``zones`` are by id.
    Geometry is in EPSG:4326. Events are in order of their days.
    """

    language: Language
    islands: Mapping[IslandId, Island]
    islets: Mapping[str, Islet]
    places: Mapping[str, Place]
    origins: tuple[str, ...]
    names: Names
    name_origins: Mapping[str, tuple[NameOrigin, ...]]
    facts: Mapping[str, tuple[Fact, ...]]
    lands: Mapping[str, MultiPolygon]
    published: Mapping[tuple[str, str], PublishedDistance]
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
    zones: Mapping[str, Zone]
    shore_distances: Mapping[tuple[str, str], ShoreDistance]
    outline_errors: tuple[OutlineError, ...]
    lookouts: tuple[Lookout, ...]
    straits: tuple[Strait, ...]
    comparisons: tuple[Comparison, ...]
    travel: tuple[Travel, ...]
    sea_texts: tuple[SeaText, ...]
    accepted: tuple[AcceptedImbalance, ...]
    citations: Mapping[str, int]
    counts: Mapping[str, int]


def load(data: Path = DATA) -> Dossier:
    """Return a data folder read, checked and joined, in English.

    Raises
    ------
    FaultyDataError
        With every fault found, when there is one.
    """
    return load_languages(data, ("en",))["en"]


def load_languages(data: Path = DATA, languages: Sequence[Language] = PAGE_LANGUAGES) -> Mapping[Language, Dossier]:
    """Return a data folder read, checked and joined, in each language of the page.

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
    lands = _subjects(tables)
    return MappingProxyType({lang: _join(tables.in_language(lang), lang, lands) for lang in languages})


def _subjects(tables: Tables) -> Mapping[str, MultiPolygon]:
    drawn = lands_of(tables.islands)
    return MappingProxyType({subject: drawn[subject] for subject in (*ISLANDS, *_by_id(tables[Islet]))})


def _join(tables: Tables, language: Language, lands: Mapping[str, MultiPolygon]) -> Dossier:
    islets = _by_id(tables[Islet])
    origins = sorted((p for p in tables[Place].rows if p.origin_rank), key=lambda p: p.origin_rank or 0)
    return Dossier(
        language=language,
        islands=_islands(tables, {i: lands[i] for i in ISLANDS}),
        islets=islets,
        places=_by_id(tables[Place]),
        origins=tuple(p.place_id for p in origins),
        names=by_subject(tables[Name].rows),
        name_origins=_grouped(tables[NameOrigin], lambda o: o.subject_id),
        facts=_grouped(tables[Fact], lambda f: f.subject_id),
        lands=lands,
        published=MappingProxyType({(d.origin_id, d.subject_id): d for d in tables[PublishedDistance].rows}),
        sources=_by_id(tables[Source]),
        articles=_by_id(tables[Article]),
        context=tables.context,
        questions=tables[Question].rows,
        claims=_by_id(tables[Claim]),
        events=in_order(tables[Event].rows),
        history=tables[Holding].rows,
        meanings=_meanings(tables),
        statements=tables[Statement].rows,
        terms=tables[ContestedTerm].rows,
        perspectives=MappingProxyType(
            {
                perspective: MappingProxyType({row.area_id: row for row in rows})
                for perspective, rows in _grouped(tables[Perspective], lambda p: p.perspective).items()
            }
        ),
        lines=_lines(tables),
        zones=MappingProxyType({f.identifier: _zone(f) for f in tables.zones}),
        shore_distances=MappingProxyType({(d.from_id, d.to_id): d for d in tables[ShoreDistance].rows}),
        outline_errors=tables[OutlineError].rows,
        lookouts=tables[Lookout].rows,
        straits=tables[Strait].rows,
        comparisons=tables[Comparison].rows,
        travel=tables[Travel].rows,
        sea_texts=tables[SeaText].rows,
        accepted=tables[AcceptedImbalance].rows,
        citations=MappingProxyType(tables.citations()),
        counts=MappingProxyType(tables.counts()),
    )


def _by_id(table: CheckedTable[R]) -> Mapping[str, R]:
    return MappingProxyType({str(getattr(row, row.KEY[0])): row for row in table.rows})


def _grouped(table: CheckedTable[R], key: Callable[[R], K]) -> Mapping[K, tuple[R, ...]]:
    groups: dict[K, tuple[R, ...]] = {}
    for row in table.rows:
        groups[key(row)] = (*groups.get(key(row), ()), row)
    return MappingProxyType(groups)


def _islands(tables: Tables, lands: Mapping[IslandId, MultiPolygon]) -> Mapping[IslandId, Island]:
    anchors = {a.island_id: a for a in tables[Anchor].rows}
    statuses = _grouped(tables[Status], lambda s: (s.island_id, s.state))
    units = _grouped(tables[Unit], lambda u: (u.island_id, u.state))
    facts = _grouped(tables[Fact], lambda f: f.subject_id)
    places = _grouped(tables[Place], lambda p: p.island_id)
    islets = _grouped(tables[Islet], lambda i: i.island_id)
    excerpts = _grouped(tables[Excerpt], lambda e: e.island)
    return MappingProxyType(
        {
            island: Island(
                island_id=island,
                land=land,
                anchor=anchors[island],
                statuses=MappingProxyType(
                    {s: tuple(sorted(statuses[island, s], key=lambda row: row.role)) for s in STATES}
                ),
                units=MappingProxyType({s: units[island, s] for s in STATES}),
                claims=_claims(island, tables, "position"),
                unaddressed=_claims(island, tables, "not_addressed"),
                facts=facts.get(island, ()),
                places=places.get(island, ()),
                islets=islets.get(island, ()),
                excerpts=_newest_first(excerpts.get(island, ()), tables),
            )
            for island, land in lands.items()
        }
    )


def _claims(
    island: IslandId, tables: Tables, stance: Literal["position", "not_addressed"]
) -> Mapping[StateId, tuple[Claim, ...]]:
    rows = [c for c in tables[Claim].rows if c.stance == stance and island in c.island_ids]
    return MappingProxyType({s: tuple(c for c in rows if c.state == s) for s in STATES})


def _meanings(tables: Tables) -> Mapping[str, MeaningOfKuril]:
    covered = _grouped(tables[KurilCoverage], lambda c: c.definition_id)
    return MappingProxyType(
        {
            meaning.definition_id: MeaningOfKuril(
                meaning, MappingProxyType({c.area_id: c for c in covered[meaning.definition_id]})
            )
            for meaning in tables[KurilMeaning].rows
        }
    )


def _lines(tables: Tables) -> tuple[Line, ...]:
    paths = {c.identifier: c.path for c in tables.line_paths}
    return tuple(
        Line(b, tuple((float(lon), float(lat)) for lon, lat in paths[b.line_id].coords)) for b in tables[Boundary].rows
    )


def _zone(feature: Feature) -> Zone:
    known = feature.properties
    return Zone(str(known["lands"]), int(known["miles"]), int(known["sea_km2"]), bool(known["whole"]), feature.land)


def _newest_first(excerpts: tuple[Excerpt, ...], tables: Tables) -> tuple[Excerpt, ...]:
    dates = {a.article_id: a.date for a in tables[Article].rows}
    # of one article, what names the island comes before what speaks of all four
    by_kind = sorted(excerpts, key=lambda e: e.kind != "named")
    return tuple(sorted(by_kind, key=lambda e: dates[e.article], reverse=True))


def lands_of(islands: Iterable[Feature]) -> Mapping[str, MultiPolygon]:
    """Return the land of each island and islet; an islet may consist of several polygons of its island."""
    lands: dict[str, MultiPolygon] = {}
    parts: dict[str, list[Polygon]] = {}
    for feature in islands:
        lands[feature.identifier] = feature.land
        # one id a polygon, empty where a polygon is no islet of its own
        if "islets" in feature.properties:
            for polygon, islet in zip(feature.land.geoms, feature.properties["islets"], strict=True):
                parts.setdefault(islet, []).append(polygon)
    return lands | {islet: MultiPolygon(polygons) for islet, polygons in parts.items() if islet}
