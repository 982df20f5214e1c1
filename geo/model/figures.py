"""The rows of figures: areas, populations and heights, and distances as publishers print them."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from geo.model.fields import (
    ISLANDS,
    Decimal,
    Identifier,
    Kilometres,
    OptionalDate,
    OptionalIdentifier,
    OptionalText,
    SourceId,
    Text,
    Verified,
)
from geo.model.row import Ref, Row

UNITS = {
    "area": "km2",
    "population": "persons",
    "households": "households",
    "elevation": "m",
    "length": "km",
    "width": "km",
    "depth": "m",
    "former_residents": "persons",
    "mean_age": "years",
    "reserve": "t",
}
# the subject of a figure on the four islands together
FOUR_ISLANDS = "four_islands"


class Fact(Row):
    """One figure: its unit, its date, its definition and who states it."""

    FILE = "facts.csv"
    KEY = ("fact_id",)

    fact_id: Identifier
    subject_id: Annotated[
        Identifier,
        Ref(
            "names.subject_id",
            "islets.islet_id",
            known=(*ISLANDS, FOUR_ISLANDS),
            expected="an island, an islet, four_islands or a subject_id of names.csv",
        ),
    ]
    attribute: Annotated[
        Literal[
            "area",
            "population",
            "households",
            "elevation",
            "length",
            "width",
            "depth",
            "former_residents",
            "mean_age",
            "reserve",
        ],
        Field(description=f"one of {', '.join(UNITS)}"),
    ]
    value: Annotated[Decimal, Field(ge=0, allow_inf_nan=False, description="a number from 0")]
    unit: Annotated[
        Literal["km2", "persons", "households", "m", "km", "years", "t"],
        Field(description=f"one of {', '.join(dict.fromkeys(UNITS.values()))}"),
    ]
    date: OptionalDate
    definition_en: Text
    stated_by: Annotated[Literal["jp", "ru", "other"], Field(description="jp, ru or other")]
    place_id: Annotated[OptionalIdentifier, Ref("places.place_id", optional=True)]
    source_id: SourceId
    verified: Verified

    @model_validator(mode="after")
    def _unit_of_attribute(self) -> Self:
        if self.unit != UNITS[self.attribute]:
            kind, message = "unit", f"{UNITS[self.attribute]} as the unit of {self.attribute}"
            raise PydanticCustomError(kind, message)
        return self


class PublishedDistance(Row):
    """A distance as a publisher prints it, in kilometres."""

    FILE = "distances.csv"
    KEY = ("origin_id", "subject_id")

    origin_id: Identifier
    subject_id: Annotated[Identifier, Ref("islets.islet_id", known=ISLANDS, expected="an island or an islet")]
    km: Kilometres
    stated_by: Annotated[Literal["jp", "ru", "other"], Field(description="jp, ru or other")]
    note_en: OptionalText
    source_id: SourceId
