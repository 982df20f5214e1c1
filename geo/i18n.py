"""The one door for words, numbers, units and dates that a reader sees, in the language of the page.

The language is set for a run of the page, or for a block, and is that of the running thread alone: no reader's choice
reaches another's page.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal

from babel.dates import format_date, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.units import format_unit

from geo.model.dates import PartialDate
from geo.model.fields import Language

Unit = Literal["km", "km2", "m", "t"]

# the languages of the page; the English text of a message is its key
PAGE_LANGUAGES: tuple[Language, ...] = ("en", "ja", "ru")
# each language under its own name
OWN_NAMES: dict[Language, str] = {"en": "English", "ja": "日本語", "ru": "Русский"}
CATALOGUES = Path(__file__).resolve().parent / "locale"
# a day and a month, in the form that suits a table and a sentence alike; Russian declines a month that is written out
_DAY: dict[Language, str] = {"en": "d MMM y", "ja": "long", "ru": "long"}
_YEAR: dict[Language, str] = {"en": "{year}", "ja": "{year}年", "ru": "{year}\u00a0г."}
_UNITS: dict[Unit, str] = {
    "km": "length-kilometer",
    "km2": "area-square-kilometer",
    "m": "length-meter",
    "t": "mass-tonne",
}
_language: ContextVar[Language] = ContextVar("language", default="en")


def language() -> Language:
    """Return the language of the page for this reader."""
    return _language.get()


def speak(chosen: Language) -> None:
    """Set the language of the page for what this thread does from now on."""
    _language.set(chosen)


@contextmanager
def speaking(chosen: Language) -> Iterator[None]:
    """Set the language of the page for a block."""
    before = _language.set(chosen)
    try:
        yield
    finally:
        _language.reset(before)


def tr(message: str, /, **values: object) -> str:
    """Return a message in the language of the page, its ``{fields}`` filled in.

    A message without a translation stays English.
    """
    return translation(message).format(**values)


def trn(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the form of a message that a count asks for, its ``{fields}`` filled in; ``{count}`` is the number."""
    return plural(one, many, count).format(count=number(count), **values)


def translation(message: str) -> str:
    """Return a message in the language of the page as it is written, with its ``{fields}``."""
    return _catalogue(language()).gettext(message)


def plural(one: str, many: str, count: int) -> str:
    """Return the form of a message that a count asks for as it is written, with its ``{fields}``."""
    return _catalogue(language()).ngettext(one, many, count)


def number(value: float, digits: int = 0, *, fixed: bool = False) -> str:
    """Return a number in the reader's notation, with at most (or, when ``fixed``, exactly) so many decimals."""
    return str(format_decimal(value, format=_pattern(digits, fixed=fixed), locale=language()))


def measure(value: float, unit: Unit, digits: int = 2, *, fixed: bool = False) -> str:
    """Return a number with its unit, with at most (or, when ``fixed``, exactly) so many decimals."""
    return str(format_unit(value, _UNITS[unit], "short", _pattern(digits, fixed=fixed), locale=language()))


def date(iso: str) -> str:
    """Return an ISO date of year, month or day precision in words; empty for an empty one."""
    if not iso:
        return ""
    known, chosen = PartialDate.parse(iso), language()
    match known.precision:
        case "year":
            return _YEAR[chosen].format(year=iso)
        case "month":
            return str(format_skeleton("yMMM", known.first_day, locale=chosen))
        case "day":
            return str(format_date(known.first_day, _DAY[chosen], locale=chosen))


def _pattern(digits: int, *, fixed: bool) -> str:
    return f"#,##0.{('0' if fixed else '#') * digits}" if digits else "#,##0"


@cache
def _catalogue(chosen: Language) -> gettext.NullTranslations:
    if chosen == "en":
        return gettext.NullTranslations()
    compiled = BytesIO()
    with (CATALOGUES / chosen / "LC_MESSAGES" / "messages.po").open("rb") as written:
        # compiled here: a catalogue is one file, and nothing has to be built before the page runs
        write_mo(compiled, read_po(written, locale=chosen))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
