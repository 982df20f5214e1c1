"""The one door for words, numbers and dates that a reader sees: translation and locale come in here."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from geo.model.dates import PartialDate

LANGUAGE = "en"
_CATALOGUES = Path(__file__).resolve().parent / "locale"


def tr(message: str, /, **values: object) -> str:
    """Return a message in the reader's language, its ``{fields}`` filled in.

    The English text is the key; a language without a catalogue falls back to it.
    """
    return _catalogue().gettext(message).format(**values)


def number(value: float, digits: int = 0, *, fixed: bool = False) -> str:
    """Return a number in the reader's notation, with at most (or, when ``fixed``, exactly) so many decimals."""
    decimals = ("0" if fixed else "#") * digits
    return str(format_decimal(value, format=f"#,##0.{decimals}" if digits else "#,##0", locale=LANGUAGE))


def date(iso: str) -> str:
    """Return an ISO date of year, month or day precision in words; empty for an empty one."""
    if not iso:
        return ""
    date_known = PartialDate.parse(iso)
    match date_known.precision:
        case "year":
            return iso
        case "month":
            return str(format_skeleton("yMMM", date_known.first_day, locale=LANGUAGE))
        case "day":
            return str(format_date(date_known.first_day, "d MMM y", locale=LANGUAGE))


@cache
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation("messages", _CATALOGUES, [LANGUAGE], fallback=True)
