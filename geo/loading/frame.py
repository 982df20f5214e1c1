"""The four islands with what is known of who administers and who claims them, as rows and as a GeoDataFrame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.loading.dossier import Dossier, Island
from geo.model.fields import CONVENTIONS, STATES, Convention, StateId
from geo.model.places import Name

if TYPE_CHECKING:
    import geopandas as gpd


def joined_frame(dossier: Dossier) -> gpd.GeoDataFrame:
    """Return the four islands with their land, ready to be plotted or written to a file.

    Returns
    -------
    geopandas.GeoDataFrame
        One row an island, indexed by ``id``; the columns of ``joined_rows``, and ``geometry`` in EPSG:4326.
    """
    # half a second to load, which nobody waits for who asks for rows only
    import geopandas as gpd  # noqa: PLC0415

    lands = [island.land for island in dossier.islands.values()]
    return gpd.GeoDataFrame(joined_rows(dossier), geometry=lands, crs="EPSG:4326").set_index("id")


def joined_rows(dossier: Dossier) -> list[dict[str, Any]]:
    """Return the four islands, each with its names and with who administers and who claims it.

    The same columns stand for both states: ``jp_`` and ``ru_``.
    """
    return [_row(dossier, island) for island in dossier.islands.values()]


def _row(dossier: Dossier, island: Island) -> dict[str, Any]:
    names = dossier.names[island.island_id]
    row: dict[str, Any] = {"id": island.island_id}
    for convention in CONVENTIONS:
        row |= {f"name_{convention}": names[convention].name, f"latin_{convention}": names[convention].latin}
    for state in STATES:
        row |= _status(dossier, island, state)
    return row | {"polygons": len(island.land.geoms), "excerpts": len(island.excerpts)}


def _status(dossier: Dossier, island: Island, state: StateId) -> dict[str, Any]:
    statuses, units = island.statuses[state], island.units[state]
    claim = next(s for s in statuses if s.role == "claims")
    return {
        f"{state}_role": " and ".join(s.role for s in statuses),
        # what it does first: a state that administers the island may claim it from another day on
        f"{state}_since": statuses[0].since,
        f"{state}_claims_since": claim.since,
        f"{state}_document": claim.document_en,
        f"{state}_document_date": claim.document_date,
        f"{state}_units": "; ".join(
            " ".join(filter(None, (_own_name(dossier, u.unit_id, state).latin, u.code))) for u in units
        ),
        f"{state}_claims": len(island.claims[state]),
        f"{state}_document_url": dossier.sources[claim.document_source_id].url,
    }


def _own_name(dossier: Dossier, unit: str, state: StateId) -> Name:
    conventions: dict[StateId, Convention] = {"jp": "ja", "ru": "ru"}
    names = dossier.names[unit]
    return names.get(conventions[state]) or next(iter(names.values()))
