"""The rows of translations, and which cells of the tables a reader sees and so needs in the language of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, TypeVar

from pydantic import Field

from geo.model.fields import Language, Text
from geo.model.places import Name
from geo.model.row import Row

R = TypeVar("R", bound=Row)

# English that no reader of the page sees: the command line and the checks say it
_UNSEEN = frozenset(
    {("balance", "reason_en"), ("definition_areas", "note_en"), ("perspectives", "note_en"), ("points", "on_en")}
)
# what a reader sees although it is not called English
_SEEN = frozenset({("names", "latin"), ("sources", "publisher")})


class _Translation(Row):
    KEY = ("table", "english")

    table: Annotated[str, Field(pattern=r"^[a-z_]+$", description="a table of the data folder, without the suffix")]
    english: Text
    text: Text


class JapaneseText(_Translation):
    """What an English text of a table says in Japanese, for every cell that has it."""

    FILE = "translations_ja.csv"


class RussianText(_Translation):
    """What an English text of a table says in Russian, for every cell that has it."""

    FILE = "translations_ru.csv"


TRANSLATIONS: Mapping[Language, type[JapaneseText | RussianText]] = {"ja": JapaneseText, "ru": RussianText}
# by table and English text
Texts = Mapping[tuple[str, str], str]


def shown_columns(model: type[Row]) -> tuple[str, ...]:
    """Return the columns of a table that a reader sees in the language of the page."""
    table = model.table_name()
    return tuple(c for c in model.columns() if (c.endswith("_en") and (table, c) not in _UNSEEN) or (table, c) in _SEEN)


def own_texts(row: Row, language: Language) -> dict[str, str]:
    """Return by column what a row itself says in a language: the words of a document, or a name in its own script."""
    if isinstance(row, Name):
        return {"latin": row.name} if row.convention == language else {}
    texts = {c: getattr(row, f"{c.removesuffix('_en')}_{language}", "") for c in shown_columns(type(row))}
    return {column: text for column, text in texts.items() if text}


def english_cells(row: Row, language: Language) -> Iterator[tuple[str, str]]:
    """Return the columns of a row whose English needs a translation into a language, with that English."""
    own = own_texts(row, language)
    for column in shown_columns(type(row)):
        english = str(getattr(row, column))
        if english and column not in own:
            yield column, english


def in_language(row: R, language: Language, texts: Texts) -> R:
    """Return a row that says in a language what a reader sees of it; what has no translation stays English.

    The columns keep their names: ``title_en`` of the row that is returned holds the Japanese or Russian title.
    """
    table = row.table_name()
    said = {column: texts.get((table, english), english) for column, english in english_cells(row, language)}
    return row.model_copy(update=said | own_texts(row, language))
