"""The rows on the place and the press: one frozen model a table in data/, each field saying what it expects."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from geo.model.fields import (
    ISLANDS,
    Convention,
    Date,
    Decimal,
    Identifier,
    Island,
    IslandId,
    Kilometres,
    Latitude,
    Longitude,
    OptionalDate,
    OptionalIdentifier,
    OptionalLatitude,
    OptionalLongitude,
    OptionalText,
    OriginRank,
    Row,
    Side,
    State,
    Text,
    WebAddress,
)

UNITS = {"area": "km2", "population": "persons", "households": "households", "elevation": "m", "length": "km"}


class Source(Row):
    """Where a figure, name or position was read."""

    source_id: Identifier
    title: Text
    publisher: Text
    date: OptionalDate
    url: WebAddress
    licence: Text
    kind: Annotated[
        Literal[
            "official", "statute", "academic", "reference", "news", "encyclopedia", "dataset", "rule", "own", "other"
        ],
        Field(
            description="official, statute, academic, reference, news, encyclopedia, dataset, rule, own or other",
        ),
    ]
    changes: Text


class Name(Row):
    """The name of a place in one naming convention, with its reading and whose official name it is."""

    subject_id: Identifier
    convention: Annotated[Convention, Field(description="ja or ru")]
    name: Text
    reading: OptionalText
    latin: Text
    official: Annotated[Literal["jp", "ru", ""], Field(description="jp, ru or nothing")]
    source_id: Identifier


class Place(Row):
    """A point on the map; without a published position it is listed but not drawn."""

    place_id: Identifier
    kind: Annotated[
        Literal["town", "settlement", "cape", "peak", "strait", "airport", "region", "sea"],
        Field(description="town, settlement, cape, peak, strait, airport, region or sea"),
    ]
    island_id: Annotated[IslandId | Literal[""], Field(description=f"one of {', '.join(ISLANDS)}, or nothing")]
    lon: OptionalLongitude
    lat: OptionalLatitude
    rank: Annotated[int, Field(ge=1, le=3, description="1, 2 or 3")]
    origin_rank: OriginRank
    label_side: Side
    source_id: Identifier

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.lon is None) != (self.lat is None):
            kind, message = "position", "both lon and lat, or neither"
            raise PydanticCustomError(kind, message)
        return self


class Islet(Row):
    """One named islet of the Habomai group."""

    islet_id: Identifier
    island_id: Island
    lon: Longitude
    lat: Latitude
    area_km2: Annotated[Decimal, Field(gt=0, allow_inf_nan=False, description="square kilometres above 0")]
    area_year: OptionalDate
    area_definition_en: Text
    low_tide_elevation: Annotated[Literal["yes", "no"], Field(description="yes or no")]
    source_id: Identifier


class Unit(Row):
    """One unit that administers an island, or to which the claiming state counts it."""

    island_id: Island
    state: State
    level: Annotated[
        Literal["region", "district", "municipality"], Field(description="region, district or municipality")
    ]
    unit_id: Identifier
    code: OptionalText
    code_system: OptionalText
    since: OptionalDate
    document_en: OptionalText
    source_id: Identifier


class Status(Row):
    """Who administers and who claims an island, since when and on which document, each with its source."""

    island_id: Island
    state: State
    role: Annotated[Literal["administers", "claims"], Field(description="administers or claims")]
    since: Date
    since_en: Text
    source_id: Identifier
    document_en: Text
    document_date: Date
    document_source_id: Identifier


class Fact(Row):
    """One figure: its unit, its date, its definition and who states it."""

    fact_id: Identifier
    subject_id: Identifier
    attribute: Annotated[
        Literal["area", "population", "households", "elevation", "length"],
        Field(description="area, population, households, elevation or length"),
    ]
    value: Annotated[Decimal, Field(ge=0, allow_inf_nan=False, description="a number from 0")]
    unit: Annotated[
        Literal["km2", "persons", "households", "m", "km"], Field(description="km2, persons, households, m or km")
    ]
    date: OptionalDate
    definition_en: Text
    stated_by: Annotated[Literal["jp", "ru", "other"], Field(description="jp, ru or other")]
    place_id: OptionalIdentifier
    source_id: Identifier

    @model_validator(mode="after")
    def _unit_of_attribute(self) -> Self:
        if self.unit != UNITS[self.attribute]:
            kind, message = "unit", f"{UNITS[self.attribute]} as the unit of {self.attribute}"
            raise PydanticCustomError(kind, message)
        return self


class PublishedDistance(Row):
    """A distance as a publisher prints it, in kilometres."""

    origin_id: Identifier
    subject_id: Identifier
    km: Kilometres
    stated_by: Annotated[Literal["jp", "ru", "other"], Field(description="jp, ru or other")]
    note_en: OptionalText
    source_id: Identifier


class Anchor(Row):
    """Where an island's label and card stand on the map, placed by hand."""

    island_id: Island
    lon: Longitude
    lat: Latitude
    label_side: Side
    source_id: Identifier
