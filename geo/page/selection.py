"""From everything the page knows to what one view of it shows: filtering, no words and no markup."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from geo.loading.dossier import Dossier, Island
from geo.loading.nearness import Nearness, nearness
from geo.model.dates import first_day
from geo.model.dispute import Claim, Event, Holding, Question
from geo.model.fields import STATES, AreaId, IslandId, Language, StateId
from geo.model.figures import Fact
from geo.model.history import changed_by, events_on, holders_on, steps
from geo.page.view import Choices, View

# more than there are views of places: four islands or all, three namings, thirteen origins; the newest are kept
_VIEWS = 512


@dataclass(frozen=True, slots=True)
class Distance:
    """One line of the table of distances."""

    subject_id: str
    is_islet: bool
    low_tide_elevation: bool
    nearness: Nearness


@dataclass(frozen=True, slots=True, eq=False)
class QuestionPair:
    """A question with both states' rows on the islands in view, readings and "not addressed" alike."""

    question: Question
    claims: Mapping[StateId, tuple[Claim, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """What is on screen for one view, whatever its perspective, date and meaning of Kuril."""

    view: View
    dossier: Dossier
    islands: tuple[Island, ...]
    distances: tuple[Distance, ...]
    pairs: tuple[QuestionPair, ...]


@dataclass(frozen=True, slots=True, eq=False)
class DatedState:
    """The dated state of the border that a date falls into.

    ``changed`` are the holdings that its events began; ``pairs`` the questions that its events raised.
    """

    date: str
    events: tuple[Event, ...]
    held: Mapping[AreaId, Holding]
    changed: tuple[Holding, ...]
    pairs: tuple[QuestionPair, ...]


def select(dossier: Dossier, view: View) -> Selection:
    """Filter the dossier for a view; views that differ in perspective, date or meaning only give the same object."""
    return _selected(dossier, View(island=view.island, naming=view.naming, origin=view.origin))


def choices(
    dossier: Dossier, publishers: Collection[str] = (), countries: Collection[str] = (), language: Language = "en"
) -> Choices:
    """Return what a View can be made of: from the dossier, the press where it is open, and the browser's language."""
    first = first_day(steps(dossier.events)[0].date)
    return Choices(dossier.origins, dossier.meanings, first, publishers, countries, language)


def dated_state(selection: Selection, date: str) -> DatedState:
    """Return what is known of a date."""
    dossier = selection.dossier
    events = events_on(dossier.events, date)
    questions = {e.question_id for e in events}
    return DatedState(
        date=date,
        events=events,
        held=holders_on(dossier.history, date),
        changed=tuple(h for e in events for h in changed_by(dossier.history, e)),
        pairs=tuple(p for p in selection.pairs if p.question.question_id in questions),
    )


@lru_cache(maxsize=_VIEWS)
def _selected(dossier: Dossier, view: View) -> Selection:
    chosen = tuple(i for i in dossier.islands.values() if view.island in {None, i.island_id})
    return Selection(
        view=view,
        dossier=dossier,
        islands=chosen,
        distances=_distances(dossier, view),
        pairs=_pairs(dossier, chosen),
    )


def facts_of(selection: Selection, subject: str, attribute: str) -> tuple[Fact, ...]:
    """Return the figures of one subject and attribute in the order of the table."""
    return tuple(f for f in selection.dossier.facts.get(subject, ()) if f.attribute == attribute)


def people(dossier: Dossier, island: IslandId) -> tuple[Fact, ...]:
    """Return the counts of an island's people up to 1945 and of this century, one a year, in order of time."""
    counts = [f for f in dossier.facts.get(island, ()) if f.attribute == "population" and f.date]
    then_and_now = {f.date[:4]: f for f in counts if f.date < "1946" or f.date >= "2000"}
    return tuple(then_and_now[year] for year in sorted(then_and_now))


def _pairs(dossier: Dossier, islands: Sequence[Island]) -> tuple[QuestionPair, ...]:
    in_view = {i.island_id for i in islands}

    def rows(question: Question, state: StateId) -> tuple[Claim, ...]:
        return tuple(
            c
            for c in dossier.claims.values()
            if (c.question_id, c.state) == (question.question_id, state) and in_view.intersection(c.island_ids)
        )

    return tuple(
        QuestionPair(q, MappingProxyType({s: rows(q, s) for s in STATES}))
        for q in dossier.questions
        if in_view.intersection(q.island_ids)
    )


def _distances(dossier: Dossier, view: View) -> tuple[Distance, ...]:
    near = nearness(dossier, view.origin)
    rows = [
        Distance(s, s in dossier.islets, s in dossier.islets and dossier.islets[s].low_tide_elevation == "yes", n)
        for s, n in near.items()
    ]
    return tuple(sorted(rows, key=lambda d: (d.is_islet, d.nearness.computed.km)))
