"""What the map draws beside the land: labels, cards, lines and legend, as plain data for the browser."""

from __future__ import annotations

from typing import Any

from geo.dossier import Dossier, Island
from geo.messages import date, say
from geo.names import NAMINGS, Naming
from geo.proximity import LonLat
from geo.rows import Name, Status
from geo.text import brief_name, km_text, plain_name

# GSI's and OSM's addresses: asked for only when the reader switches a layer on
_TILES: tuple[dict[str, str], ...] = (
    {
        "name": "GSI (国土地理院)",
        "url": "https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png",
        "attribution": "GSI Tiles, Geospatial Information Authority of Japan",
    },
    {
        "name": "OpenStreetMap",
        "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        "attribution": "© OpenStreetMap contributors",
    },
)


def drawing(dossier: Dossier) -> dict[str, Any]:
    """Collect all texts and lines that the map can show, for every naming and origin.

    Points are [latitude, longitude] in degrees, EPSG:4326, the order of Leaflet.
    """
    return {
        "islands": {i.island_id: _island(dossier, i) for i in dossier.islands.values()},
        "places": [_place(dossier, p.place_id) for p in dossier.places.values() if p.lon is not None]
        + [_islet(dossier, i) for i in dossier.islets],
        "origins": {
            origin: {
                "at": _lat_lon(next(iter(dossier.nearness[origin].values())).computed.from_point),
                "lines": {i: _line(dossier, origin, i) for i in dossier.islands},
            }
            for origin in dossier.origins
        },
        "text": _texts(),
        "tiles": [*_TILES],
    }


def _names(dossier: Dossier, subject: str) -> list[dict[str, str]]:
    def one(name: Name) -> dict[str, str]:
        return {"convention": name.convention, "name": name.name, "latin": name.latin}

    return [one(n) for n in dossier.names[subject].values()]


def _island(dossier: Dossier, island: Island) -> dict[str, Any]:
    newest = island.excerpts[0] if island.excerpts else None
    article = dossier.articles[newest.article] if newest else None
    return {
        "names": _names(dossier, island.island_id),
        "at": [island.anchor.lat, island.anchor.lon],
        "side": island.anchor.label_side,
        "cards": {n: _card(dossier, island, n) for n in NAMINGS},
        "quote": newest.quote if newest else "",
        "quoted_from": f"{article.publisher}, {date(article.date)}" if article else "",
    }


def _card(dossier: Dossier, island: Island, naming: Naming) -> dict[str, Any]:
    return {
        "title": plain_name(dossier, island.island_id, naming),
        "rows": [
            [say("Administered by"), _holder(dossier, island, island.administered, naming)],
            [say("Claimed by"), _holder(dossier, island, island.claimed, naming)],
        ],
        "near": {
            origin: say(
                "{km} km from {origin}",
                km=km_text(dossier.nearness[origin][island.island_id].computed.km),
                origin=brief_name(dossier, origin, naming),
            )
            for origin in dossier.origins
        },
    }


def _holder(dossier: Dossier, island: Island, status: Status, naming: Naming) -> str:
    state = {"jp": say("Japan"), "ru": say("Russia")}[status.state]
    units = [u for u in island.units[status.state] if u.level in {"region", "district"}]
    return f"{state}: {', '.join(brief_name(dossier, u.unit_id, naming) for u in units)}"


def _place(dossier: Dossier, place_id: str) -> dict[str, Any]:
    place = dossier.places[place_id]
    return {
        "id": place_id,
        "kind": place.kind,
        "at": [place.lat, place.lon],
        "rank": place.rank,
        "side": place.label_side,
        "names": _names(dossier, place_id),
    }


def _islet(dossier: Dossier, islet_id: str) -> dict[str, Any]:
    islet = dossier.islets[islet_id]
    return {
        "id": islet_id,
        "kind": "islet",
        "at": [islet.lat, islet.lon],
        "rank": 3,
        "side": "c",
        "names": _names(dossier, islet_id),
    }


def _line(dossier: Dossier, origin: str, island: str) -> dict[str, Any]:
    computed = dossier.nearness[origin][island].computed
    return {"km": f"{km_text(computed.km)} km", "path": [_lat_lon(p) for p in computed.path]}


def _lat_lon(point: LonLat) -> list[float]:
    return [point[1], point[0]]


def _texts() -> dict[str, str]:
    return {
        "convention": say(
            "Drawn as disputed: administered by Russia, claimed by Japan. "
            "No border line is drawn; other land carries no statement."
        ),
        "tiles": say(
            "The background map comes from a third party and follows its own convention in names and borders."
        ),
        "legend": say("The four islands"),
        "origin": say("Origin of distances"),
        "clear": say("Clear selection"),
        "background": say("Background"),
        "drawn": say("Own drawing (no network)"),
        "select": say("Select"),
        "attribution": say("Leaflet | land © OpenStreetMap contributors, ODbL 1.0"),
    }
