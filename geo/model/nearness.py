"""The rows on nearness: shores measured against each other, lookouts, straits, comparisons, travel and the sea."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from geo.model.fields import (
    ISLANDS,
    Date,
    Decimal,
    Identifier,
    Kilometres,
    OptionalIdentifier,
    OptionalText,
    SourceId,
    State,
    Text,
    Verified,
    WorldLatitude,
    WorldLongitude,
    blank_is_none,
)
from geo.model.row import Ref, Row

# lands of context.geojson that are measured to as well
LANDS_AROUND = ("hokkaido_east", "urup")
SubjectId = Annotated[
    Identifier,
    Ref(
        "places.place_id",
        "islets.islet_id",
        known=(*ISLANDS, *LANDS_AROUND),
        expected=f"an island, an islet, a place, or one of {', '.join(LANDS_AROUND)}",
    ),
]
PlaceId = Annotated[Identifier, Ref("places.place_id")]
Metres = Annotated[Decimal, Field(gt=0, le=9000, description="metres above 0")]
LookoutKind = Literal["lighthouse", "tower", "hill"]
TravelMode = Literal["ship", "ferry", "boat", "aircraft"]
SeaSubject = Literal["territorial_sea", "contiguous_zone", "exclusive_economic_zone", "baselines", "opposite_coasts"]


class ShoreDistance(Row):
    """The shortest line between two shores, or a cape and a shore, measured on the polygons of this map."""

    FILE = "shore_distances.csv"
    KEY = ("from_id", "to_id")

    from_id: SubjectId
    to_id: SubjectId
    km: Kilometres
    bearing_deg: Annotated[
        Decimal, Field(ge=0, lt=360, description="degrees clockwise from north, from 0 to below 360")
    ]
    from_lon: WorldLongitude
    from_lat: WorldLatitude
    to_lon: WorldLongitude
    to_lat: WorldLatitude
    source_id: SourceId


class OutlineError(Row):
    """One part of what may be wrong with a distance to the outline of a land, in metres."""

    FILE = "accuracy.csv"
    KEY = ("component_id",)

    component_id: Identifier
    metres: Metres
    definition_en: Text
    source_id: SourceId


class Lookout(Row):
    """A height over the sea from which one looks out at a place."""

    FILE = "lookouts.csv"
    KEY = ("lookout_id",)

    lookout_id: Identifier
    place_id: PlaceId
    kind: Annotated[LookoutKind, Field(description=f"one of {', '.join(get_args(LookoutKind))}")]
    height_m: Metres
    definition_en: Text
    source_id: SourceId
    verified: Verified


class Strait(Row):
    """A named strait: between which shores it is narrowest."""

    FILE = "straits.csv"
    KEY = ("place_id",)

    place_id: PlaceId
    from_id: SubjectId
    to_id: SubjectId
    note_en: OptionalText
    source_id: SourceId


class Comparison(Row):
    """A well-known pair of cities, and where they lie."""

    FILE = "comparisons.csv"
    KEY = ("comparison_id",)

    comparison_id: Identifier
    country: Annotated[Literal["jp", "ru", "other"], Field(description="jp, ru or other")]
    from_en: Text
    to_en: Text
    from_lon: WorldLongitude
    from_lat: WorldLatitude
    to_lon: WorldLongitude
    to_lat: WorldLatitude
    source_id: SourceId


class Travel(Row):
    """A journey to the islands with the hours it takes, or a speed at which one may be reckoned."""

    FILE = "travel.csv"
    KEY = ("travel_id",)

    travel_id: Identifier
    mode: Annotated[TravelMode, Field(description=f"one of {', '.join(get_args(TravelMode))}")]
    name_en: Text
    from_id: Annotated[OptionalIdentifier, Ref("places.place_id", optional=True)]
    to_id: Annotated[OptionalIdentifier, Ref("places.place_id", optional=True)]
    hours: Annotated[
        Annotated[Decimal, Field(gt=0, le=200)] | None,
        BeforeValidator(blank_is_none),
        Field(description="hours above 0, or nothing"),
    ]
    speed_kmh: Annotated[
        Annotated[Decimal, Field(gt=0, le=1000)] | None,
        BeforeValidator(blank_is_none),
        Field(description="kilometres an hour above 0, or nothing"),
    ]
    note_en: OptionalText
    source_id: SourceId
    verified: Verified

    @model_validator(mode="after")
    def _journey_or_speed(self) -> Self:
        journey = (bool(self.from_id), bool(self.to_id), self.hours is not None, self.speed_kmh is None)
        if len(set(journey)) != 1:
            kind, message = "journey", "either from, to and hours, or a speed"
            raise PydanticCustomError(kind, message)
        return self


class SeaText(Row):
    """What an official text says of a limit at sea, and whether the map draws it."""

    FILE = "sea_texts.csv"
    KEY = ("text_id",)

    text_id: Identifier
    state: State
    subject: Annotated[SeaSubject, Field(description=f"one of {', '.join(get_args(SeaSubject))}")]
    says_en: Text
    document_en: Text
    document_date: Date
    drawn: Annotated[Literal["yes", "no"], Field(description="yes or no")]
    source_id: SourceId
    verified: Verified
