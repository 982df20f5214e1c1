"""The joined rows as plain tables, for reading elsewhere: one row an island, or one a distance."""

from __future__ import annotations

from typing import Any

import pandas as pd

from geo.loading.dossier import Dossier, Island
from geo.model.fields import CONVENTIONS, STATES, Convention, StateId
from geo.model.places import Name, Status


def joined_rows(dossier: Dossier) -> list[dict[str, Any]]:
    """Return the four islands, each with its names and with who administers and who claims it.

    The same columns stand for both states: ``jp_`` and ``ru_``.
    """
    return [_row(dossier, island) for island in dossier.islands.values()]


def distance_rows(dossier: Dossier, origin: str) -> list[dict[str, Any]]:
    """Return the distances from an origin to the islands and islets.

    ``km`` is geodesic on WGS 84, in kilometres; points are [longitude, latitude], EPSG:4326.
    """
    return [
        {
            "from": origin,
            "to": subject,
            "km": round(near.computed.km, 2),
            "published_km": near.published.km if near.published else None,
            "from_point": list(near.computed.from_point),
            "to_point": list(near.computed.to_point),
        }
        for subject, near in dossier.nearness[origin].items()
    ]


def flat_frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Lay rows out as a table of text and numbers; a point becomes two columns, ``_lon`` and ``_lat``."""
    flat: list[dict[str, Any]] = []
    for row in rows:
        cells: dict[str, Any] = {}
        for key, value in row.items():
            point = key.removesuffix("_point")
            cells |= {f"{point}_lon": value[0], f"{point}_lat": value[1]} if key.endswith("_point") else {key: value}
        flat.append(cells)
    table = pd.DataFrame(flat)
    # an empty cell for what is not known, in every form
    return table.astype("object").where(table.notna(), "")


def _row(dossier: Dossier, island: Island) -> dict[str, Any]:
    names = dossier.names[island.island_id]
    row: dict[str, Any] = {"id": island.island_id}
    for convention in CONVENTIONS:
        row |= {f"name_{convention}": names[convention].name, f"latin_{convention}": names[convention].latin}
    for state, status in zip(STATES, (island.claimed, island.administered), strict=True):
        row |= _status(dossier, island, status, state)
    row |= {"polygons": len(island.land.geoms), "excerpts": len(island.excerpts)}
    return row


def _status(dossier: Dossier, island: Island, status: Status, state: str) -> dict[str, Any]:
    units = island.units[status.state]
    return {
        f"{state}_role": status.role,
        f"{state}_since": status.since,
        f"{state}_document": status.document_en,
        f"{state}_document_date": status.document_date,
        f"{state}_units": "; ".join(
            " ".join(filter(None, (_own_name(dossier, u.unit_id, status.state).latin, u.code))) for u in units
        ),
        f"{state}_claims": len(island.claims[status.state]),
        f"{state}_document_url": dossier.sources[status.document_source_id].url,
    }


def _own_name(dossier: Dossier, unit: str, state: StateId) -> Name:
    conventions: dict[StateId, Convention] = {"jp": "ja", "ru": "ru"}
    names = dossier.names[unit]
    return names.get(conventions[state]) or next(iter(names.values()))
