"""Who held what on a day, and what changed it: pure reading of the tables of events and holdings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from geo.model.dates import first_day
from geo.model.dispute import Boundary, Event, Holding
from geo.model.fields import AREAS, STATES, AreaId, HolderId

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
    """Return events by their first day; those of one day stay in the order of the table."""
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


def days_of_change(history: Iterable[Holding], events: Iterable[Event]) -> tuple[str, ...]:
    """Return the days, ISO and in order, on which an area changes hands or a dated state of the border begins."""
    days = {first_day(h.from_date) for h in history} | {first_day(e.date) for e in steps(events)}
    return tuple(sorted(days))


def limits_between(boundaries: Iterable[Boundary], holders: Mapping[AreaId, HolderId]) -> tuple[str, ...]:
    """Return the ids of the limits that stand while areas are held so.

    A limit stands where one state holds all of its one side and the other state all of its other side.
    """

    def holder_of(side: Sequence[AreaId]) -> str:
        held = {holders.get(area, "") for area in side}
        return held.pop() if len(held) == 1 else ""

    sides = {b.line_id: {holder_of(b.side_a), holder_of(b.side_b)} for b in boundaries}
    return tuple(line for line, held in sides.items() if held == set(STATES))
