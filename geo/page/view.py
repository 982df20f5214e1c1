"""View: all that the reader chose, and its one codec from and to the address of the page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Literal, get_args

from geo.errors import GeoError
from geo.geometry.points import point_of, written_point
from geo.i18n import PAGE_LANGUAGES, tr
from geo.model.dates import PartialDate, first_day, latest_today
from geo.model.fields import ISLANDS, LANGUAGES, IslandId, Language
from geo.model.names import NAMINGS, Naming

# the perspectives of the map, and both states' side by side
PerspectiveChoice = Literal["administered", "jp", "ru", "both"]
PERSPECTIVE_CHOICES: tuple[PerspectiveChoice, ...] = get_args(PerspectiveChoice)

ZonesChoice = Literal["", "12", "24", "200"]
ZONES_CHOICES: tuple[ZonesChoice, ...] = get_args(ZonesChoice)

LANGUAGE_CHOICES: tuple[Language | Literal[""], ...] = ("", *LANGUAGES)
KINDS: tuple[Literal["", "named", "group"], ...] = ("", "named", "group")
# the keys of an address that are not called as their field is: links to a language of the press are older
_KEYS = {"language": "lang", "press_language": "language"}
# as much as a search takes
LONGEST_WORDS = 400


@dataclass(frozen=True, slots=True)
class View:
    """What the reader chose.

    ``island`` is ``None`` for all four, ``date`` (ISO, of year, month or day precision) ``None`` for today, and
    ``kuril``, a meaning of that word, ``None`` for none. ``origin`` is a place or "LATITUDE,LONGITUDE"; ``zones`` is
    the breadth in nautical miles of the zones that the map draws, nothing for none. ``language`` is that of the page.
    From ``words`` on: which
    quotations of the press are wanted; nothing wants all, ``since`` and ``until`` are ISO dates.
    """

    island: IslandId | None = None
    naming: Naming = "both"
    origin: str = "nosappu"
    perspective: PerspectiveChoice = "administered"
    date: str | None = None
    kuril: str | None = None
    zones: ZonesChoice = ""
    language: Language = "en"
    words: str = ""
    press_language: Language | Literal[""] = ""
    kind: Literal["", "named", "group"] = ""
    publisher: str = ""
    country: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from, where the data or the press decide it.

    ``first_day`` is the day of the first dated state of the border, ISO; ``language`` what the browser asks for.
    """

    origins: Collection[str]
    meanings: Collection[str]
    first_day: str
    publishers: Collection[str] = ()
    countries: Collection[str] = ()
    language: Language = "en"


def from_query(query: Mapping[str, str], choices: Choices) -> tuple[View, tuple[str, ...]]:
    """Return the View that the parameters of an address ask for, and a note to the reader for each unknown value.

    Unknown values fall back to the default.
    """
    notes: list[str] = []
    usual = View()

    def pick(key: str, known: Collection[str], default: str | None) -> str | None:
        value = query.get(key)
        if value is None or value in known:
            return value or default
        # only what is known is repeated to the reader, never the text of the address
        notes.append(tr("The link names an unknown {key}; the page shows its usual view instead.", key=key))
        return default

    island = pick("island", ISLANDS, None)
    naming = pick("naming", NAMINGS, usual.naming)
    perspective = pick("perspective", PERSPECTIVE_CHOICES, usual.perspective)
    date = query.get("date")
    view = View(
        island=next((i for i in ISLANDS if i == island), None),
        naming=next(n for n in NAMINGS if n == naming),
        origin=_point(query.get("from"), notes) or pick("origin", choices.origins, usual.origin) or usual.origin,
        perspective=next(p for p in PERSPECTIVE_CHOICES if p == perspective),
        date=pick("date", [date] if date and is_in_history(date, choices.first_day) else [], None),
        kuril=pick("kuril", choices.meanings, None),
        zones=next(z for z in ZONES_CHOICES if z == pick("zones", ZONES_CHOICES, "")),
        words=" ".join(query.get("words", "").split())[:LONGEST_WORDS],
        language=next(c for c in PAGE_LANGUAGES if c == pick("lang", PAGE_LANGUAGES, choices.language)),
        press_language=next(c for c in LANGUAGE_CHOICES if c == pick("language", LANGUAGE_CHOICES, "")),
        kind=next(k for k in KINDS if k == pick("kind", KINDS, "")),
        publisher=pick("publisher", choices.publishers, "") or "",
        country=pick("country", choices.countries, "") or "",
        since=pick("since", [d for d in (query.get("since"),) if d and PartialDate.is_valid(d)], "") or "",
        until=pick("until", [d for d in (query.get("until"),) if d and PartialDate.is_valid(d)], "") or "",
    )
    return view, tuple(notes)


def _point(written: str | None, notes: list[str]) -> str | None:
    """Return the point of an address in the one way in which it is kept, and note to the reader why it is none."""
    if written is None:
        return None
    try:
        return written_point(written)
    except GeoError:
        notes.append(tr("The link starts distances from a point that is none.") + " " + no_point())
        return None


def to_query(view: View, language: Language = "en") -> dict[str, str]:
    """Write a View as parameters of an address, leaving out what is the default.

    Parameters
    ----------
    view
        What the reader chose.
    language
        The language that the browser asks for, and that a link without one opens in.
    """
    usual = View(language=language)
    values = {f.name: getattr(view, f.name) for f in fields(view)}
    keys = {**_KEYS, **({"origin": "from"} if point_of(view.origin) else {})}
    return {keys.get(k, k): v for k, v in values.items() if v is not None and v != getattr(usual, k)}


def no_point() -> str:
    """Return what a reader is told whose words are no point on Earth."""
    return tr(
        "A point is written as latitude and longitude in degrees, such as 43.33, 145.58: "
        "from −90 to 90, and from −180 to 180."  # noqa: RUF001  minus signs
    )


def is_in_history(date: str, first: str) -> bool:
    """Return whether a text is a date of the calendar from a first day to today, wherever the reader is."""
    return PartialDate.is_valid(date) and first <= first_day(date) <= latest_today().isoformat()
