"""The files that the map and the page fetch, each under a name that carries its hash, ready in memory."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

import shapely

from geo.i18n import PAGE_LANGUAGES, speaking
from geo.loading.areas import area_of
from geo.loading.dossier import Dossier, load_languages
from geo.loading.geojson import Feature
from geo.map.drawing import drawing
from geo.model.fields import Language
from geo.model.names import NAMINGS
from geo.page.palette import custom_properties
from geo.page.prepared import past, texts
from geo.paths import DATA

_WEB = Path(__file__).resolve().parent / "static"
_PAGE = _WEB.parents[1] / "page" / "static"
# Leaflet 1.9.4 as its authors publish it; the package ships their files unchanged, and a test compares the hashes
_LEAFLET = Path(str(files("js_lib_leaflet"))) / "static" / "js_lib_leaflet"
# leaflet.css names these, and the two of markers that this map does not use
_IMAGES = ("layers.png", "layers-2x.png")
# nautical miles of the zones that the map can draw
BREADTHS = (12, 24, 200)
# in the order they run in; the frame asks for one file, because it loads scripts one after the other
_SCRIPTS = ("leaflet.js", "rules.js", "chart.js", "map.js")
# data folders that one process keeps ready
_FOLDERS = 4


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its key in this program, its public name, its bytes plain and gzipped, and its media type."""

    key: str
    name: str
    content: bytes
    gzipped: bytes
    media_type: str


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """The dossier in one language and the files made from it, read and made once a process."""

    dossier: Dossier
    assets: Mapping[str, Asset]

    def named(self, name: str) -> Asset | None:
        """Return a file by the public name it is served under."""
        return next((a for a in self.assets.values() if a.name == name), None)


@lru_cache(maxsize=_FOLDERS)
def _read(data: Path) -> tuple[Mapping[Language, Dossier], tuple[Asset, ...]]:
    """Return the dossier in each language, and the files that are the same in all of them."""
    dossiers = load_languages(data)
    return dossiers, tuple(_wordless(dossiers["en"]))


@lru_cache(maxsize=_FOLDERS * len(PAGE_LANGUAGES))
def prepare(data: Path = DATA, language: Language = "en") -> Prepared:
    """Load a data folder and prepare the files of the map and the page; a second call gives the same object.

    Kept here and not in Streamlit's cache because the server's file routes and the page's script both
    need it, and Streamlit runs the page's script as another module than the one that holds the routes.

    Raises
    ------
    FaultyDataError
        When the data has faults; then nothing is kept, and the next call reads again.
    """
    dossiers, shared = _read(data)
    dossier = dossiers[language]
    with speaking(language):
        spoken = [
            asset("drawing.json", "application/json", _json(drawing(dossier))),
            *(asset(f"texts-{n}.json", "application/json", _json(texts(dossier, n))) for n in NAMINGS),
            *(asset(f"past-{n}.json", "application/json", _json(past(dossier, n))) for n in NAMINGS),
        ]
    return Prepared(dossier, MappingProxyType({one.key: one for one in (*shared, *spoken)}))


def _wordless(dossier: Dossier) -> list[Asset]:
    images = [asset(i, "image/png", (_LEAFLET / "images" / i).read_bytes()) for i in _IMAGES]
    scripts = [asset(key, "text/javascript", _script(key)) for key in _SCRIPTS]
    return [
        *images,
        asset("leaflet.css", "text/css", _leaflet_style(images)),
        asset("map.css", "text/css", custom_properties().encode() + (_WEB / "map.css").read_bytes()),
        *scripts,
        asset("frame.js", "text/javascript", b"\n".join(script.content for script in scripts)),
        asset("islands.geojson", "application/geo+json", _geojson(_lands(dossier))),
        asset("context.geojson", "application/geo+json", _geojson(dossier.context)),
        *(asset(f"zones-{m}.json", "application/json", _json(_zones(dossier, m))) for m in BREADTHS),
        asset("page.js", "text/javascript", (_PAGE / "page.js").read_bytes()),
    ]


def _script(key: str) -> bytes:
    return ((_LEAFLET if key == "leaflet.js" else _WEB) / key).read_bytes()


def _leaflet_style(images: Iterable[Asset]) -> bytes:
    """Return Leaflet's style with its images under the names they are served by."""
    style = (_LEAFLET / "leaflet.css").read_bytes()
    for image in images:
        style = style.replace(f"images/{image.key}".encode(), image.name.encode())
    return style


def asset(key: str, media: str, content: bytes) -> Asset:
    """Return a file under a name that says its content; text is compressed for those who can take it so."""
    digest = hashlib.sha256(content).hexdigest()[:12]
    stem, _, suffix = key.rpartition(".")
    # pictures and fonts are compressed already
    text = not media.startswith(("image/", "font/"))
    gzipped = gzip.compress(content, mtime=0) if text else b""
    return Asset(key, f"{stem}-{digest}.{suffix}", content, gzipped, f"{media}; charset=utf-8" if text else media)


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


def _zones(dossier: Dossier, miles: int) -> dict[str, Any]:
    """Return the zones of a breadth by whose land they lie around, as geometries of GeoJSON."""
    return {z.lands: json.loads(shapely.to_geojson(z.reach)) for z in dossier.zones.values() if z.miles == miles}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
