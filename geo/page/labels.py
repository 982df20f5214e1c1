"""The reader's words for the ids that the tables use."""

from __future__ import annotations

from geo.geometry.nearest_shore import LonLat
from geo.i18n import number, say
from geo.loading.dossier import Dossier
from geo.model.names import Naming, shown


def state_names() -> dict[str, str]:
    """Name the two states."""
    return {"jp": say("Japan"), "ru": say("Russia")}


def holder_names() -> dict[str, str]:
    """Name who may hold an area, in the order of the legend."""
    return {
        "jp": say("Japan"),
        "ru": say("Russia"),
        "joint": say("Japan and Russia together"),
        "unsettled": say("no border agreed"),
        "none": say("left open: no recipient named"),
    }


def standpoint_names() -> dict[str, str]:
    """Name the standpoints of the map, and both states' side by side."""
    return {
        "administered": say("As administered"),
        "jp": say("As Japan claims"),
        "ru": say("As Russia claims"),
        "both": say("Side by side"),
    }


def owner_names() -> dict[str, str]:
    """Name whose figure it is."""
    return {"jp": say("Japan"), "ru": say("Russia"), "other": say("Other")}


def official_names() -> dict[str, str]:
    """Say whose official name it is."""
    return {"jp": say("official name in Japan"), "ru": say("official name in Russia"), "": say("a rendering")}


def attribute_names() -> dict[str, str]:
    """Name what a figure is about."""
    return {
        "area": say("Area"),
        "population": say("People"),
        "households": say("Households"),
        "elevation": say("Highest point"),
        "length": say("Length"),
    }


def place_kinds() -> dict[str, str]:
    """Name the kinds of places that the panel lists, in its order."""
    return {
        "town": say("Town"),
        "settlement": say("Settlement"),
        "peak": say("Peak"),
        "cape": say("Cape"),
        "airport": say("Airport"),
    }


def level_names() -> dict[str, str]:
    """Name the levels of administration, in order."""
    return {"region": say("Region"), "district": say("District"), "municipality": say("Municipality")}


def sense_names() -> dict[str, str]:
    """Say what a statement of a third party comes to."""
    return {
        "supports_jp": say("supports Japan's claim"),
        "supports_ru": say("supports Russia's position"),
        "no_side": say("takes no side"),
        "partly": say("agrees with one side in part"),
        "none_found": say("no statement found"),
    }


def firmness_names() -> dict[str, str]:
    """Say how firm the record of a statement is."""
    return {
        "official_text": say("official text"),
        "official_reported": say("official, as reported"),
        "working_paper": say("working paper"),
        "second_hand": say("second-hand"),
        "none_found": "",
    }


def coverage_names() -> dict[str, str]:
    """Say whether a meaning of Kuril covers an island."""
    return {"yes": say("yes"), "no": say("no"), "disputed": say("disputed")}


def user_names() -> dict[str, str]:
    """Say who uses a term."""
    return {"jp": say("Japan"), "ru": say("Russia"), "both": say("both"), "ours": say("this page")}


def language_names() -> dict[str, str]:
    """Name the languages of terms and articles."""
    return {"en": say("English"), "ja": say("Japanese"), "ru": say("Russian")}


def plain_name(dossier: Dossier, subject: str, naming: Naming) -> str:
    """Give a subject's names in a naming as one line of plain text, for controls and cards."""
    return " / ".join(
        n.name if n.name == n.latin else f"{n.name} {n.latin}" for n in shown(dossier.names, subject, naming)
    )


def brief_name(dossier: Dossier, subject: str, naming: Naming) -> str:
    """Give a subject's names where room is short: of both conventions, the romanised forms alone."""
    if naming == "both":
        return " / ".join(dict.fromkeys(n.latin for n in shown(dossier.names, subject, naming)))
    return plain_name(dossier, subject, naming)


def point_text(point: LonLat) -> str:
    """Write a point as latitude and longitude in degrees with the hemisphere, EPSG:4326."""
    lon, lat = point
    return f"{lat:.4f}° N, {lon:.4f}° E"


def km_text(km: float) -> str:
    """Write kilometres with two decimals, the precision of the land polygons being some ten metres."""
    return number(km, 2, fixed=True)
