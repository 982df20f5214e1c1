"""What the map draws beside the land: labels, cards, lines and legend, as plain data for the browser."""

from __future__ import annotations

from typing import Any

from geo.geometry.points import LonLat
from geo.i18n import date, measure, number, tr
from geo.loading.areas import lands_by_area
from geo.loading.dossier import Dossier, Island, Line
from geo.loading.nearness import nearness
from geo.map.scenes import dated_scenes, perspective_scenes
from geo.model.dates import first_day
from geo.model.fields import STATES, WINDOW, AreaId, StateId
from geo.model.history import steps
from geo.model.names import NAMINGS, Naming
from geo.model.places import Name, Place
from geo.page import palette
from geo.page.labels import brief_name, holder_names, plain_name, state_names, state_order

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

# lines come to the islands, some 146 degrees east, by the shorter way round
_TURN = 146 - 180
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
    """Return all texts and lines that the map can show, for every naming, origin, perspective and date.

    Points are [latitude, longitude] in degrees, EPSG:4326, the order of Leaflet.
    """
    return {
        "language": dossier.language,
        "islands": {i.island_id: _island(dossier, i) for i in dossier.islands.values()},
        "places": [_place(dossier, p.place_id) for p in dossier.places.values() if _is_on_map(p)]
        + [_islet(dossier, i) for i in dossier.islets],
        "areas": [_area(dossier, a) for a in _AREA_SIDES],
        "origins": {
            origin: {
                "at": _lat_lon(next(iter(nearness(dossier, origin).values())).computed.from_point),
                "lines": {i: line_to(dossier, origin, i) for i in dossier.islands},
            }
            for origin in dossier.origins
        },
        "perspectives": perspective_scenes(dossier),
        "history": dated_scenes(dossier),
        "lines": [_border(line) for line in dossier.lines],
        "steps": [
            {"date": e.date, "day": first_day(e.date), "label": date(e.date), "title": e.title_en}
            for e in steps(dossier.events)
        ],
        "meanings": {
            m: {"title": meaning.definition.title_en, "covers": {a: c.covers for a, c in meaning.covers.items()}}
            for m, meaning in dossier.meanings.items()
        },
        "holders": holder_names(),
        "order": list(state_order()),
        "palette": palette.as_data(),
        "text": _texts(dossier),
        "tiles": [*_TILES],
    }


def _border(line: Line) -> dict[str, Any]:
    boundary = line.boundary
    return {
        "id": boundary.line_id,
        "title": boundary.title_en,
        "path": [_lat_lon(p) for p in line.path],
        "label": boundary.label_en,
        "label_at": [boundary.label_lat, boundary.label_lon],
        "label_side": boundary.label_side,
    }


def _is_on_map(place: Place) -> bool:
    west, south, east, north = WINDOW
    return place.lon is not None and place.lat is not None and west <= place.lon <= east and south <= place.lat <= north


def _names(dossier: Dossier, subject: str) -> list[dict[str, str]]:
    def one(name: Name) -> dict[str, str]:
        return {"convention": name.convention, "name": name.name, "latin": name.latin}

    return [one(n) for n in dossier.names[subject].values()]


def _island(dossier: Dossier, island: Island) -> dict[str, Any]:
    return {
        "names": _names(dossier, island.island_id),
        "at": [island.anchor.lat, island.anchor.lon],
        "side": island.anchor.label_side,
        "cards": {n: _card(dossier, island, n) for n in NAMINGS},
        "units": {s: _district(dossier, island, s) for s in STATES},
    }


def _card(dossier: Dossier, island: Island, naming: Naming) -> dict[str, Any]:
    states = state_names()
    held = {s: f"{states[s]}: {_units(dossier, island, s, naming)}" for s in STATES}
    return {
        "title": plain_name(dossier, island.island_id, naming),
        "rows": {
            "administered": [
                [tr("Administered by"), held[island.administered.state]],
                [tr("Claimed by"), held[island.claimed.state]],
            ],
            **{s: [[tr("As {state} claims", state=states[s]), held[s]], _disputed(dossier, island, s)] for s in STATES},
        },
        "today": tr(
            "administered by {one}, claimed by {other}",
            one=states[island.administered.state],
            other=states[island.claimed.state],
        ),
        "near": {origin: how_near(dossier, origin, island.island_id, naming) for origin in dossier.origins},
    }


def _disputed(dossier: Dossier, island: Island, perspective: StateId) -> list[str]:
    roles = {
        island.administered.state: tr("{state}, which administers it", state=state_names()[island.administered.state]),
        island.claimed.state: tr("{state}, which claims it", state=state_names()[island.claimed.state]),
    }
    disputing = dossier.perspectives[perspective][island.island_id].disputed_by
    return [tr("Disputed by"), tr(", ").join(roles[s] for s in disputing)]


def _units(dossier: Dossier, island: Island, state: StateId, naming: Naming) -> str:
    units = [u for u in island.units[state] if u.level in {"region", "district"}]
    return tr(", ").join(brief_name(dossier, u.unit_id, naming) for u in units)


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


def line_to(dossier: Dossier, origin: str, island: str) -> dict[str, Any]:
    """Return the shortest line from an origin to an island: its length in words, and its path for Leaflet."""
    computed = nearness(dossier, origin)[island].computed
    # over the 180th meridian the longitudes run on, as Leaflet draws them
    turned = [_lat_lon((lon + 360 if lon < _TURN else lon, lat)) for lon, lat in computed.path]
    return {"km": measure(computed.km, "km", fixed=True) if computed.km else "", "path": turned}


def how_near(dossier: Dossier, origin: str, island: str, naming: Naming) -> str:
    """Return how near an island is to an origin, in words for its card."""
    km = nearness(dossier, origin)[island].computed.km
    return tr(
        "{distance} from {origin}",
        distance=measure(km, "km", fixed=True),
        origin=brief_name(dossier, origin, naming),
    )


def _lat_lon(point: LonLat) -> list[float]:
    return [point[1], point[0]]


def _texts(dossier: Dossier) -> dict[str, Any]:
    return {
        "tiles": tr("The background map comes from a third party and follows its own convention in names and borders."),
        "held": tr("Held on"),
        "today": tr("Today"),
        "timeline": tr("Date on the map"),
        "earlier": tr("Earlier"),
        "later": tr("Later"),
        "play": tr("Play"),
        "pause": tr("Pause"),
        "illustration": tr("illustration: equally near to both shores"),
        "counted": tr("Outlined: counted as Kuril"),
        "counted_disputed": tr("whether it counts is disputed"),
        "near_frame": tr("Show the four islands"),
        "wide_frame": tr("Show Sakhalin and the whole Kuril chain"),
        "legend": tr("Legend"),
        "measure": tr("Measure km from here: the next click on the map is the origin of distances"),
        "zones": {
            str(miles): tr(
                "Zones of {miles} nautical miles, computed from the whole shore, not from straight baselines; "
                "both states claim the one around the four islands.",
                miles=number(miles),
            )
            for miles in sorted({zone.miles for zone in dossier.zones.values()})
        },
        "zone_of": {
            "japan": tr("Zone off the rest of Japan"),
            "russia": tr("Zone off the rest of Russia"),
            "four_islands": tr("Zone that both claim"),
        },
        "origin": tr("Origin of distances"),
        "clear": tr("Clear selection"),
        "background": tr("Background"),
        "drawn": tr("Own drawing (no network)"),
        "attribution": tr("Leaflet | land © OpenStreetMap contributors, ODbL 1.0"),
    }
