"""What a file to take away holds: the islands in view as rows, their land, and on what terms it may be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from shapely.geometry import MultiPolygon

from geo.i18n import tr
from geo.loading.datapackage import LICENCES
from geo.loading.dossier import Dossier, Island
from geo.loading.frame import joined_rows
from geo.loading.nearness import nearness
from geo.model.fields import CONVENTIONS, STATES, PerspectiveId
from geo.model.history import holders_on
from geo.model.names import conventions
from geo.page.labels import brief_name, origin_label
from geo.page.view import View, to_query

# what the outlines of the land were made from
_OUTLINES = "osm-land"


@dataclass(frozen=True, slots=True, eq=False)
class Contents:
    """The islands in view: a row each, with the land in EPSG:4326, and ``about``, what each file says of itself.

    ``names`` are what each island is called in the view.
    """

    rows: tuple[Mapping[str, Any], ...]
    lands: tuple[MultiPolygon, ...]
    names: tuple[str, ...]
    about: Mapping[str, str]


def contents(dossier: Dossier, view: View, version: str) -> Contents:
    """Return what a file says of a view, in the language of the dossier.

    Parameters
    ----------
    dossier
        The checked data.
    view
        Its island, naming, perspective, date and origin count; of the press nothing is taken along.
    version
        The version of the data.

    Raises
    ------
    GeoError
        When the origin is neither a place nor a point.
    """
    about = _about(dossier, view, version)
    picked = [i for i in dossier.islands.values() if view.island in {None, i.island_id}]
    joined = {row["id"]: row for row in joined_rows(dossier)}
    return Contents(
        rows=tuple(
            MappingProxyType(
                _in_naming(joined[island.island_id], view)
                | _holders(dossier, island, view)
                | _distance(dossier, island, view)
                | {"sources": _sources(dossier, island), **about}
            )
            for island in picked
        ),
        lands=tuple(island.land for island in picked),
        names=tuple(brief_name(dossier, island.island_id, view.naming) for island in picked),
        about=about,
    )


def _about(dossier: Dossier, view: View, version: str) -> Mapping[str, str]:
    outlines = dossier.sources[_OUTLINES]
    chosen = to_query(view) | {"lang": dossier.language}
    return MappingProxyType(
        {
            "source": f"{tr('Four Islands')}; {outlines.title}, {outlines.url}",
            "licence": "; ".join(f"{one['title']}, {one['path']}" for one in LICENCES),
            "data_version": version,
            "view": urlencode(chosen),
        }
    )


def _in_naming(row: Mapping[str, Any], view: View) -> dict[str, Any]:
    """Return a row with the names that the naming shows; ``label_``: as the page writes it, in Russian in Cyrillic."""
    left_out = {f"{kind}_{c}" for c in CONVENTIONS if c not in conventions(view.naming) for kind in ("name", "latin")}
    return {column.replace("latin_", "label_"): value for column, value in row.items() if column not in left_out}


def _holders(dossier: Dossier, island: Island, view: View) -> dict[str, Any]:
    """Return who holds an island: on the date in view, else in the perspectives in view; ``jp``, ``ru`` or another."""
    if view.date:
        return {"date": view.date, "holder": holders_on(dossier.history, view.date)[island.island_id].holder}
    seen: tuple[PerspectiveId, ...] = STATES if view.perspective == "both" else (view.perspective,)
    column = {"administered": "holder", "jp": "holder_as_jp_claims", "ru": "holder_as_ru_claims"}
    return {column[p]: dossier.perspectives[p][island.island_id].holder for p in seen}


def _distance(dossier: Dossier, island: Island, view: View) -> dict[str, Any]:
    near = nearness(dossier, view.origin)[island.island_id]
    return {
        "distance_from": origin_label(dossier, view.origin, view.naming),
        "distance_km": round(near.computed.km, 2),
        "distance_uncertainty_m": round(near.uncertainty_m),
    }


def _sources(dossier: Dossier, island: Island) -> str:
    """Return the addresses of what a row rests on, each once, with blanks between."""
    statuses = [s for state in STATES for s in island.statuses[state]]
    keys = [
        *(name.source_id for name in dossier.names[island.island_id].values()),
        *(key for s in statuses for key in (s.source_id, s.document_source_id)),
        *(unit.source_id for state in STATES for unit in island.units[state]),
        _OUTLINES,
    ]
    return " ".join(dict.fromkeys(dossier.sources[key].url for key in keys))
