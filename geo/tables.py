"""Reads every file of the data folder: the one place that knows the files' names."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

from geo.errors import DataError
from geo.polygons import Feature, read_features
from geo.reading import Table, read_csv, read_jsonl
from geo.rows import (
    ISLANDS,
    Anchor,
    Article,
    Claim,
    Excerpt,
    Fact,
    Islet,
    Name,
    Place,
    PublishedDistance,
    Row,
    Source,
    Spelling,
    Status,
    Unit,
)

R = TypeVar("R", bound=Row)

DATA = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of all files, each sound in itself; not yet checked against each other."""

    sources: Table[Source]
    names: Table[Name]
    places: Table[Place]
    islets: Table[Islet]
    anchors: Table[Anchor]
    administration: Table[Unit]
    status: Table[Status]
    claims: Table[Claim]
    facts: Table[Fact]
    distances: Table[PublishedDistance]
    terms: Table[Spelling]
    articles: Table[Article]
    excerpts: Table[Excerpt]
    islands: tuple[Feature, ...]
    context: tuple[Feature, ...]

    def counts(self) -> dict[str, int]:
        """Count the rows of each file."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: len(t.rows) if isinstance(t, Table) else len(t) for name, t in found.items()}


def read_tables(data: Path) -> tuple[Tables, list[DataError]]:
    """Read all files of a data folder; faults are collected, not raised."""
    faults: list[DataError] = []

    def table(name: str, model: type[R]) -> Table[R]:
        return read_csv(data / name, model, faults)

    tables = Tables(
        sources=table("sources.csv", Source),
        names=table("names.csv", Name),
        places=table("places.csv", Place),
        islets=table("islets.csv", Islet),
        anchors=table("anchors.csv", Anchor),
        administration=table("administration.csv", Unit),
        status=table("status.csv", Status),
        claims=table("claims.csv", Claim),
        facts=table("facts.csv", Fact),
        distances=table("distances.csv", PublishedDistance),
        terms=table("terms.csv", Spelling),
        articles=table("articles.csv", Article),
        excerpts=read_jsonl(data / "excerpts.jsonl", Excerpt, faults),
        islands=read_features(data / "islands.geojson", ISLANDS, faults),
        context=read_features(data / "context.geojson", None, faults, needed=("hokkaido", "hokkaido_east")),
    )
    return tables, faults
