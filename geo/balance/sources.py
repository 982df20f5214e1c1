"""What the tables rest on: sources and citations by class, and both sides' positions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from geo.loading.dossier import Dossier
from geo.model.fields import SOURCE_CLASSES, STATES, StateId


@dataclass(frozen=True, slots=True)
class ClassTotals:
    """The sources of one class, or of all (``source_class`` is then "all").

    ``citations`` are the cells of all tables that cite one, ``percent`` their share. For each side: the positions that
    were read in one, and the citations of its own texts.
    """

    source_class: str
    sources: int
    citations: int
    percent: float
    jp_positions: int
    ru_positions: int
    jp_own_texts: int
    ru_own_texts: int


def by_class(dossier: Dossier) -> tuple[ClassTotals, ...]:
    """Return the totals of each class of sources, and of all."""
    rows = [_totals(dossier, name, {name}) for name in SOURCE_CLASSES]
    return (*rows, _totals(dossier, "all", set(SOURCE_CLASSES)))


def _totals(dossier: Dossier, name: str, classes: set[str]) -> ClassTotals:
    sources = {s.source_id: s for s in dossier.sources.values() if s.class_ in classes}
    cited = sum(dossier.citations[s] for s in sources)
    positions: Counter[StateId] = Counter(
        c.state for c in dossier.claims.values() if c.stance == "position" and c.source_id in sources
    )
    own = {
        state: sum(dossier.citations[s.source_id] for s in sources.values() if state in s.speaks_for)
        for state in STATES
    }
    return ClassTotals(
        source_class=name,
        sources=len(sources),
        citations=cited,
        percent=round(100 * cited / sum(dossier.citations.values()), 1),
        jp_positions=positions["jp"],
        ru_positions=positions["ru"],
        jp_own_texts=own["jp"],
        ru_own_texts=own["ru"],
    )
