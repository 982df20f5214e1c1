"""The files the map needs, each under a name that carries its hash, ready in memory."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import shapely
from xstatic.pkg import leaflet

from geo.loading.areas import area_of
from geo.loading.dossier import Dossier, load
from geo.loading.geojson import Feature
from geo.map.scenes import drawing
from geo.paths import DATA

_WEB = Path(__file__).resolve().parent / "static"
_LEAFLET = Path(leaflet.BASE_DIR)
_IMAGES = ("layers.png", "layers-2x.png")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its public name, its bytes plain and gzipped, and its media type."""

    name: str
    content: bytes
    gzipped: bytes
    media_type: str


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """The dossier and the files made from it, read and made once a process."""

    dossier: Dossier
    assets: Mapping[str, Asset]

    def named(self, name: str) -> Asset | None:
        """Return a file by the public name it is served under."""
        return next((a for a in self.assets.values() if a.name == name), None)


@lru_cache(maxsize=4)
def prepare(data: Path = DATA) -> Prepared:
    """Load a data folder and prepare the map's files; a second call gives the same object.

    Kept here and not in Streamlit's cache because the server's file routes and the page's script both
    need it, and Streamlit runs the page's script as another module than the one that holds the routes.

    Raises
    ------
    FaultyDataError
        When the data has faults; then nothing is kept, and the next call reads again.
    """
    dossier = load(data)
    files: dict[str, tuple[str, bytes]] = {
        "leaflet.js": ("text/javascript", (_LEAFLET / "leaflet.js").read_bytes()),
        "leaflet.css": ("text/css", (_LEAFLET / "leaflet.css").read_bytes()),
        "chart.js": ("text/javascript", (_WEB / "chart.js").read_bytes()),
        "map.js": ("text/javascript", (_WEB / "map.js").read_bytes()),
        "map.css": ("text/css", (_WEB / "map.css").read_bytes()),
        "islands.geojson": ("application/geo+json", _geojson(_lands(dossier))),
        "context.geojson": ("application/geo+json", _geojson(dossier.context)),
        "drawing.json": ("application/json", _json(drawing(dossier))),
    }
    assets = {key: _asset(key, media, content) for key, (media, content) in files.items()}
    # leaflet.css names its images itself, so they keep their names
    for image in _IMAGES:
        content = (_LEAFLET / "images" / image).read_bytes()
        assets[image] = Asset(f"images/{image}", content, b"", "image/png")
    return Prepared(dossier, MappingProxyType(assets))


def _asset(key: str, media: str, content: bytes) -> Asset:
    digest = hashlib.sha256(content).hexdigest()[:12]
    stem, _, suffix = key.rpartition(".")
    return Asset(f"{stem}-{digest}.{suffix}", content, gzip.compress(content, mtime=0), f"{media}; charset=utf-8")


def _lands(dossier: Dossier) -> list[Feature]:
    return [Feature(i.island_id, i.land, {}, None) for i in dossier.islands.values()]


def _geojson(features: Iterable[Feature]) -> bytes:
    return _json(
        {
            "type": "FeatureCollection",
            "attribution": "© OpenStreetMap contributors, ODbL 1.0",
            "features": [
                {
                    "type": "Feature",
                    "properties": {
                        "id": f.identifier,
                        "area": area_of(f),
                        **{k: v for k, v in f.properties.items() if k == "clip"},
                    },
                    "geometry": json.loads(shapely.to_geojson(f.land)),
                }
                for f in features
            ],
        }
    )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
