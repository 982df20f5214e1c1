"""What an index of words is asked and given: phrases, what has to occur of them, and facets as terms of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from geo.model.dates import PartialDate

# forms in the order of the text, dictionary forms, and what filters look at
Column = Literal["forms", "stems", "facets"]
# raised when how words are cut, or what filters look at, changes: the index is made anew from the passages
INDEX_VERSION = 3
# of a passage's number the upper bits are its date, so that the newest are found without sorting and a period is a
# range; the lower ones fall, so that of one date the first read comes first
SEQUENCE_BITS = 32
_LAST = (1 << 63) - 1
# a year of passages: a date is a number of the form YYYYMMDD
YEAR = 10_000 << SEQUENCE_BITS
# stands in every passage
EVERY = "every"


class Phrase(NamedTuple):
    """Terms that stand one after the other in a column; of the last one the beginning is enough for ``is_prefix``."""

    column: Column
    terms: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which passages: with something of each group of ``all_of``, nothing of ``none_of``, and numbers in a range."""

    all_of: tuple[tuple[Phrase, ...], ...] = ()
    none_of: tuple[Phrase, ...] = ()
    first: int = 0
    last: int = _LAST

    @property
    def groups(self) -> tuple[tuple[Phrase, ...], ...]:
        """``all_of``, or what stands in every passage when nothing else is wanted."""
        return self.all_of or ((facet(EVERY),),)


class IndexedPassage(NamedTuple):
    """A passage as the index of words holds it; columns are terms with blanks between them."""

    number: int
    forms: str
    stems: str
    facets: str
    weight: float


class Candidate(NamedTuple):
    """A passage that was found, as ranking needs it."""

    number: int
    forms: str
    stems: str
    weight: float


def first_number(date: str) -> int:
    """Return the least number of a passage of a date (YYYY, YYYY-MM or YYYY-MM-DD; none: 0)."""
    return int(date.replace("-", "").ljust(8, "0")) << SEQUENCE_BITS


def period(since: str, until: str) -> tuple[int, int]:
    """Return the first and the last number of the passages of a period; what has no date is in none that ends."""
    last = first_number(PartialDate.parse(until).last_day.isoformat()) + (1 << SEQUENCE_BITS) - 1 if until else _LAST
    return (first_number(since) if since else (1 << SEQUENCE_BITS) * bool(until)), last


def facet(term: str) -> Phrase:
    """Return what has to occur for a facet to hold."""
    return Phrase("facets", (term,))


def island_term(island: str, kind: str = "") -> str:
    """Return the facet of an island, or of any: named, spoken of in a group (``kind``), or either."""
    return f"{kind or 'on'}0{island}"


def language_term(language: str) -> str:
    """Return the facet of a language."""
    return f"in0{language}"


def country_term(country: str) -> str:
    """Return the facet of the country of an outlet."""
    return f"of0{country.lower().encode().hex()}"


def publisher_term(publisher: str) -> str:
    """Return the facet of an outlet: a digest of 64 bits of its name, small and large letters alike."""
    return f"by0{hashlib.blake2b(publisher.casefold().encode(), digest_size=8).hexdigest()}"


def facet_terms(mentions: Iterable[Mapping[str, Any]], language: str, outlets: Iterable[tuple[str, str]]) -> str:
    """Return all facets of a passage, whose outlets are pairs of a country and a publisher."""
    terms = dict.fromkeys([EVERY, language_term(language)])
    for mention in mentions:
        island, kind = mention["island"], mention["kind"]
        terms |= dict.fromkeys([island_term(island), island_term(island, kind), island_term("", kind)])
    for country, publisher in outlets:
        terms |= dict.fromkeys([country_term(country), publisher_term(publisher)])
    return " ".join(terms)
