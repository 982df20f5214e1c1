"""Finds the mentions of the islands in a text: linear in the text, whatever the number of forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

from ahocorasick_rs import AhoCorasick

from geo.model.fields import IslandId
from geo.news.find.context import ORDINARY, OTHER_KURILS, OUR_ISLANDS, PERSONAL, Candidate
from geo.news.find.gazetteer import CONTEXT_DEPENDENT, Kind, SurfaceForm, read_gazetteer
from geo.news.find.islets import lists_of_islets
from geo.news.find.lang import en, ja, ru
from geo.news.find.prefilter import Prefilter
from geo.news.languages import Language, language_of
from geo.news.normalization import NormalizedText, normalize_text
from geo.news.sentences import Sentences
from geo.paths import DATA

# a text is searched piece by piece, so that what is found in it never fills the memory
_PIECE = 500_000
# a form that stands in a text more often than this says the same again and again
_MOST_OF_A_FORM = 300
# how far evidence may stand from a form
_NEIGHBOURHOOD = 400
_TAIL = 40
# no name is this long: it is drawn out by blanks or by marks upon its letters
_LONGEST = 100
# so many islets in a row need nothing beside them, unless they are names of persons
_LIST = 3
_IN_A_WORD = re.compile(r"[^\W\d_]-(?=[^\W\d_])")
_LETTER = re.compile(r"[a-z0-9\u00df-\u024f\u0400-\u04ff]")
_AREA = re.compile("district|район|округ|地区|管区|south(?:ern)? kuril|южн.{1,3} курил|南千島|南クリル")
_ADDRESS = re.compile(r"://|^www\.|@|\.(?:com|ru|jp|org|net|info|html?|php|jpe?g|png|pdf)(?:$|[/?#:])")


class _Rules(Protocol):
    QUALIFIERS: re.Pattern[str]

    def is_excluded(self, candidate: Candidate, /) -> bool: ...
    def is_supported(self, candidate: Candidate, /) -> bool: ...
    def looks_like_proper_name(self, candidate: Candidate, /) -> bool: ...
    def has_island_context(self, candidate: Candidate, /) -> bool: ...
    def is_spoken_of_as_land(self, candidate: Candidate, /) -> bool: ...


_RULES: Mapping[Language, _Rules] = {"en": en, "ja": ja, "ru": ru}


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text, by their offsets in it, that name an island or speak of it in a group."""

    start: int
    end: int
    islands: tuple[IslandId, ...]
    kind: Kind


class Finder:
    """The gazetteer made ready for searching; it can be pickled and handed to other processes."""

    def __init__(self, entries: Mapping[str, SurfaceForm]) -> None:
        self._entries = entries
        self._ordered = list(entries.values())
        self._search = AhoCorasick([entry.form for entry in self._ordered])
        self._quick = Prefilter(self._ordered)
        self._longest = max(len(form) for form in entries)

    @classmethod
    def from_data(cls, data: Path = DATA) -> Self:
        """Build a finder from the tables of a data folder; raises FaultyDataError."""
        return cls(read_gazetteer(data))

    def __reduce__(self) -> tuple[type[Finder], tuple[Mapping[str, SurfaceForm]]]:
        """Pickle the gazetteer alone: the search is built again from it."""
        return Finder, (self._entries,)

    def may_mention(self, text: str) -> bool:
        """Return quickly whether a text can have a mention; false is certain, true is not."""
        return self._quick.may_mention(text)

    def mentions(self, text: str, sentences: Sentences | None = None) -> list[Mention]:
        """Return the mentions of a text in its order."""
        if not self.may_mention(text):
            return []
        normalized = normalize_text(text)
        split = sentences or Sentences(text, language_of(text))
        candidates = [
            c for c in self._candidates(normalized, text, split) if not (_is_elsewhere(c) or _rules(c).is_excluded(c))
        ]
        unambiguous = [c for c in candidates if _is_unambiguous(c)]
        unambiguous += _islets(candidates, unambiguous)
        supported = [c for c in candidates if c.entry.requires in {"near", "island"} and _has_support(c, unambiguous)]
        found = sorted([*unambiguous, *supported], key=lambda c: c.start)
        spans = [(normalized.span(_opened(c), c.end), c.entry) for c in found]
        return [Mention(*span, entry.islands, entry.kind) for span, entry in spans if span[1] - span[0] <= _LONGEST]

    def _candidates(self, normalized: NormalizedText, text: str, sentences: Sentences) -> Iterator[Candidate]:
        reach = 0
        counted: Counter[str] = Counter()
        for start, end, entry in self._forms(normalized.text):
            if start < reach:
                continue
            reach = end
            counted[entry.form] += 1
            if counted[entry.form] > _MOST_OF_A_FORM:
                continue
            if entry.requires != "not" and not _in_an_address(normalized.text, start, end):
                yield _candidate(entry, (start, end), normalized, text, sentences)

    def _forms(self, text: str) -> Iterator[tuple[int, int, SurfaceForm]]:
        """Return the forms in a text, the longest first where several begin."""
        for piece in range(0, len(text), _PIECE):
            low = max(0, piece - self._longest)
            part = text[low : piece + _PIECE + self._longest]
            found = [
                (low + start, low + end, self._ordered[index])
                for index, start, end in self._search.find_matches_as_indexes(part, overlapping=True)
                if piece <= low + start < piece + _PIECE
            ]
            found += [match for match in self._divided(part, low) if piece <= match[0] < piece + _PIECE]
            found.sort(key=lambda f: (f[0], -f[1]))
            yield from (f for f in found if _is_a_word(text, *f))

    def _divided(self, text: str, offset: int) -> Iterator[tuple[int, int, SurfaceForm]]:
        """Return the forms that a hyphen divides: it may be the end of a line's ("Kuna-shir")."""
        for match in _IN_A_WORD.finditer(text):
            hyphen = match.end() - 1
            low = max(0, hyphen - self._longest)
            joined = text[low:hyphen] + text[hyphen + 1 : hyphen + self._longest]
            for index, start, end in self._search.find_matches_as_indexes(joined, overlapping=True):
                if start < hyphen - low < end:
                    yield offset + low + start, offset + low + end + 1, self._ordered[index]


