"""View: all that the reader chose, and its one codec from and to the address of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.messages import say
from geo.names import NAMINGS, Naming
from geo.rows import ISLANDS, IslandId


@dataclass(frozen=True, slots=True)
class View:
    """What the reader chose: an island (``None`` for all four), the naming and the origin of distances."""

    island: IslandId | None = None
    naming: Naming = "both"
    origin: str = "nosappu"


def from_query(query: Mapping[str, str], origins: tuple[str, ...]) -> tuple[View, tuple[str, ...]]:
    """Read a View from the parameters of an address.

    Unknown values fall back to the default; for each one a note to the reader is returned.
    """
    notes: list[str] = []
    usual = View()

    def pick(key: str, known: tuple[str, ...], default: str | None) -> str | None:
        value = query.get(key)
        if value is None or value in known:
            return value or default
        # only what is known is repeated to the reader, never the text of the address
        notes.append(say("The link names an unknown {key}; the page shows its usual view instead.", key=key))
        return default

    island = pick("island", ISLANDS, None)
    naming = pick("naming", NAMINGS, usual.naming)
    origin = pick("origin", origins, usual.origin)
    view = View(
        island=next((i for i in ISLANDS if i == island), None),
        naming=next(n for n in NAMINGS if n == naming),
        origin=origin or usual.origin,
    )
    return view, tuple(notes)


def to_query(view: View) -> dict[str, str]:
    """Write a View as parameters of an address, leaving out what is the default."""
    usual = View()
    values = {"island": view.island, "naming": view.naming, "origin": view.origin}
    return {k: v for k, v in values.items() if v is not None and v != getattr(usual, k)}
