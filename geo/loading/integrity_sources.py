"""Faults in what the tables rest on: rows that say more of their sources than these can bear."""

from __future__ import annotations

from collections.abc import Iterator

from geo.errors import DataError
from geo.loading.schema import MODELS, Tables
from geo.model.dispute import Boundary
from geo.model.fields import PRIMARY_CLASSES, SourceClass
from geo.model.places import Source
from geo.model.row import Row

# a text that tells of others' texts is not the text itself
_NEVER_PRIMARY: frozenset[SourceClass] = frozenset({"encyclopedia", "press", "own"})


def sources_bear(tables: Tables) -> Iterator[DataError]:
    """Return the rows whose sources cannot bear what they say.

    A row that is ``primary`` has a source that may be a primary text; a row that rests on an encyclopedia alone says
    that it is ``unverified``; a border never rests on an encyclopedia alone.
    """
    classes = {s.source_id: s.class_ for s in tables[Source].rows}
    for model in MODELS:
        if "verified" not in model.columns() and model is not Boundary:
            continue
        for line, row in tables[model]:
            # a source without a sound row of its own has its own fault
            if not all(s in classes for s in _sources(row)):
                continue
            cited = {classes[s] for s in _sources(row)}
            verified = getattr(row, "verified", "")
            if verified == "primary" and cited <= _NEVER_PRIMARY:
                expected = "secondary or unverified, or a source that may be a primary text"
                yield tables[model].fault(line, "verified", f"primary on {', '.join(sorted(cited))}", expected)
            if verified != "unverified" and cited == {"encyclopedia"}:
                column, expected = ("verified", "unverified") if verified else ("source_id", "another source as well")
                yield tables[model].fault(line, column, f"{verified} on an encyclopedia alone".strip(), expected)


def states_speak(tables: Tables) -> Iterator[DataError]:
    """Return the sources that a state is said to speak in, and that are of no class in which one does."""
    for line, source in tables[Source]:
        if source.speaks_for and source.class_ not in PRIMARY_CLASSES:
            expected = f"nothing, as for every source of the class {source.class_}"
            yield tables[Source].fault(line, "speaks_for", " ".join(source.speaks_for), expected)


def _sources(row: Row) -> Iterator[str]:
    # how a line was computed is said by a standard, not by what bears the line
    cited = (getattr(row, column) for column in row.citations() if column != "method_source_id")
    return filter(None, cited)
