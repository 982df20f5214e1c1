"""What a cell of a table in data/ may hold: each type checks itself and says what it expects."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from geo.model.dates import PartialDate
from geo.model.row import Ref

IslandId = Literal["iturup", "kunashir", "shikotan", "habomai"]
StateId = Literal["jp", "ru"]
Convention = Literal["ja", "ru"]

AreaId = Literal[
    "iturup",
    "kunashir",
    "shikotan",
    "habomai",
    "urup",
    "kurils_middle",
    "paramushir",
    "shumshu",
    "north_sakhalin",
    "south_sakhalin",
    "hokkaido",
    "kamchatka",
]
HolderId = Literal["jp", "ru", "joint", "unsettled"]
PerspectiveId = Literal["administered", "jp", "ru"]

ISLANDS: tuple[IslandId, ...] = ("iturup", "kunashir", "shikotan", "habomai")
# from south to north: the four, the rest of the Kuril chain, Sakhalin, and the land on both sides
AREAS: tuple[AreaId, ...] = get_args(AreaId)
PERSPECTIVES: tuple[PerspectiveId, ...] = get_args(PerspectiveId)
STATES: tuple[StateId, ...] = ("jp", "ru")
CONVENTIONS: tuple[Convention, ...] = ("ja", "ru")
# the languages of articles, of contested words, and of what the finder reads
Language = Literal["en", "ja", "ru"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_MARKUP = re.compile(r"[<>`]|\$\{|\{\{|\{%|&#|&[a-z]+;", re.IGNORECASE)
# what Python reads as a number besides (1_000, 1e3, nan) is not how a table writes one
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")


def _plain(text: str) -> str:
    if _MARKUP.search(text):
        kind, message = "markup", "no markup and no template literal"
        raise PydanticCustomError(kind, message)
    if any(unicodedata.category(c) in {"Cc", "Cf", "Co", "Cn", "Cs"} for c in text):
        kind, message = "control", "no control characters"
        raise PydanticCustomError(kind, message)
    return text


def _date(text: str) -> str:
    PartialDate.parse(text)
    return text


def _optional_date(text: str) -> str:
    return text and _date(text)


def _day(text: str) -> str:
    if PartialDate.parse(text).precision != "day":
        raise ValueError(f"{text!r} is not a day")
    return text


def _optional_day(text: str) -> str:
    return text and _day(text)


def blank_is_none(value: object) -> object:
    """Return None for an empty cell, and any other value as it is."""
    return None if value == "" else value


def _decimal(value: object) -> object:
    if isinstance(value, str) and not _DECIMAL.fullmatch(value):
        kind, message = "decimal", "a decimal number"
        raise PydanticCustomError(kind, message)
    return value


def split(value: object) -> object:
    """Return the entries of a cell that has blanks between them."""
    return value.split() if isinstance(value, str) else value


_PLAIN = "plain text without markup, template literals or control characters"
Text = Annotated[str, AfterValidator(_plain), Field(min_length=1, description=_PLAIN)]
OptionalText = Annotated[str, AfterValidator(_plain), Field(description=f"{_PLAIN}, or nothing")]
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", description="an id of a-z, 0-9, - and _")]
OptionalIdentifier = Annotated[
    str, Field(pattern=r"^([a-z0-9]+([_-][a-z0-9]+)*)?$", description="an id of a-z, 0-9, - and _, or nothing")
]
SourceId = Annotated[Identifier, Ref("sources.source_id")]
OptionalSourceId = Annotated[OptionalIdentifier, Ref("sources.source_id", optional=True)]
# whose text a source is, not where it was read
SourceClass = Literal[
    "treaty",
    "official",
    "court_parliament",
    "press",
    "scholarship",
    "encyclopedia",
    "state_media",
    "dataset",
    "own",
]
SOURCE_CLASSES: tuple[SourceClass, ...] = get_args(SourceClass)
# the texts in which states and parties speak for themselves
PRIMARY_CLASSES: frozenset[SourceClass] = frozenset({"treaty", "official", "court_parliament"})
Verified = Annotated[
    Literal["primary", "secondary", "unverified"],
    Field(description="primary, secondary or unverified: how firm the text is in which a row was read"),
]
_PRECISION = "a date as YYYY, YYYY-MM or YYYY-MM-DD"
Date = Annotated[str, AfterValidator(_date), Field(description=_PRECISION)]
OptionalDate = Annotated[str, AfterValidator(_optional_date), Field(description=f"{_PRECISION}, or nothing")]
Day = Annotated[str, AfterValidator(_day), Field(description="a day as YYYY-MM-DD")]
OptionalDay = Annotated[str, AfterValidator(_optional_day), Field(description="a day as YYYY-MM-DD, or nothing")]
Decimal = Annotated[float, BeforeValidator(_decimal)]
# west, south, east, north in degrees, the window of the map: the four islands, Hokkaido, Sakhalin, the Kuril chain and
# the tip of Kamchatka
WINDOW = (138.0, 41.0, 161.0, 56.0)
Longitude = Annotated[Decimal, Field(ge=WINDOW[0], le=WINDOW[2], description="degrees east between 138 and 161")]
Latitude = Annotated[Decimal, Field(ge=WINDOW[1], le=WINDOW[3], description="degrees north between 41 and 56")]
# anywhere on Earth
WorldLongitude = Annotated[Decimal, Field(ge=-180, le=180, description="degrees east between -180 and 180")]
WorldLatitude = Annotated[Decimal, Field(ge=-90, le=90, description="degrees north between -90 and 90")]
OptionalLongitude = Annotated[
    WorldLongitude | None,
    BeforeValidator(blank_is_none),
    Field(description="degrees east between -180 and 180, or nothing"),
]
OptionalLatitude = Annotated[
    WorldLatitude | None,
    BeforeValidator(blank_is_none),
    Field(description="degrees north between -90 and 90, or nothing"),
]
# where an origin of distances lies, in the order in which they are offered
OriginGroup = Literal["hokkaido", "islands", "capitals"]
ORIGIN_GROUPS: tuple[OriginGroup, ...] = get_args(OriginGroup)
OriginRank = Annotated[
    Annotated[int, Field(ge=1)] | None,
    BeforeValidator(blank_is_none),
    Field(description="a whole number from 1, or nothing"),
]
Kilometres = Annotated[Decimal, Field(gt=0, le=2000, allow_inf_nan=False, description="kilometres above 0")]
WebAddress = Annotated[
    str, Field(pattern=r"^(https?://[^\s<>\"'`]+)?$", description="an http or https address, or nothing")
]
# where a label stands, seen from its point: c is on it
Side = Annotated[
    Literal["n", "ne", "e", "se", "s", "sw", "w", "nw", "c"], Field(description="n, ne, e, se, s, sw, w, nw or c")
]
Island = Annotated[IslandId, Field(description=f"one of {', '.join(ISLANDS)}")]
IslandList = Annotated[
    tuple[IslandId, ...],
    BeforeValidator(split),
    Field(min_length=1, description=f"one or more of {', '.join(ISLANDS)}, with blanks between"),
]
Area = Annotated[AreaId, Field(description=f"one of {', '.join(AREAS)}")]
AreaList = Annotated[
    tuple[AreaId, ...],
    BeforeValidator(split),
    Field(min_length=1, description=f"one or more of {', '.join(AREAS)}, with blanks between"),
]
LanguageOfText = Annotated[Language, Field(description="en, ja or ru")]
State = Annotated[StateId, Field(description="jp or ru")]
StateList = Annotated[
    tuple[StateId, ...], BeforeValidator(split), Field(description="jp, ru, both with a blank between, or nothing")
]
