"""Place names in the two naming conventions, with their readings and whose official name each is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal

from geo.model.fields import CONVENTIONS, Convention
from geo.model.places import Name

Naming = Literal["ja", "ru", "both"]

NAMINGS: tuple[Naming, ...] = ("ja", "ru", "both")

Names = Mapping[str, Mapping[Convention, Name]]


def by_subject(rows: Iterable[Name]) -> Names:
    """Return the name rows of each subject, the conventions always in the same order."""
    found: dict[str, dict[Convention, Name]] = {}
    for row in rows:
        found.setdefault(row.subject_id, {})[row.convention] = row
    return MappingProxyType(
        {
            subject: MappingProxyType({c: names[c] for c in CONVENTIONS if c in names})
            for subject, names in found.items()
        }
    )


def shown(names: Names, subject: str, naming: Naming) -> tuple[Name, ...]:
    """Return the names of a subject that a naming shows.

    A subject without a name in the convention asked for is shown under the name it has: the caller can
    tell by the ``convention`` of the name.
    """
    known = names[subject]
    picked = tuple(known[c] for c in CONVENTIONS if naming in {c, "both"} and c in known)
    return picked or tuple(known.values())


def conventions(naming: Naming) -> tuple[Convention, ...]:
    """Return the conventions that a naming shows."""
    return tuple(c for c in CONVENTIONS if naming in {c, "both"})
