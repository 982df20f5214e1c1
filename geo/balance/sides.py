"""How much each side has: positions, words, texts of its own, excerpts; and where one side has too much."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geo.loading.dossier import Dossier
from geo.model.balance import MEASURES, AcceptedImbalance, Measure
from geo.model.dispute import Claim
from geo.model.fields import PRIMARY_CLASSES, STATES, StateId
from geo.model.press import Excerpt

# no side has more than so many times what the other has
MOST = 1.5
# of each side's positions at least this share rests on a primary text of that side
LEAST_OWN_PRIMARY = 1 / 3
_COUNTRIES: dict[StateId, str] = {"jp": "JP", "ru": "RU"}


@dataclass(frozen=True, slots=True)
class SideTotals:
    """What one side has on one island, or on all (``island`` is then "all").

    ``positions`` and ``words`` count our own text on what it holds, ``unaddressed`` the questions on which none was
    found, ``own_primary`` the positions that rest on a primary text of that side, ``sources`` the different sources
    cited for it, ``excerpts`` the quotations from outlets of its country; a reprint is of its agency's country.
    """

    island: str
    state: StateId
    positions: int
    unaddressed: int
    words: int
    own_primary: int
    sources: int
    excerpts: int

    def share(self, measure: Measure) -> float:
        """Return what is compared: a count, and of the texts of its own their share of the positions."""
        if measure == "own_primary":
            return self.own_primary / max(self.positions, 1)
        return float(getattr(self, measure))


@dataclass(frozen=True, slots=True)
class Imbalance:
    """One measure of which one side has too much, or too little, with the reason if it is accepted."""

    island: str
    measure: Measure
    finding: str
    reason: str

    def __str__(self) -> str:
        """Return the finding, and whether it is accepted."""
        return f"{'accepted: ' if self.reason else ''}{self.island}: {self.finding}"


def balance(dossier: Dossier) -> tuple[SideTotals, ...]:
    """Return what both sides have, island by island and then in all."""
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


def imbalances(totals: Iterable[SideTotals], accepted: Sequence[AcceptedImbalance]) -> list[Imbalance]:
    """Return each measure of which one side has more than ``MOST`` times what the other has, or too little.

    An imbalance that a row of ``accepted`` allows carries its reason; a row that allows what is not there is one, too.
    """
    by_island: dict[str, list[SideTotals]] = {}
    for side in totals:
        by_island.setdefault(side.island, []).append(side)
    found: list[Imbalance] = []
    needed: set[AcceptedImbalance] = set()
    for island, sides in by_island.items():
        for measure in MEASURES:
            less, more = sorted(sides, key=lambda s, m=measure: s.share(m))  # type: ignore[misc]
            times = more.share(measure) / less.share(measure) if less.share(measure) else math.inf
            if not more.share(measure) or times <= MOST:
                continue
            row = next((a for a in accepted if (a.measure, a.favours) == (measure, more.state)), None)
            needed |= {row} if row else set()
            reason = row.reason_en if row and (row.up_to is None or times <= row.up_to) else ""
            found.append(Imbalance(island, measure, _words(measure, more, less), reason))
    unneeded = [a for a in accepted if a not in needed]
    return [
        *found,
        *_without_own_texts(s for sides in by_island.values() for s in sides),
        *(Imbalance("all", a.measure, f"accepted in {a.FILE}, but {a.favours} has no more", "") for a in unneeded),
    ]


def _words(measure: Measure, more: SideTotals, less: SideTotals) -> str:
    def of(side: SideTotals) -> str:
        return f"{getattr(side, measure)}" + (f" of {side.positions} positions" if measure == "own_primary" else "")

    return f"{measure} of {more.state} {of(more)}, of {less.state} {of(less)}: over {MOST:g} times"


def _without_own_texts(sides: Iterable[SideTotals]) -> Iterator[Imbalance]:
    for side in sides:
        if side.share("own_primary") < LEAST_OWN_PRIMARY:
            finding = f"own_primary of {side.state} {side.own_primary} of {side.positions} positions: under a third"
            yield Imbalance(side.island, "own_primary", finding, "")


def _totals(
    dossier: Dossier, island: str, state: StateId, claims: Iterable[Claim], excerpts: Iterable[Excerpt]
) -> SideTotals:
    rows = list(claims)
    positions = [c for c in rows if c.stance == "position"]
    quoted = {
        (e.article, e.quote) for e in excerpts if dossier.articles[e.article].country_of_origin == _COUNTRIES[state]
    }
    return SideTotals(
        island=island,
        state=state,
        positions=len(positions),
        unaddressed=len(rows) - len(positions),
        words=sum(len(c.position_en.split()) for c in positions),
        own_primary=sum(_on_own_primary(dossier, c) for c in positions),
        sources=len({c.source_id for c in positions}),
        excerpts=len(quoted),
    )


def _on_own_primary(dossier: Dossier, claim: Claim) -> bool:
    # where the position itself was read: the document that it is about belongs to both sides
    source = dossier.sources[claim.source_id]
    return source.class_ in PRIMARY_CLASSES and claim.state in source.speaks_for
