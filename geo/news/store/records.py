"""Lines of articles.jsonl and excerpts.jsonl, checked: how a store is written out, and how one is taken in."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from geo.model.dates import PartialDate
from geo.model.fields import Identifier
from geo.model.press import Excerpt
from geo.news.limits import FIELD_CHARACTERS, RECORD_BYTES
from geo.news.model import ReadFailure
from geo.news.store.near_duplicates import SIGNATURE_BYTES

ARTICLES, EXCERPTS = "articles.jsonl", "excerpts.jsonl"
Model = TypeVar("Model", bound=BaseModel)


def _date(text: str) -> str:
    if text:
        PartialDate.parse(text)
    return text


def _signature(text: str) -> str:
    if text and len(base64.b64decode(text, validate=True)) != SIGNATURE_BYTES:
        raise ValueError(f"a signature of {SIGNATURE_BYTES} bytes in base64")
    return text


class StoredArticle(BaseModel):
    """The record of an article that is kept; ``same_as`` is the article that had its text first."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    article_id: Identifier
    title: str
    publisher: str
    publisher_country: Annotated[str, Field(pattern=r"^([A-Z]{2})?$")]
    agency: str = ""
    agency_country: Annotated[str, Field(pattern=r"^([A-Z]{2})?$")] = ""
    date: Annotated[str, AfterValidator(_date)]
    language: Literal["en", "ja", "ru"]
    url: str
    file: Annotated[str, Field(max_length=FIELD_CHARACTERS)] = ""
    same_as: str = ""
    # stores written before there was a database called it mark, and some of them have another kind of it
    signature: Annotated[str, AfterValidator(_signature)] = ""


def read_lines(path: Path, model: type[Model]) -> Iterator[tuple[str, Model] | ReadFailure]:
    """Return the records of a file with their places; a line that is none is a failure."""
    if not path.exists():
        return
    with path.open("rb") as file:
        number = 0
        while line := file.readline(RECORD_BYTES):
            number += 1
            try:
                yield f"line {number}", model.model_validate(orjson.loads(line))
            except orjson.JSONDecodeError as error:
                yield ReadFailure(str(path), f"expected one JSON object ({error.msg})", f"line {number}")
            except ValidationError as error:
                yield ReadFailure(str(path), first_fault(error), f"line {number}")


def line(record: BaseModel | dict[str, Any]) -> bytes:
    """Return a record as a line of its file."""
    return orjson.dumps(record.model_dump() if isinstance(record, BaseModel) else record) + b"\n"


def excerpt_line(excerpt: Excerpt, also: list[str]) -> bytes:
    """Return an excerpt as a line, with the articles of other outlets that have the same text."""
    return line(excerpt.model_dump() | {"also": also})


def first_fault(error: ValidationError) -> str:
    """Return the first of the faults of a record, with the name of its member."""
    fault = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, fault["loc"]))
    return f"{place}: {fault['msg']}" if place else fault["msg"]
