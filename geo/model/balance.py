"""The rows on imbalance: where one side has more of something, and why that is accepted."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field

from geo.model.fields import Decimal, State, Text, blank_is_none
from geo.model.row import Row

Measure = Literal["positions", "words", "own_primary", "excerpts"]
MEASURES: tuple[Measure, ...] = get_args(Measure)


class AcceptedImbalance(Row):
    """Where one side may have more than its share, up to how many times the other's, and why.

    ``up_to`` is empty where the other side may have nothing at all.
    """

    FILE = "balance.csv"
    KEY = ("measure", "favours")

    measure: Annotated[Measure, Field(description=f"one of {', '.join(MEASURES)}")]
    favours: State
    up_to: Annotated[
        Annotated[Decimal, Field(gt=1, allow_inf_nan=False)] | None,
        BeforeValidator(blank_is_none),
        Field(description="a number above 1, or nothing"),
    ]
    reason_en: Text
