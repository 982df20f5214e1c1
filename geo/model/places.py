"""The rows on the place: sources, names, points on the map, and who administers and who claims what."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from geo.model.fields import (
    AREAS,
    ISLANDS,
    ORIGIN_GROUPS,
    SOURCE_CLASSES,
    WINDOW,
    Convention,
    Date,
    Decimal,
    Identifier,
    Island,
    IslandId,
    Latitude,
    Longitude,
    OptionalDate,
    OptionalLatitude,
    OptionalLongitude,
    OptionalSourceId,
    OptionalText,
    OriginGroup,
    OriginRank,
    Side,
    SourceClass,
    SourceId,
    State,
    StateList,
    Text,
    Verified,
    WebAddress,
)
from geo.model.row import Ref, Row

NamedId = Annotated[Identifier, Ref("names.subject_id")]


class Source(Row):
    """Where a figure, name or position was read.

    ``speaks_for`` are the states whose own text it is, as a treaty between them is of both.
    """

    FILE = "sources.csv"
    KEY = ("source_id",)

    source_id: Identifier
    title: Text
    publisher: Text
    date: OptionalDate
    url: WebAddress
    licence: Text
    class_: Annotated[SourceClass, Field(alias="class", description=f"one of {', '.join(SOURCE_CLASSES)}")]
    speaks_for: StateList
    changes: Text


class Name(Row):
    """The name of a place in one naming convention, with its reading and whose official name it is."""

    FILE = "names.csv"
    KEY = ("subject_id", "convention")

    subject_id: Annotated[
        Identifier,
        Ref(
            "islets.islet_id",
            "places.place_id",
            "administration.unit_id",
            known=(*ISLANDS, *AREAS),
            expected="an island, an islet, a place or a unit",
        ),
    ]
    convention: Annotated[Convention, Field(description="ja or ru")]
    name: Text
    reading: OptionalText
    latin: Text
    official: Annotated[Literal["jp", "ru", ""], Field(description="jp, ru or nothing")]
    source_id: SourceId
    verified: Verified


class NameOrigin(Row):
    """Where a name comes from, by one reading; several rows where readings compete."""

    FILE = "name_origins.csv"
    KEY = ("subject_id", "form", "meaning_en")

    subject_id: NamedId
    language: Annotated[Literal["ain"], Field(description="ain")]
    form: OptionalText
    meaning_en: Text
    note_en: OptionalText
    source_id: SourceId
    verified: Verified


class Place(Row):
    """A point on the map; without a published position it is listed but not drawn.

    A capital, of a state or a region, may lie outside of the map's window: distances start there, too.
    """

    FILE = "places.csv"
    KEY = ("place_id",)

    place_id: NamedId
    kind: Annotated[
        Literal["town", "settlement", "port", "capital", "cape", "peak", "strait", "airport", "region", "sea"],
        Field(description="town, settlement, port, capital, cape, peak, strait, airport, region or sea"),
    ]
    island_id: Annotated[IslandId | Literal[""], Field(description=f"one of {', '.join(ISLANDS)}, or nothing")]
    lon: OptionalLongitude
    lat: OptionalLatitude
    rank: Annotated[int, Field(ge=1, le=3, description="1, 2 or 3")]
    origin_rank: OriginRank
    origin_group: Annotated[
        OriginGroup | Literal[""], Field(description=f"one of {', '.join(ORIGIN_GROUPS)}, or nothing")
    ]
    label_side: Side
    source_id: SourceId

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.lon is None) != (self.lat is None):
            kind, message = "position", "both lon and lat, or neither"
            raise PydanticCustomError(kind, message)
        return self

    @model_validator(mode="after")
    def _in_window(self) -> Self:
        if self.lon is None or self.lat is None or self.kind == "capital":
            return self
        west, south, east, north = WINDOW
        if not (west <= self.lon <= east and south <= self.lat <= north):
            kind, message = "window", "a position in the window of the map, as for every place but a capital"
            raise PydanticCustomError(kind, message)
        return self

    @model_validator(mode="after")
    def _rank_and_group(self) -> Self:
        if bool(self.origin_rank) != bool(self.origin_group):
            kind, message = "origin", "both origin_rank and origin_group, or neither"
            raise PydanticCustomError(kind, message)
        return self


class Islet(Row):
    """One named islet of the Habomai group."""

    FILE = "islets.csv"
    KEY = ("islet_id",)

    islet_id: NamedId
    island_id: Island
    lon: Longitude
    lat: Latitude
    area_km2: Annotated[Decimal, Field(gt=0, allow_inf_nan=False, description="square kilometres above 0")]
    area_year: OptionalDate
    area_definition_en: Text
    low_tide_elevation: Annotated[Literal["yes", "no"], Field(description="yes or no")]
    source_id: SourceId


class Anchor(Row):
    """Where an island's label and card stand on the map, placed by hand."""

    FILE = "anchors.csv"
    KEY = ("island_id",)

    island_id: Island
    lon: Longitude
    lat: Latitude
    label_side: Side
    source_id: SourceId


class Unit(Row):
    """One unit that administers an island, or to which the claiming state counts it."""

    FILE = "administration.csv"
    KEY = ("island_id", "state", "level", "unit_id")

    island_id: Island
    state: State
    level: Annotated[
        Literal["region", "district", "municipality"], Field(description="region, district or municipality")
    ]
    unit_id: NamedId
    code: OptionalText
    code_system: OptionalText
    since: OptionalDate
    document_en: OptionalText
    document_source_id: OptionalSourceId
    source_id: SourceId
    verified: Verified


class Status(Row):
    """Who administers and who claims an island, since when and on which document, each with its source."""

    FILE = "status.csv"
    KEY = ("island_id", "state", "role")

    island_id: Island
    state: State
    role: Annotated[Literal["administers", "claims"], Field(description="administers or claims")]
    since: Date
    since_en: Text
    source_id: SourceId
    document_en: Text
    document_date: Date
    document_source_id: SourceId
    verified: Verified