def _is_a_word(text: str, start: int, end: int, entry: SurfaceForm) -> bool:
    if entry.language == "ja":
        return True
    return not (_LETTER.match(text[start - 1 : start]) or _LETTER.match(text[end : end + 1]))


def _in_an_address(text: str, start: int, end: int) -> bool:
    left = re.split(r"[\s<>()\"\u3000-\u9fff]", text[max(0, start - 100) : start])[-1]
    right = re.split(r"[\s<>()\"\u3000-\u9fff]", text[end : end + 100])[0]
    return bool(_ADDRESS.search(left + text[start:end] + right))


def _candidate(
    entry: SurfaceForm, at: tuple[int, int], normalized: NormalizedText, text: str, sentences: Sentences
) -> Candidate:
    start, end = at
    opened, closed = normalized.span(start, end)
    spans, index = sentences.around(opened)
    low, high = normalized.at(spans[index][0]), normalized.at(spans[index][1])
    first, last = normalized.at(spans[max(0, index - 1)][0]), normalized.at(spans[min(len(spans) - 1, index + 1)][1])
    left, right = max(0, start - _NEIGHBOURHOOD), end + _NEIGHBOURHOOD
    return Candidate(
        entry=entry,
        text=normalized.text,
        start=start,
        end=end,
        written=text[opened:closed],
        lead=text[max(0, opened - _TAIL) : opened],
        tail=text[closed : closed + _TAIL],
        sentence=normalized.text[max(low, left) : min(high, right)],
        nearby=normalized.text[max(first, left) : min(last, right)],
        opens=not re.search(r"\w", normalized.text[max(low, left) : start]),
    )


def _rules(candidate: Candidate) -> _Rules:
    return _RULES[candidate.entry.language]


def _is_elsewhere(candidate: Candidate) -> bool:
    """Return whether a district or a part of the chain is named for another island that lies in it."""
    of_an_area = candidate.entry.requires == "qualified" or _AREA.search(candidate.form)
    return bool(of_an_area and OTHER_KURILS.search(candidate.nearby) and not OUR_ISLANDS.search(candidate.nearby))


def _is_unambiguous(candidate: Candidate) -> bool:
    if candidate.entry.requires in CONTEXT_DEPENDENT:
        return False
    return not candidate.entry.requires or _rules(candidate).is_supported(candidate)


def _has_support(candidate: Candidate, unambiguous: list[Candidate]) -> bool:
    """Return whether a name that other places bear too stands near what makes it ours."""
    rules = _rules(candidate)
    if not rules.looks_like_proper_name(candidate):
        return False
    if candidate.entry.requires == "near" and rules.has_island_context(candidate):
        return True
    return _stands_by_its_island(candidate, unambiguous)


def _stands_by_its_island(candidate: Candidate, unambiguous: list[Candidate]) -> bool:
    return any(
        c.text[c.start : c.end] in candidate.nearby
        and abs(c.start - candidate.start) <= _NEIGHBOURHOOD
        and set(c.entry.islands) & set(candidate.entry.islands)
        for c in unambiguous
    )


def _islets(candidates: list[Candidate], unambiguous: list[Candidate]) -> list[Candidate]:
    """Return the islets without the word island that are spoken of: in a list, or as land of the chain."""
    found: dict[int, Candidate] = {}
    for run in lists_of_islets(candidates):
        if _is_of_islets(run):
            found |= {c.start: c for c in run if c.entry.requires == "islet"}
    for candidate in candidates:
        if candidate.entry.requires != "islet" or candidate.start in found or ORDINARY.search(candidate.form):
            continue
        rules = _rules(candidate)
        if rules.is_spoken_of_as_land(candidate) and (
            rules.has_island_context(candidate) or _stands_by_its_island(candidate, unambiguous)
        ):
            found[candidate.start] = candidate
    return list(found.values())


def _is_of_islets(run: list[Candidate]) -> bool:
    in_the_chain = any(_rules(c).has_island_context(c) for c in run)
    as_land = _rules(run[0]).is_spoken_of_as_land(run[0])
    if all(ORDINARY.search(c.form) for c in run):
        return in_the_chain and as_land
    is_long = len(run) >= _LIST and not all(PERSONAL.search(c.form) for c in run)
    return is_long or in_the_chain or any(_rules(c).is_spoken_of_as_land(c) for c in run)


def _opened(candidate: Candidate) -> int:
    """Return where a mention begins: the words that make a group of a chain are part of it ("four disputed Kurils")."""
    if candidate.entry.requires not in {"qualified", "dispute"}:
        return candidate.start
    qualifiers = _rules(candidate).QUALIFIERS.search(candidate.before)
    return candidate.start - len(qualifiers.group()) if qualifiers else candidate.start
