"""What the map draws beside the land: labels, cards, lines and legend, as plain data for the browser."""

from __future__ import annotations

from typing import Any

from geo.geometry.nearest_shore import LonLat
from geo.i18n import date, say
from geo.loading.areas import lands_by_area
from geo.loading.dossier import Dossier, Island, Line
from geo.model.dispute import Holding
from geo.model.fields import STANDPOINTS, STATES, AreaId, Standpoint, StateId
from geo.model.history import first_day, steps
from geo.model.names import NAMINGS, Naming
from geo.model.places import Name
from geo.page.labels import brief_name, holder_names, km_text, plain_name, standpoint_names, state_names

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

# where the labels stand that only a view of the whole chain shows
_AREA_SIDES: dict[AreaId, str] = {
    "urup": "se",
    "kurils_middle": "se",
    "paramushir": "se",
    "shumshu": "e",
    "north_sakhalin": "c",
    "south_sakhalin": "c",
    "hokkaido": "c",
    "kamchatka": "c",
}


def drawing(dossier: Dossier) -> dict[str, Any]:
    """Collect all texts and lines that the map can show, for every naming, origin, standpoint and date.

    Points are [latitude, longitude] in degrees, EPSG:4326, the order of Leaflet.
    """
    return {
        "islands": {i.island_id: _island(dossier, i) for i in dossier.islands.values()},
        "places": [_place(dossier, p.place_id) for p in dossier.places.values() if p.lon is not None]
        + [_islet(dossier, i) for i in dossier.islets],
        "areas": [_area(dossier, a) for a in _AREA_SIDES],
        "origins": {
            origin: {
                "at": _lat_lon(next(iter(dossier.nearness[origin].values())).computed.from_point),
                "lines": {i: _nearest(dossier, origin, i) for i in dossier.islands},
            }
            for origin in dossier.origins
        },
        "standpoints": {s: _standpoint(dossier, s) for s in STANDPOINTS},
        "lines": [_border(line) for line in dossier.lines],
        "history": [_holding(h) for h in dossier.history],
        "steps": [
            {"date": e.date, "day": first_day(e.date), "label": date(e.date), "title": e.title_en}
            for e in steps(dossier.events)
        ],
        "meanings": {
            m: {"title": meaning.definition.title_en, "covers": {a: c.covers for a, c in meaning.covers.items()}}
            for m, meaning in dossier.meanings.items()
        },
        "holders": holder_names(),
        "text": _texts(),
        "tiles": [*_TILES],
    }


def strip(dossier: Dossier, standpoint: Standpoint, naming: Naming) -> str:
    """Say in one or two sentences what a standpoint changes on the map."""
    if standpoint == "administered":
        return say(
            "As administered: Russia administers all four islands and Japan claims them. "
            "Both limits are dashed; the four keep patterns of their own."
        )
    state = state_names()[standpoint]
    region = next(u for u in dossier.islands["iturup"].units[standpoint] if u.level == "region")
    border = next(line.boundary for line in dossier.lines if standpoint in line.boundary.drawn_in)
    between = [_side(dossier, side, naming) for side in (border.side_a, border.side_b)]
    told = say(
        "As {state} claims: {state} ends between {one} and {other}, and the four islands count to {region}.",
        state=state,
        one=between[0],
        other=between[1],
        region=brief_name(dossier, region.unit_id, naming),
    )
    disputed = [state_names()[s] for s in dossier.perspectives[standpoint]["iturup"].disputed_by]
    return " ".join([told, *(say("{state} disputes this.", state=s) for s in disputed)])


def _side(dossier: Dossier, side: tuple[AreaId, ...], naming: Naming) -> str:
    if set(side) == set(dossier.islands):
        return say("the four islands")
    return ", ".join(brief_name(dossier, area, naming) for area in side)


def _standpoint(dossier: Dossier, standpoint: Standpoint) -> dict[str, Any]:
    return {
        "title": standpoint_names()[standpoint],
        "strip": {naming: strip(dossier, standpoint, naming) for naming in NAMINGS},
        "fills": {area: p.holder for area, p in dossier.perspectives[standpoint].items()},
    }


def _border(line: Line) -> dict[str, Any]:
    boundary = line.boundary
    return {
        "id": boundary.line_id,
        "title": boundary.title_en,
        "sides": [list(boundary.side_a), list(boundary.side_b)],
        "drawn_in": list(boundary.drawn_in),
        "path": [_lat_lon(p) for p in line.path],
        "label": boundary.label_en,
        "label_at": [boundary.label_lat, boundary.label_lon],
        "label_side": boundary.label_side,
    }


