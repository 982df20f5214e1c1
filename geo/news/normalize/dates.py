"""Reads dates as the press writes them, in English, Japanese and Russian; numbers alone only where they are clear."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from geo.news.limits import FIRST_YEAR, LAST_YEAR

_ISO = re.compile(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?\s*")
_SHORT = re.compile(r"\s*(\d{4})(?:-(\d{2}))?\s*")
_JAPANESE = re.compile(r"(?:(\d{4})|(令和|平成|昭和)\s*(\d{1,2}|元))\s*年\s*(?:(\d{1,2})\s*月\s*(?:(\d{1,2})\s*日)?)?")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([^\W\d_]{3,9})\.?,?\s+(\d{4})", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
# 01.12.2025 is how Russian papers write a day; 01/12/2025 is two different days
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_SECONDS = re.compile(r"\s*(\d{9,10}|\d{12,13})(?:\.\d*)?\s*")
_MILLISECONDS_FROM = 10**11
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
    """Return a written date as ISO 8601, to the precision it has; empty when it is no date of the calendar.

    Times of day and time zones are left out: the day is the publisher's own.
    """
    text = text[:_LONGEST]
    for reading in (_iso, _by_name, _seconds, _mail):
        if found := reading(text):
            return found
    return ""


def _iso(text: str) -> str:
    if found := _ISO.match(text) or _COMPACT.fullmatch(text):
        return _day(*found.groups())
    if (found := _SHORT.fullmatch(text)) and FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return f"{found[1]}-{found[2]}" if found[2] and 1 <= int(found[2]) <= 12 else found[1]  # noqa: PLR2004
    return ""


def _by_name(text: str) -> str:
    if found := _JAPANESE.search(text):
        year = int(found[1]) if found[1] else _ERAS[found[2]] + (1 if found[3] == "元" else int(found[3]))
        if found[4] and found[5]:
            return _day(year, found[4], found[5])
        return _iso(f"{year}-{int(found[4]):02}" if found[4] else str(year))
    if found := _DAY_FIRST.search(text):
        return _day(found[3], _MONTHS.get(found[2][:3].lower(), 0), found[1])
    if found := _MONTH_FIRST.search(text):
        return _day(found[3], _MONTHS.get(found[1][:3].lower(), 0), found[2])
    if found := _DOTTED.search(text):
        return _day(found[3], found[2], found[1])
    return ""


def _seconds(text: str) -> str:
    found = _SECONDS.fullmatch(text)
    if not found:
        return ""
    seconds = int(found[1])
    seconds = seconds // 1000 if seconds >= _MILLISECONDS_FROM else seconds
    return dt.datetime.fromtimestamp(seconds, tz=dt.UTC).date().isoformat()


def _mail(text: str) -> str:
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (TypeError, ValueError, IndexError):
        return ""


def _day(year: int | str, month: int | str, day: int | str) -> str:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return ""
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
