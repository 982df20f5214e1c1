"""Reads every file of the data folder: the one place that knows the files' names."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

from geo.errors import DataError
from geo.loading.geojson import Course, Feature, read_features, read_lines
from geo.loading.rows import CheckedTable, read_csv, read_jsonl
from geo.model.dispute import (
    Boundary,
    Claim,
    ContestedTerm,
    ControlPoint,
    Event,
    Holding,
    KurilCoverage,
    KurilMeaning,
    Perspective,
    Question,
    Statement,
)
from geo.model.fields import AREAS, ISLANDS, Row
from geo.model.places import Anchor, Fact, Islet, Name, Place, PublishedDistance, Source, Status, Unit
from geo.model.press import Article, Excerpt, GazetteerEntry

R = TypeVar("R", bound=Row)

# the land around that is drawn in two pieces, and every area beside the four islands
AROUND = ("hokkaido_east", *(a for a in AREAS if a not in ISLANDS))


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of all files, each sound in itself; not yet checked against each other."""

    sources: CheckedTable[Source]
    names: CheckedTable[Name]
    places: CheckedTable[Place]
    islets: CheckedTable[Islet]
    anchors: CheckedTable[Anchor]
    administration: CheckedTable[Unit]
    status: CheckedTable[Status]
    questions: CheckedTable[Question]
    claims: CheckedTable[Claim]
    events: CheckedTable[Event]
    history: CheckedTable[Holding]
    definitions: CheckedTable[KurilMeaning]
    definition_areas: CheckedTable[KurilCoverage]
    recognition: CheckedTable[Statement]
    glossary: CheckedTable[ContestedTerm]
    perspectives: CheckedTable[Perspective]
    lines: CheckedTable[Boundary]
    points: CheckedTable[ControlPoint]
    facts: CheckedTable[Fact]
    distances: CheckedTable[PublishedDistance]
    terms: CheckedTable[GazetteerEntry]
    articles: CheckedTable[Article]
    excerpts: CheckedTable[Excerpt]
    islands: tuple[Feature, ...]
    context: tuple[Feature, ...]
    line_paths: tuple[Course, ...]

    def counts(self) -> dict[str, int]:
        """Return the number of the rows of each file."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: len(t.rows) if isinstance(t, CheckedTable) else len(t) for name, t in found.items()}


def read_tables(data: Path) -> tuple[Tables, list[DataError]]:
    """Read all files of a data folder; faults are collected, not raised."""
    faults: list[DataError] = []

    def table(name: str, model: type[R]) -> CheckedTable[R]:
        return read_csv(data / name, model, faults)

    tables = Tables(
        sources=table("sources.csv", Source),
        names=table("names.csv", Name),
        places=table("places.csv", Place),
        islets=table("islets.csv", Islet),
        anchors=table("anchors.csv", Anchor),
        administration=table("administration.csv", Unit),
        status=table("status.csv", Status),
        questions=table("questions.csv", Question),
        claims=table("claims.csv", Claim),
        events=table("events.csv", Event),
        history=table("history.csv", Holding),
        definitions=table("definitions.csv", KurilMeaning),
        definition_areas=table("definition_areas.csv", KurilCoverage),
        recognition=table("recognition.csv", Statement),
        glossary=table("glossary.csv", ContestedTerm),
        perspectives=table("perspectives.csv", Perspective),
        lines=table("lines.csv", Boundary),
        points=table("points.csv", ControlPoint),
        facts=table("facts.csv", Fact),
        distances=table("distances.csv", PublishedDistance),
        terms=table("terms.csv", GazetteerEntry),
        articles=table("articles.csv", Article),
        excerpts=read_jsonl(data / "excerpts.jsonl", Excerpt, faults),
        islands=read_features(data / "islands.geojson", ISLANDS, faults),
        context=read_features(data / "context.geojson", None, faults, needed=AROUND),
        line_paths=read_lines(data / "lines.geojson", faults),
    )
    return tables, faults
