"""The reader's words for the ids that the tables use."""

from __future__ import annotations

from collections.abc import Sequence

from geo.geometry.points import LonLat, point_of
from geo.i18n import language, number, tr
from geo.loading.dossier import Dossier
from geo.model.fields import STATES, Language, StateId
from geo.model.names import Naming, shown
from geo.model.places import Status

# Japanese sorts by sound
_READINGS: dict[Language, dict[StateId, str]] = {"ja": {"jp": "にほん", "ru": "ろしあ"}}


def state_names() -> dict[StateId, str]:
    """Return the names of the two states."""
    return {"jp": tr("Japan"), "ru": tr("Russia")}


def state_order() -> tuple[StateId, ...]:
    """Return the two states in the order in which they stand: that of a dictionary of the page's language."""
    names = _READINGS.get(language(), state_names())
    return tuple(sorted(STATES, key=names.__getitem__))


def role_names() -> dict[str, str]:
    """Return what a state may do with an island, as a heading."""
    return {"claims": tr("Claims it"), "administers": tr("Administers it")}


def deeds(statuses: Sequence[Status]) -> str:
    """Return what a state does with an island, in words."""
    words = {
        ("claims",): tr("claims"),
        ("administers",): tr("administers"),
        ("administers", "claims"): tr("administers and claims"),
    }
    return words[tuple(s.role for s in statuses)]


def class_names() -> dict[str, str]:
    """Return the names of the classes of sources."""
    return {
        "treaty": tr("treaty"),
        "official": tr("official"),
        "court_parliament": tr("court or parliament"),
        "press": tr("press"),
        "scholarship": tr("scholarship"),
        "encyclopedia": tr("encyclopedia"),
        "state_media": tr("state media"),
        "dataset": tr("data set"),
        "own": tr("our own"),
    }


def holder_names() -> dict[str, str]:
    """Return the names of who may hold an area, in the order of the legend."""
    return {
        "jp": tr("Japan"),
        "ru": tr("Russia"),
        "joint": tr("Japan and Russia together"),
        "unsettled": tr("no border agreed"),
        "none": tr("undecided: the treaty names no recipient"),
    }


def perspective_names() -> dict[str, str]:
    """Return the names of the perspectives of the map, and both states' side by side."""
    return {
        "administered": tr("As administered"),
        "jp": tr("As Japan claims"),
        "ru": tr("As Russia claims"),
        "both": tr("Side by side"),
    }


def zones_choices() -> dict[str, str]:
    """Return the names of the zones of the sea that the map can draw, by their breadth; nothing stands for none."""
    return {
        "": tr("not shown"),
        "12": tr("12 nautical miles: territorial sea"),
        "24": tr("24 nautical miles: contiguous zone"),
        "200": tr("200 nautical miles"),
    }


def owner_names() -> dict[str, str]:
    """Return the names of whose figure it is."""
    return {"jp": tr("Japan"), "ru": tr("Russia"), "other": tr("Other")}


def official_names() -> dict[str, str]:
    """Return whose official name it is."""
    return {
        "jp": tr("official name in Japan"),
        "ru": tr("official name in Russia"),
        "": tr("transliteration, not official"),
    }


def attribute_names() -> dict[str, str]:
    """Return the names of what a figure is about."""
    return {
        "area": tr("Area"),
        "population": tr("People"),
        "households": tr("Households"),
        "elevation": tr("Highest point"),
        "length": tr("Length"),
        "width": tr("Width"),
        "depth": tr("Greatest depth"),
        "former_residents": tr("Former residents alive"),
        "mean_age": tr("Mean age of former residents"),
        "reserve": tr("Mineral reserve"),
    }


def place_kinds() -> dict[str, str]:
    """Return the names of the kinds of places that the panel lists, in its order."""
    return {
        "town": tr("Town"),
        "settlement": tr("Settlement"),
        "peak": tr("Peak"),
        "cape": tr("Cape"),
        "airport": tr("Airport"),
    }


def level_names() -> dict[str, str]:
    """Return the names of the levels of administration, in order."""
    return {"region": tr("Region"), "district": tr("District"), "municipality": tr("Municipality")}


