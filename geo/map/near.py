"""What the page and the map say of one origin, as a file made when a browser asks for it."""

from __future__ import annotations

import gzip
import hashlib
import json
from functools import lru_cache
from threading import BoundedSemaphore
from typing import Any

from geo.errors import GeoError
from geo.geometry.points import point_of, written_point
from geo.i18n import speaking
from geo.loading.dossier import Dossier
from geo.map.drawing import how_near, line_to
from geo.model.names import NAMINGS, Naming
from geo.page.prepared import near_texts

# files that are kept, about 60 kB each: those of the places in every naming, and the newest points
_FILES = 128
# the data in each language, of a few folders
_DOSSIERS = 16
# a stranger who asks for ever new points keeps as much of the machine busy, and the others wait for him at most so long
_AT_ONCE = 2
_WAIT_S = 5.0
_free = BoundedSemaphore(_AT_ONCE)


def near_file(dossier: Dossier, naming: str, origin: str) -> tuple[bytes, bytes] | None:
    """Return the JSON of an origin in a naming, plain and gzipped; None where so many others are asked for just now.

    It holds the answer by island and the distances as HTML, and what the map draws.

    Raises
    ------
    GeoError
        When the naming is unknown, or the origin neither a place of the data nor a point in the way it is kept.
    """
    chosen = next((n for n in NAMINGS if n == naming), None)
    if chosen is None or (origin not in dossier.origins and written_point(origin) != origin):
        raise GeoError("No such origin.")
    if not _free.acquire(timeout=_WAIT_S):
        return None
    try:
        return _file(dossier, chosen, origin)
    finally:
        _free.release()


@lru_cache(maxsize=_DOSSIERS)
def version(dossier: Dossier) -> str:
    """Return what changes when the data or the words of these files change, for their addresses."""
    content, _ = _file(dossier, "both", dossier.origins[0])
    return hashlib.sha256(content).hexdigest()[:12]


def measured(dossier: Dossier, origin: str, naming: Naming) -> dict[str, Any] | None:
    """Return what the map draws for a point that is no place: where it is, the lines, and the words of the cards.

    Points are [latitude, longitude] in degrees, EPSG:4326, the order of Leaflet.
    """
    point = point_of(origin)
    if point is None:
        return None
    return {
        "origin": origin,
        "at": [point[1], point[0]],
        "lines": {island: line_to(dossier, origin, island) for island in dossier.islands},
        "near": {island: how_near(dossier, origin, island, naming) for island in dossier.islands},
    }


@lru_cache(maxsize=_FILES)
def _file(dossier: Dossier, naming: Naming, origin: str) -> tuple[bytes, bytes]:
    with speaking(dossier.language):
        said = {**near_texts(dossier, naming, origin), "measured": measured(dossier, origin, naming)}
    content = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return content, gzip.compress(content, mtime=0)
