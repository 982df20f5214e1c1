"""Rows on the press: articles, quotations from them, and the forms in which texts write a name."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from geo.model.fields import (
    ISLANDS,
    Date,
    Identifier,
    Island,
    IslandId,
    LanguageOfText,
    OptionalText,
    Text,
    WebAddress,
    split,
)
from geo.model.row import Ref, Row


class GazetteerEntry(Row):
    """A form in which texts write a name or speak of a group, and what it requires beside it to be a mention."""

    FILE = "gazetteer.csv"
    KEY = ("surface_form",)

    surface_form: Text
    language: LanguageOfText
    island_ids: Annotated[
        tuple[IslandId, ...],
        BeforeValidator(split),
        Field(description=f"any of {', '.join(ISLANDS)}, with blanks between, or nothing"),
    ]
    kind: Annotated[Literal["named", "group", ""], Field(description="named or group, or nothing")]
    requires: Annotated[
        Literal["", "near", "island", "islet", "pair", "dispute", "qualified", "territories", "habomai", "not"],
        Field(description="near, island, islet, pair, dispute, qualified, territories, habomai or not, or nothing"),
    ]

    @model_validator(mode="after")
    def _of_islands_or_not(self) -> Self:
        if (self.requires == "not") != (not self.island_ids) or (self.requires == "not") != (not self.kind):
            kind, message = "requires", "island_ids and a kind, or that it requires not"
            raise PydanticCustomError(kind, message)
        return self


class Article(Row):
    """The bibliographic record of an article: it is its own source.

    ``agency`` is the news agency whose text it reprints; ``characters`` and ``sha256`` are those of the text that its
    quotations were chosen from.
    """

    FILE = "articles.csv"
    KEY = ("article_id",)

    article_id: Identifier
    title: Text
    publisher: Text
    publisher_country: Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="a two-letter country code")]
    agency: OptionalText
    agency_country: Annotated[str, Field(pattern=r"^([A-Z]{2})?$", description="a two-letter country code, or nothing")]
    date: Date
    language: LanguageOfText
    url: WebAddress
    characters: Annotated[int, Field(ge=1, description="a whole number from 1")]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="a SHA-256 of 64 hexadecimal digits")]

    @property
    def country_of_origin(self) -> str:
        """The country that its words come from: of the agency, where it is a reprint."""
        return self.agency_country or self.publisher_country


class Excerpt(Row):
    """A short quotation on one island, verbatim.

    ``start`` and ``end`` are offsets of the words that put it on the island, in characters of ``quote``; ``also`` are
    the articles of other outlets with the same text. ``cut_start`` and ``cut_end`` say that its sentence begins before
    it or goes on after it, ``repaired`` that blanks, line breaks or hyphens at line ends were tidied in it.
    """

    FILE = "excerpts.jsonl"
    KEY = ("article", "island", "quote", "matched")

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)

    article: Annotated[Identifier, Ref("articles.article_id")]
    island: Island
    kind: Annotated[Literal["named", "group"], Field(description="named or group")]
    quote: Annotated[str, Field(min_length=1, max_length=300, description="a quotation of 1 to 300 characters")]
    start: Annotated[int, Field(ge=0, description="a whole number from 0")]
    end: Annotated[int, Field(ge=1, description="a whole number from 1")]
    matched: Annotated[str, Field(min_length=1, description="the words quote[start:end]")]
    language: LanguageOfText
    cut_start: Annotated[bool, Field(description="true or false")] = False
    cut_end: Annotated[bool, Field(description="true or false")] = False
    repaired: Annotated[bool, Field(description="true or false")] = False
    also: Annotated[tuple[Identifier, ...], Ref("articles.article_id"), Field(description="ids of articles")] = ()

    @model_validator(mode="after")
    def _matched_in_quote(self) -> Self:
        if self.quote[self.start : self.end] != self.matched:
            kind, message = "matched", "the words quote[start:end] in matched"
            raise PydanticCustomError(kind, message)
        return self
