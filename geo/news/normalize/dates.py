"""Reads dates as the press writes them, in English, Japanese and Russian; numbers alone only where they are clear."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from geo.model.dates import latest_today
from geo.news.limits import FIRST_YEAR

_ISO = re.compile(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?\s*")
_SHORT = re.compile(r"\s*(\d{4})(?:-(\d{2}))?\s*")
_JAPANESE = re.compile(
    r"(?:(\d{4})|(令和|平成|昭和|大正|明治)\s*(\d{1,2}|元))\s*年\s*(?:(\d{1,2})\s*月\s*(?:(\d{1,2})\s*日)?)?"
)
# the year before the first of an era, and how many it had
_ERAS = {"令和": (2018, 99), "平成": (1988, 31), "昭和": (1925, 64), "大正": (1911, 15), "明治": (1867, 45)}
# until 1872 months and days were those of another calendar
_FIRST_GREGORIAN_YEAR = 1873
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([^\W\d_]{3,9})\.?,?\s+(\d{4})", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
# 01.12.2025 is how Russian papers write a day; 01/12/2025 is two different days, 25/12/2025 and 12/25/2025 are one
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_MONTHS_OF_A_YEAR = 12
_SECONDS = re.compile(r"\s*(\d{9,10}|\d{12,13})(?:\.\d*)?\s*")
_MILLISECONDS_FROM = 10**11
# nobody stamped an article in seconds before; a number below is something else
_FIRST_STAMP = dt.date(1990, 1, 1)
_MONTHS = {
    name: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "янв фев мар апр мая июн июл авг сен окт ноя дек",
    )
    for number, name in enumerate(names.split(), start=1)
} | {"май": 5}
_LONGEST = 80


def iso_date(text: str) -> str:
    """Return a written date as ISO 8601, to the precision it has; empty when it is none, or lies in the future.

    Times of day and time zones are left out: the day is the publisher's own.
    """
    text = text[:_LONGEST]
    for reading in (_iso, _by_name, _seconds, _mail):
        if found := reading(text):
            # a day more: clocks go wrong, and an evening paper bears the date of tomorrow
            latest = latest_today() + dt.timedelta(days=1)
            return found if found <= latest.isoformat() else ""
    return ""


def _iso(text: str) -> str:
    if found := _ISO.match(text) or _COMPACT.fullmatch(text):
        return _day(*found.groups())
    if (found := _SHORT.fullmatch(text)) and int(found[1]) >= FIRST_YEAR:
        month = int(found[2] or 0)
        return f"{int(found[1])}-{month:02}" if 1 <= month <= _MONTHS_OF_A_YEAR else f"{int(found[1])}"
    return ""


def _by_name(text: str) -> str:
    if found := _JAPANESE.search(text):
        return _japanese(found)
    if found := _DAY_FIRST.search(text):
        return _day(found[3], _MONTHS.get(found[2][:3].lower(), 0), found[1])
    if found := _MONTH_FIRST.search(text):
        return _day(found[3], _MONTHS.get(found[1][:3].lower(), 0), found[2])
    if found := _DOTTED.search(text):
        return _day(found[3], found[2], found[1])
    if found := _SLASHED.search(text):
        return _slashed(*map(int, found.groups()))
    return ""


def _japanese(found: re.Match[str]) -> str:
    year = int(found[1] or 0)
    if era := found[2]:
        before, years = _ERAS[era]
        count = 1 if found[3] == "元" else int(found[3])
        year = before + count if 1 <= count <= years else 0
    if found[4] and year >= _FIRST_GREGORIAN_YEAR:
        return _day(year, found[4], found[5]) if found[5] else _iso(f"{year}-{int(found[4]):02}")
    return _iso(f"{year:04}")


def _slashed(one: int, other: int, year: int) -> str:
    """Return a day of numbers whose order is not known; empty where both orders give a day, and not the same."""
    if one == other or other > _MONTHS_OF_A_YEAR:
        return _day(year, one, other)
    return _day(year, other, one) if one > _MONTHS_OF_A_YEAR else ""


def _seconds(text: str) -> str:
    found = _SECONDS.fullmatch(text)
    if not found:
        return ""
    seconds = int(found[1])
    seconds = seconds // 1000 if seconds >= _MILLISECONDS_FROM else seconds
    day = dt.datetime.fromtimestamp(seconds, tz=dt.UTC).date()
    return day.isoformat() if day >= _FIRST_STAMP else ""


def _mail(text: str) -> str:
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (TypeError, ValueError, IndexError):
        return ""


def _day(year: int | str, month: int | str, day: int | str) -> str:
    if int(year) < FIRST_YEAR:
        return ""
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
