"""Who held what on a day, and what changed it: pure reading of the tables of events and holdings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from geo.model.dates import first_day
from geo.model.dispute import Event, Holding
from geo.model.fields import AREAS, AreaId

# from the treaty that first drew a border on, every area has exactly one holder on every day
COMPLETE_FROM = "1855-02-07"


def holders_on(history: Iterable[Holding], date: str) -> Mapping[AreaId, Holding]:
    """Return who held each area on a date (its first day, when it is a month or a year).

    An area about which the table says nothing on that day is left out.
    """
    day = first_day(date)
    held = {h.area_id: h for h in history if h.from_date <= day and (not h.to_date or day < h.to_date)}
    return MappingProxyType({area: held[area] for area in AREAS if area in held})


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Sort events by their first day; those of one day stay in the order of the table."""
    return tuple(sorted(events, key=lambda e: first_day(e.date)))


def steps(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the dated states of the border, one event a date: the first of each date stands for it."""
    first: dict[str, Event] = {}
    for event in in_order(e for e in events if e.step == "yes"):
        first.setdefault(event.date, event)
    return tuple(first.values())


def events_on(events: Sequence[Event], date: str) -> tuple[Event, ...]:
    """Return the events of the newest dated state at or before a date."""
    day = first_day(date)
    past = [e for e in in_order(events) if e.step == "yes" and first_day(e.date) <= day]
    return tuple(e for e in past if e.date == past[-1].date)


def changed_by(history: Iterable[Holding], event: Event) -> tuple[Holding, ...]:
    """Return the holdings that an event began."""
    return tuple(h for h in history if h.event_id == event.event_id)
