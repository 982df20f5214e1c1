"""The list of what a watch asks: the feeds and folders of a ``feeds.toml``, every key checked."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError
from pydantic_core import ErrorDetails

from geo.errors import DataError, FaultyDataError
from geo.model.fields import Language
from geo.news.limits import ADDRESS_CHARACTERS, FIELD_CHARACTERS
from geo.news.watch.addresses import RefusedAddressError, split_address

_CONTACT = r"^(https?://[!-~]+|[!-?A-~]+@[!-?A-~]+)$"
_CONTACT_CHARACTERS = 200


def _web_address(text: str) -> str:
    try:
        split_address(text)
    except RefusedAddressError as error:
        raise ValueError(error.reason) from None
    return text


WebAddress = Annotated[str, Field(max_length=ADDRESS_CHARACTERS), AfterValidator(_web_address)]
Minutes = Annotated[StrictInt, Field(ge=5, le=7 * 24 * 60)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Feed(_Table):
    """One RSS or Atom feed, and what its publisher is known for."""

    address: WebAddress = Field(description="an http or https address without a user name")
    publisher: str = Field(min_length=1, max_length=FIELD_CHARACTERS, description="the publisher's name")
    country: str = Field(pattern=r"^[A-Z]{2}$", description="the publisher's country as two capital letters")
    language: Language = Field(description="one of en, ja, ru")
    every: Minutes = Field(30, description="a whole number of minutes from 5 to 10080")
    pages: StrictBool = Field(False, description="true (read the pages that the feed links to) or false")


class Folder(_Table):
    """One folder that somebody else puts articles into."""

    path: Path = Field(description="a folder, relative to the file that names it")
    every: Minutes = Field(10, description="a whole number of minutes from 5 to 10080")


class Sources(_Table):
    """Everything that one watch asks.

    Parameters
    ----------
    contact
        Where a publisher reaches whoever runs the watch; sent with every request.
    """

    contact: str = Field(
        pattern=_CONTACT,
        max_length=_CONTACT_CHARACTERS,
        description="your web or mail address, so that publishers can reach you",
    )
    feeds: tuple[Feed, ...] = Field((), alias="feed", description="tables [[feed]]")
    folders: tuple[Folder, ...] = Field((), alias="folder", description="tables [[folder]]")

    @property
    def each(self) -> tuple[Feed | Folder, ...]:
        """Return all feeds and then all folders."""
        return self.feeds + self.folders


def read_sources(path: Path) -> Sources:
    """Return the feeds and folders that a file lists; paths of folders are made relative to the file's own folder.

    Raises
    ------
    FaultyDataError
        With every fault, each naming the file and the key.
    """
    try:
        sources = Sources.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise FaultyDataError([DataError(path.name, f"a readable file ({error.strerror})")]) from None
    except UnicodeDecodeError:
        raise FaultyDataError([DataError(path.name, "text in UTF-8")]) from None
    except tomllib.TOMLDecodeError as error:
        raise FaultyDataError([DataError(path.name, f"TOML ({error})")]) from None
    except ValidationError as error:
        raise FaultyDataError([_fault(path.name, d) for d in error.errors(include_url=False)]) from None
    if faults := _missing_or_double(path.name, sources):
        raise FaultyDataError(faults)
    home = path.resolve().parent
    folders = tuple(folder.model_copy(update={"path": home / folder.path}) for folder in sources.folders)
    return sources.model_copy(update={"folders": folders})


_TABLES: dict[str, type[_Table]] = {"feed": Feed, "folder": Folder}


def _missing_or_double(file: str, sources: Sources) -> list[DataError]:
    if not sources.feeds and not sources.folders:
        return [DataError(file, "at least one table [[feed]] or [[folder]]")]
    names = Counter([feed.address for feed in sources.feeds] + [str(folder.path) for folder in sources.folders])
    return [DataError(file, "each feed and folder once", value=name) for name, count in names.items() if count > 1]


def _fault(file: str, detail: ErrorDetails) -> DataError:
    model: type[_Table] = Sources
    key, expected = "", ""
    for part in detail["loc"]:
        if isinstance(part, int):
            key += f"[{part + 1}]"
            continue
        key += f"{'.' if key else ''}{part}"
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        expected = (fields[part].description or "") if part in fields else f"only the keys {', '.join(fields)}"
        model = _TABLES.get(part, model)
    value = None if detail["type"] == "missing" else str(detail["input"])
    return DataError(file, expected, key=key, value=value)