def sense_names() -> dict[str, str]:
    """Return what a statement of a third party comes to."""
    return {
        "supports_jp": tr("supports Japan's position"),
        "supports_ru": tr("supports Russia's position"),
        "no_side": tr("takes no side"),
        "partly": tr("agrees with one side in part"),
        "none_found": tr("no statement found"),
    }


def firmness_names() -> dict[str, str]:
    """Return how firm the record of a statement is."""
    return {
        "official_text": tr("official text"),
        "official_reported": tr("official, as reported"),
        "working_paper": tr("working paper"),
        "state_media": tr("state media"),
        "second_hand": tr("second-hand"),
        "none_found": "",
    }


def coverage_names() -> dict[str, str]:
    """Return whether a meaning of Kuril covers an island."""
    return {"yes": tr("yes"), "no": tr("no"), "disputed": tr("disputed")}


def user_names() -> dict[str, str]:
    """Return who uses a term."""
    return {"jp": tr("Japan"), "ru": tr("Russia"), "both": tr("both"), "ours": tr("this page")}


def language_names() -> dict[str, str]:
    """Return the names of the languages of terms and articles."""
    return {"en": tr("English"), "ja": tr("Japanese"), "ru": tr("Russian")}


def section_names() -> dict[str, str]:
    """Return the names of the sections of the page by their addresses, in order."""
    return {
        "claims": tr("Claims"),
        "arguments": tr("Arguments"),
        "history": tr("History"),
        "press": tr("Press"),
        "distances": tr("Distances and figures"),
        "sea": tr("The sea"),
        "others": tr("Third parties"),
        "words": tr("Contested words"),
    }


def plain_name(dossier: Dossier, subject: str, naming: Naming) -> str:
    """Return a subject's names in a naming as one line of plain text, for controls and cards."""
    return " / ".join(
        n.name if n.name == n.latin else f"{n.name} {n.latin}" for n in shown(dossier.names, subject, naming)
    )


def brief_name(dossier: Dossier, subject: str, naming: Naming) -> str:
    """Return a subject's names where room is short: of both conventions, the forms in the page's script alone.

    A point that is no place is called by its latitude and longitude.
    """
    if subject not in dossier.names and (point := point_of(subject)):
        return plain_point(point)
    if naming == "both":
        return " / ".join(dict.fromkeys(n.latin for n in shown(dossier.names, subject, naming)))
    return plain_name(dossier, subject, naming)


def origin_label(dossier: Dossier, origin: str, naming: Naming) -> str:
    """Return an origin of distances as the list of them shows it: its name, and where it lies."""
    name = brief_name(dossier, origin, naming)
    place = dossier.places.get(origin)
    groups = {"hokkaido": "", "islands": tr("on the islands"), "capitals": tr("capital"), "": ""}
    where = groups[place.origin_group] if place else tr("a point")
    return f"{name} · {where}" if where else name


def point_text(point: LonLat) -> str:
    """Write a point as latitude and longitude in degrees with the hemisphere, EPSG:4326."""
    lon, lat = point
    lat_text, lon_text = number(abs(lat), 4, fixed=True), number(abs(lon), 4, fixed=True)
    words = {
        (True, True): tr("{lat}° N, {lon}° E", lat=lat_text, lon=lon_text),
        (True, False): tr("{lat}° N, {lon}° W", lat=lat_text, lon=lon_text),
        (False, True): tr("{lat}° S, {lon}° E", lat=lat_text, lon=lon_text),
        (False, False): tr("{lat}° S, {lon}° W", lat=lat_text, lon=lon_text),
    }
    return words[lat >= 0, lon >= 0]


def plain_point(point: LonLat) -> str:
    """Write a point as latitude and longitude in degrees, the way it can be typed: "43.33, 145.58"."""
    return ", ".join(f"{value:.5f}".rstrip("0").rstrip(".") for value in point[::-1])


def km_text(km: float) -> str:
    """Write kilometres with two decimals, the precision of the land polygons being some ten metres."""
    return number(km, 2, fixed=True)
