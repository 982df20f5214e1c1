"""Dates of which the year, the month or the day is known: the one implementation of YYYY, YYYY-MM and YYYY-MM-DD."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal, Self

Precision = Literal["year", "month", "day"]

# the digits of ISO 8601 only: \d would take those of other scripts as well
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
# the zone in which a day begins first, so no date that has begun anywhere is in the future
_EARLIEST_ZONE = dt.timezone(dt.timedelta(hours=14))


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of the Gregorian calendar with the precision that is known of it.

    ``first_day`` and ``last_day`` are the days that it spans, both included: one day, a month or a year.
    """

    first_day: dt.date
    last_day: dt.date
    precision: Precision

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the date that an ISO 8601 text of year, month or day precision states.

        Raises
        ------
        ValueError
            If the text has another form or states a date that is not on the calendar.
        """
        found = _ISO.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is not a date as YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = found.groups()
        first = dt.date(int(year), int(month or "1"), int(day or "1"))
        if month is None:
            return cls(first, first.replace(month=12, day=31), "year")
        if day is None:
            return cls(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]), "month")
        return cls(first, first, "day")

    @classmethod
    def is_valid(cls, text: str) -> bool:
        """Return whether a text is a date that ``parse`` reads."""
        try:
            cls.parse(text)
        except ValueError:
            return False
        return True

    def __contains__(self, day: dt.date) -> bool:
        """Return whether a day is one of those that this date spans."""
        return self.first_day <= day <= self.last_day

    def overlaps(self, other: PartialDate) -> bool:
        """Return whether both dates may be the same day."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day

    def __str__(self) -> str:
        """Return the date in ISO 8601, with the precision it has."""
        return self.first_day.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.precision]]


def first_day(iso: str) -> str:
    """Return the first day of an ISO date of year, month or day precision as YYYY-MM-DD, to compare and sort by."""
    return PartialDate.parse(iso).first_day.isoformat()


def latest_today() -> dt.date:
    """Return the calendar day of the time zone that is furthest ahead (UTC+14): nowhere is it later."""
    return dt.datetime.now(tz=_EARLIEST_ZONE).date()