def _holding(holding: Holding) -> dict[str, str]:
    return {
        "area": holding.area_id,
        "from": holding.from_date,
        "to": holding.to_date,
        "holder": holding.holder,
        "authority": holding.authority_en,
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
        "units": {s: _district(dossier, island, s) for s in STATES},
        "quote": newest.quote if newest else "",
        "quoted_from": f"{article.publisher}, {date(article.date)}" if article else "",
    }


def _card(dossier: Dossier, island: Island, naming: Naming) -> dict[str, Any]:
    states = state_names()
    held = {s: f"{states[s]}: {_units(dossier, island, s, naming)}" for s in STATES}
    return {
        "title": plain_name(dossier, island.island_id, naming),
        "rows": {
            "administered": [
                [say("Administered by"), held[island.administered.state]],
                [say("Claimed by"), held[island.claimed.state]],
            ],
            **{
                s: [[say("As {state} claims", state=states[s]), held[s]], _disputed(dossier, island, s)] for s in STATES
            },
        },
        "today": say(
            "administered by {one}, claimed by {other}",
            one=states[island.administered.state],
            other=states[island.claimed.state],
        ),
        "near": {
            origin: say(
                "{km} km from {origin}",
                km=km_text(dossier.nearness[origin][island.island_id].computed.km),
                origin=brief_name(dossier, origin, naming),
            )
            for origin in dossier.origins
        },
    }


def _disputed(dossier: Dossier, island: Island, standpoint: StateId) -> list[str]:
    roles = {
        island.administered.state: say("{state}, which administers it", state=state_names()[island.administered.state]),
        island.claimed.state: say("{state}, which claims it", state=state_names()[island.claimed.state]),
    }
    disputing = dossier.perspectives[standpoint][island.island_id].disputed_by
    return [say("Disputed by"), ", ".join(roles[s] for s in disputing)]


def _units(dossier: Dossier, island: Island, state: StateId, naming: Naming) -> str:
    units = [u for u in island.units[state] if u.level in {"region", "district"}]
    return ", ".join(brief_name(dossier, u.unit_id, naming) for u in units)


def _district(dossier: Dossier, island: Island, state: StateId) -> dict[Naming, str]:
    unit = next(u.unit_id for u in island.units[state] if u.level == "district")
    # beside both names of an island there is room for one name of its district: the one its state gives it
    own: Naming = "ja" if state == "jp" else "ru"
    return {n: brief_name(dossier, unit, own if n == "both" else n) for n in NAMINGS}


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


def _area(dossier: Dossier, area: AreaId) -> dict[str, Any]:
    inside = lands_by_area(dossier.context)[area].representative_point()
    return {
        "id": area,
        "at": [round(inside.y, 3), round(inside.x, 3)],
        "side": _AREA_SIDES[area],
        "names": _names(dossier, area),
    }


def _nearest(dossier: Dossier, origin: str, island: str) -> dict[str, Any]:
    computed = dossier.nearness[origin][island].computed
    return {"km": f"{km_text(computed.km)} km", "path": [_lat_lon(p) for p in computed.path]}


def _lat_lon(point: LonLat) -> list[float]:
    return [point[1], point[0]]


def _texts() -> dict[str, str]:
    return {
        "tiles": say(
            "The background map comes from a third party and follows its own convention in names and borders."
        ),
        "history": say("Coloured by who held what on that day; it says nothing on right."),
        "held": say("Held on"),
        "today": say("Today"),
        "timeline": say("Date on the map"),
        "earlier": say("Earlier"),
        "later": say("Later"),
        "play": say("Play"),
        "pause": say("Pause"),
        "illustration": say("illustration: equally near to both shores"),
        "counted": say("Outlined: counted as Kuril"),
        "counted_disputed": say("whether it counts is disputed"),
        "near_frame": say("Show the four islands"),
        "wide_frame": say("Show Sakhalin and the whole Kuril chain"),
        "legend": say("Legend"),
        "origin": say("Origin of distances"),
        "clear": say("Clear selection"),
        "background": say("Background"),
        "drawn": say("Own drawing (no network)"),
        "select": say("Select"),
        "attribution": say("Leaflet | land © OpenStreetMap contributors, ODbL 1.0"),
    }
