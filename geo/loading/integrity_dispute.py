"""Faults between the tables on the dispute: questions without an answer, gaps in the history, lines off the middle.

Each check yields a fault for every row that does not hold, and none where a table could not be read at all.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterator

import numpy as np
import shapely

from geo.errors import DataError
from geo.geometry.equidistance import shore_distances_m
from geo.loading.areas import lands_by_area, united
from geo.loading.rows import CheckedTable
from geo.loading.schema import AROUND, Tables
from geo.model.dates import PartialDate
from geo.model.dispute import (
    Boundary,
    Claim,
    ControlPoint,
    Event,
    Holding,
    KurilCoverage,
    KurilMeaning,
    Perspective,
    Question,
    Statement,
)
from geo.model.fields import AREAS, PERSPECTIVES, STATES
from geo.model.history import COMPLETE_FROM
from geo.model.row import Row

# how far the two distances of an equidistance line may differ, in metres, and at how many points that is looked at
EQUIDISTANCE_M = 50.0
_SAMPLES = 200
_KURILS = tuple(a for a in AREAS if a not in {"north_sakhalin", "south_sakhalin", "hokkaido", "kamchatka"})


def claims_meet(tables: Tables) -> Iterator[DataError]:
    """Return the questions on which a state has not one row an island, and answers that are not to the other state."""
    questions, claims = tables[Question], tables[Claim]
    sound = all(t.readable and not t.faulty for t in (questions, claims))
    islands_of = {q.question_id: q.island_ids for q in questions.rows}
    counted = Counter((c.question_id, c.state, island) for c in claims.rows for island in c.island_ids)
    for line, question in questions if sound else ():
        for state in STATES:
            for island in question.island_ids:
                if not counted[question.question_id, state, island]:
                    expected = f"a row of {state} on {question.question_id} for {island} in claims.csv"
                    yield questions.fault(line, "question_id", question.question_id, expected)
    by_id = {c.claim_id: c for c in claims.rows}
    for line, claim in claims if sound else ():
        beyond = [i for i in claim.island_ids if i not in islands_of.get(claim.question_id, claim.island_ids)]
        twice = [i for i in claim.island_ids if counted[claim.question_id, claim.state, i] > 1]
        if beyond:
            yield claims.fault(line, "island_ids", " ".join(beyond), "islands that the question bears on")
        if twice:
            expected = f"one row of {claim.state} on {claim.question_id} for each island"
            yield claims.fault(line, "island_ids", " ".join(twice), expected)
        other = by_id.get(claim.answers)
        if claim.answers and (other is None or other.state == claim.state or other.stance != "position"):
            yield claims.fault(line, "answers", claim.answers, "a position of the other state, or nothing")


def history_complete(tables: Tables) -> Iterator[DataError]:
    """Return the days since the first border, today included, on which an area has not exactly one holder."""
    history = tables[Holding]
    if not history.readable or history.faulty:
        return
    for area in AREAS:
        rows = sorted(((h, line) for line, h in history if h.area_id == area), key=lambda r: r[0].from_date)
        if not rows or rows[0][0].from_date > COMPLETE_FROM:
            yield DataError(history.file, f"a holder of {area} on {COMPLETE_FROM}", column="from_date")
        for (before, line), (after, next_line) in itertools.pairwise(rows):
            if not before.to_date or before.to_date > after.from_date:
                expected = f"{after.from_date} at the latest, when line {next_line} begins: one holder a day"
                yield history.fault(line, "to_date", before.to_date or "nothing", expected)
            elif before.to_date < after.from_date:
                expected = f"{before.to_date}, when line {line} ends: no day without a holder"
                yield history.fault(next_line, "from_date", after.from_date, expected)
        for row, line in rows:
            if row.to_date and row.to_date <= row.from_date:
                yield history.fault(line, "to_date", row.to_date, f"a day after {row.from_date}")
        if rows and rows[-1][0].to_date:
            line = rows[-1][1]
            yield history.fault(line, "to_date", rows[-1][0].to_date, f"nothing: someone holds {area} today")


def dates_agree(tables: Tables) -> Iterator[DataError]:
    """Return the holdings that do not begin on a day of the event that began them."""
    dates = {e.event_id: e for e in tables[Event].rows}
    for line, holding in tables[Holding]:
        event = dates.get(holding.event_id)
        if event and not _lasts_on(event, dt.date.fromisoformat(holding.from_date)):
            expected = f"{event.date}, the date of {event.event_id} in events.csv"
            yield tables[Holding].fault(line, "from_date", holding.from_date, expected)


def _lasts_on(event: Event, day: dt.date) -> bool:
    date = PartialDate.parse(event.date)
    return date.first_day <= day <= PartialDate.parse(event.until).last_day if event.until else day in date


def every_area_answered(tables: Tables) -> Iterator[DataError]:
    """Return the areas on which a perspective, and the islands on which a meaning of the word Kuril, says nothing."""
    wanted: list[tuple[CheckedTable[Row], str, set[tuple[str, str]], list[tuple[str, str]]]] = [
        (
            tables[Perspective],
            "area_id",
            {(p.perspective, p.area_id) for p in tables[Perspective].rows},
            [(s, a) for s in PERSPECTIVES for a in AREAS],
        ),
        (
            tables[KurilCoverage],
            "area_id",
            {(c.definition_id, c.area_id) for c in tables[KurilCoverage].rows},
            [(d.definition_id, a) for d in tables[KurilMeaning].rows for a in _KURILS],
        ),
    ]
    for table, column, found, needed in wanted:
        if table.readable and not table.faulty:
            for key in needed:
                if key not in found:
                    yield DataError(table.file, f"a row of {key[0]} for {key[1]}", column=column)


def points_hold(tables: Tables) -> Iterator[DataError]:
    """Return the control points off every area, and those whose area a perspective gives to another holder."""
    lands = lands_by_area((*tables.islands, *tables.context))
    if set(lands) != set(AREAS):
        return
    holders = {(p.perspective, p.area_id): p.holder for p in tables[Perspective].rows}
    for line, point in tables[ControlPoint]:
        area = next((a for a in AREAS if shapely.intersects_xy(lands[a], point.lon, point.lat)), None)
        if area is None:
            yield tables[ControlPoint].fault(
                line, "lon", f"{point.lon} {point.lat}", "a point on land of one of the areas"
            )
            continue
        for perspective in PERSPECTIVES:
            said, held = getattr(point, perspective), holders.get((perspective, area))
            if held is not None and said != held:
                expected = f"{held}, who holds {area} in perspectives.csv"
                yield tables[ControlPoint].fault(line, perspective, said, expected)


def lines_equidistant(tables: Tables) -> Iterator[DataError]:
    """Return the border lines that are nearer to the shore of one side, looked at along their whole length."""
    lands = lands_by_area((*tables.islands, *tables.context))
    # without a piece of land every distance would be wrong, which its own fault says already
    whole = {f.identifier for f in (*tables.islands, *tables.context)} >= {*AREAS, *AROUND}
    paths = {c.identifier: c for c in tables.line_paths}
    drawn = tables[Boundary].ids("line_id")
    for unknown in [c for c in tables.line_paths if c.identifier not in drawn] if tables[Boundary].readable else ():
        expected = "a line_id of lines.csv"
        yield DataError("lines.geojson", expected, line=unknown.line, column="id", value=unknown.identifier)
    for line, boundary in tables[Boundary]:
        course = paths.get(boundary.line_id)
        if course is None:
            expected = "a line with a path in lines.geojson"
            yield tables[Boundary].fault(line, "line_id", boundary.line_id, expected)
            continue
        if not whole:
            continue
        one, other = (united(lands[a] for a in side) for side in (boundary.side_a, boundary.side_b))
        apart = np.abs(np.diff(shore_distances_m(course.path, one, other, samples=_SAMPLES), axis=1)).max()
        if not apart < EQUIDISTANCE_M:
            expected = f"equally near to both shores, to {EQUIDISTANCE_M:g} m at {_SAMPLES} points"
            column = f"geometry of {boundary.line_id}"
            yield DataError("lines.geojson", expected, line=course.line, column=column, value=f"{apart:.0f} m")


def statements_agree(tables: Tables) -> Iterator[DataError]:
    """Return the statements of which only one of sense and firmness says that none was found."""
    for line, statement in tables[Statement]:
        if (statement.sense == "none_found") != (statement.firmness == "none_found"):
            expected = "none_found in both sense and firmness, or in neither"
            yield tables[Statement].fault(line, "firmness", statement.firmness, expected)
