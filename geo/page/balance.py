"""How much room each side gets: claims, words, sources and excerpts, per island and in all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo.loading.dossier import Dossier
from geo.model.dispute import Claim
from geo.model.fields import STATES, StateId
from geo.model.press import Excerpt

# our own text gives no side more than so many times the room of the other
MOST = 1.5
_COUNTRIES: dict[StateId, str] = {"jp": "JP", "ru": "RU"}


@dataclass(frozen=True, slots=True)
class SideTotals:
    """What one side has on one island, or on all (``island`` is then "all").

    ``readings`` and ``words`` are our own text on its positions, ``unaddressed`` the questions on which none was found,
    ``sources`` the different sources cited for it, ``excerpts`` the quotations from outlets of its country.
    """

    island: str
    state: StateId
    readings: int
    unaddressed: int
    words: int
    sources: int
    excerpts: int


def balance(dossier: Dossier) -> tuple[SideTotals, ...]:
    """Return the room of both sides, island by island and then in all."""
    totals = []
    for island in dossier.islands.values():
        for state in STATES:
            rows = (*island.claims[state], *island.unaddressed[state])
            totals.append(_totals(dossier, island.island_id, state, rows, island.excerpts))
    every = tuple(e for island in dossier.islands.values() for e in island.excerpts)
    totals.extend(
        _totals(dossier, "all", state, [c for c in dossier.claims.values() if c.state == state], every)
        for state in STATES
    )
    return tuple(totals)


def out_of_balance(totals: Iterable[SideTotals]) -> list[str]:
    """Return a sentence for each island on which one side has more than ``MOST`` times the room of the other."""
    found = []
    by_island: dict[str, dict[StateId, SideTotals]] = {}
    for room in totals:
        by_island.setdefault(room.island, {})[room.state] = room
    for island, sides in by_island.items():
        for measure in ("readings", "words"):
            less, more = sorted((getattr(r, measure), s) for s, r in sides.items())
            if more[0] > MOST * less[0]:
                found.append(
                    f"{island}: {more[0]} {measure} of {more[1]} beside {less[0]} of {less[1]}, over {MOST:g} times"
                )
    return found


def _totals(
    dossier: Dossier, island: str, state: StateId, claims: Iterable[Claim], excerpts: Iterable[Excerpt]
) -> SideTotals:
    rows = list(claims)
    readings = [c for c in rows if c.stance == "reading"]
    quoted = {
        (e.article, e.quote) for e in excerpts if dossier.articles[e.article].publisher_country == _COUNTRIES[state]
    }
    return SideTotals(
        island=island,
        state=state,
        readings=len(readings),
        unaddressed=len(rows) - len(readings),
        words=sum(len(c.position_en.split()) for c in readings),
        sources=len({c.source_id for c in readings}),
        excerpts=len(quoted),
    )
