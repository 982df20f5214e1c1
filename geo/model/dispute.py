"""The rows on the dispute itself: questions and claims, events, who held what, who said what, contested words."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from geo.model.fields import (
    Area,
    AreaList,
    Date,
    Day,
    HolderId,
    Identifier,
    IslandId,
    IslandList,
    LanguageOfText,
    Latitude,
    Longitude,
    OptionalDate,
    OptionalDay,
    OptionalIdentifier,
    OptionalSourceId,
    OptionalText,
    PerspectiveId,
    Side,
    SourceId,
    State,
    StateList,
    Text,
    Verified,
    split,
)
from geo.model.row import Ref, Row


class Question(Row):
    """One question on which the two states differ, and the islands it bears on."""

    FILE = "questions.csv"
    KEY = ("question_id",)

    question_id: Identifier
    date: OptionalDate
    title_en: Text
    turns_on_en: Text
    island_ids: IslandList
    source_id: SourceId


class Claim(Row):
    """A state's position on one question for one or more islands, or that none was found in the sources.

    ``answers`` is the point of the other state that this one replies to.
    """

    FILE = "claims.csv"
    KEY = ("claim_id",)

    claim_id: Identifier
    question_id: Annotated[Identifier, Ref("questions.question_id")]
    state: State
    island_ids: IslandList
    stance: Annotated[Literal["position", "not_addressed"], Field(description="position or not_addressed")]
    position_en: OptionalText
    document_en: OptionalText
    article_en: OptionalText
    document_date: OptionalDate
    document_source_id: OptionalSourceId
    answers: OptionalIdentifier
    source_id: SourceId
    verified: Verified

    @model_validator(mode="after")
    def _words_as_the_stance_says(self) -> Self:
        spoken = self.stance == "position"
        if bool(self.position_en) != spoken or bool(self.document_en) != spoken:
            kind = "stance"
            message = "position_en and document_en of a position, and neither where a side has not addressed it"
            raise PydanticCustomError(kind, message)
        return self


class Event(Row):
    """A dated event of the dispute, and what it changed on each island.

    ``until`` ends an event of several days; ``publishers`` counts those in which it was read, 2 standing for more.
    ``clause_ja`` and ``clause_ru`` are the words of ``clause_en`` in the languages in which they are authentic.
    """

    FILE = "events.csv"
    KEY = ("event_id",)

    event_id: Identifier
    date: Date
    until: OptionalDate
    title_en: Text
    clause_en: OptionalText
    clause_ja: OptionalText
    clause_ru: OptionalText
    iturup_en: Text
    kunashir_en: Text
    shikotan_en: Text
    habomai_en: Text
    step: Annotated[Literal["yes", "no"], Field(description="yes or no")]
    question_id: Annotated[OptionalIdentifier, Ref("questions.question_id", optional=True)]
    note_en: OptionalText
    publishers: Annotated[int, Field(ge=1, le=2, description="1 or 2")]
    document_source_id: OptionalSourceId
    source_id: SourceId
    second_source_id: OptionalSourceId
    verified: Verified

    def effect(self, island: IslandId) -> str:
        """Return what the event changed on an island."""
        return str(getattr(self, f"{island}_en"))


class Holding(Row):
    """Who held an area from one day (included) to another (not included; nothing stands for today)."""

    FILE = "history.csv"
    KEY = ("area_id", "from_date")

    area_id: Annotated[Area, Ref("names.subject_id")]
    from_date: Day
    to_date: OptionalDay
    holder: Annotated[HolderId, Field(description="jp, ru, joint or unsettled")]
    holder_name_en: Text
    event_id: Annotated[Identifier, Ref("events.event_id")]
    source_id: SourceId
    verified: Verified


class KurilMeaning(Row):
    """One meaning of the word Kuril: whose it is and on which document."""

    FILE = "definitions.csv"
    KEY = ("definition_id",)

    definition_id: Identifier
    title_en: Text
    whose_en: Text
    document_en: Text
    document_date: OptionalDate
    document_source_id: OptionalSourceId
    note_en: OptionalText
    source_id: SourceId


class KurilCoverage(Row):
    """Whether a meaning of the word Kuril covers an area."""

    FILE = "definition_areas.csv"
    KEY = ("definition_id", "area_id")

    definition_id: Annotated[Identifier, Ref("definitions.definition_id")]
    area_id: Area
    covers: Annotated[Literal["yes", "no", "disputed"], Field(description="yes, no or disputed")]
    note_en: OptionalText
    source_id: SourceId


class Statement(Row):
    """What another state or body has said of the dispute, or that nothing was found."""

    FILE = "recognition.csv"
    KEY = ("statement_id",)

    statement_id: Identifier
    party_code: Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="a two-letter country code, or EU")]
    party_en: Text
    date: OptionalDate
    island_ids: IslandList
    sense: Annotated[
        Literal["supports_jp", "supports_ru", "no_side", "partly", "none_found"],
        Field(description="supports_jp, supports_ru, no_side, partly or none_found"),
    ]
    statement_en: Text
    document_en: OptionalText
    document_source_id: OptionalSourceId
    firmness: Annotated[
        Literal["official_text", "official_reported", "working_paper", "state_media", "second_hand", "none_found"],
        Field(description="official_text, official_reported, working_paper, state_media, second_hand or none_found"),
    ]
    note_en: OptionalText
    source_id: SourceId
    verified: Verified


class ContestedTerm(Row):
    """A contested term: who uses it, and what our own text says instead.

    ``lint`` lists, with blanks between, what our own text must not say: ``*`` stands for any ending, ``_`` for a blank.
    """

    FILE = "glossary.csv"
    KEY = ("term_id",)

    term_id: Identifier
    term: Text
    language: LanguageOfText
    used_by: Annotated[Literal["jp", "ru", "both", "ours"], Field(description="jp, ru, both or ours")]
    meaning_en: Text
    we_say_en: Text
    lint: OptionalText
    source_id: SourceId


class Perspective(Row):
    """Who holds an area in one perspective, whose units count there, and which state accepts or disputes that."""

    FILE = "perspectives.csv"
    KEY = ("perspective", "area_id")

    perspective: Annotated[PerspectiveId, Field(description="administered, jp or ru")]
    area_id: Area
    holder: Annotated[Literal["jp", "ru", "none"], Field(description="jp, ru or none")]
    units: Annotated[Literal["jp", "ru", "both", ""], Field(description="jp, ru, both or nothing")]
    accepted_by: StateList
    disputed_by: StateList
    note_en: OptionalText
    source_id: SourceId


class Boundary(Row):
    """A border line as one side or both see it: the areas it runs between and the perspectives it is drawn in."""

    FILE = "lines.csv"
    KEY = ("line_id",)

    line_id: Identifier
    side_a: AreaList
    side_b: AreaList
    title_en: Text
    label_en: Text
    label_lon: Longitude
    label_lat: Latitude
    label_side: Side
    method_en: Text
    method_source_id: SourceId
    drawn_in: Annotated[
        tuple[PerspectiveId, ...],
        BeforeValidator(split),
        Field(min_length=1, description="one or more of administered, jp, ru, with blanks between"),
    ]
    accepted_by: StateList
    disputed_by: StateList
    document_en: Text
    document_date: OptionalDate
    document_source_id: OptionalSourceId
    note_en: OptionalText
    source_id: SourceId


class ControlPoint(Row):
    """A point on land and who holds it in each perspective: a check of polygons and perspectives together."""

    FILE = "points.csv"
    KEY = ("point_id",)

    point_id: Identifier
    lon: Longitude
    lat: Latitude
    on_en: Text
    administered: Annotated[Literal["jp", "ru", "none"], Field(description="jp, ru or none")]
    jp: Annotated[Literal["jp", "ru", "none"], Field(description="jp, ru or none")]
    ru: Annotated[Literal["jp", "ru", "none"], Field(description="jp, ru or none")]
    source_id: SourceId
