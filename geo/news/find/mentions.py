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
from geo.news.find.context import Spot
from geo.news.find.gazetteer import Kind, Term, read_gazetteer
from geo.news.find.lang import en as english
from geo.news.find.lang import ja as japanese
from geo.news.find.lang import ru as russian
from geo.news.find.prefilter import searcher
from geo.news.languages import Language, language_of
from geo.news.normalization import Folded, fold
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
_LETTER = re.compile(r"[a-z0-9\u00df-\u024f\u0400-\u04ff]")
_ADDRESS = re.compile(r"://|^www\.|@|\.(?:com|ru|jp|org|net|info|html?|php|jpe?g|png|pdf)(?:$|[/?#:])")


class _Rules(Protocol):
    QUALIFIERS: re.Pattern[str]

    def denies(self, term: Term, spot: Spot) -> bool: ...
    def allows(self, term: Term, spot: Spot) -> bool: ...
    def as_a_name(self, spot: Spot, /) -> bool: ...
    def near(self, spot: Spot, /) -> bool: ...


_RULES: Mapping[Language, _Rules] = {"en": english, "ja": japanese, "ru": russian}


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text, by their offsets in it, that name an island or speak of it in a group."""

    start: int
    end: int
    islands: tuple[IslandId, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Candidate:
    term: Term
    spot: Spot
    position: int


class Finder:
    """The gazetteer made ready for searching; it can be pickled and handed to other processes."""

    def __init__(self, terms: Mapping[str, Term]) -> None:
        self._terms = terms
        self._ordered = list(terms.values())
        self._search = AhoCorasick([term.form for term in self._ordered])
        self._quick = searcher(self._ordered)
        self._longest = max(len(form) for form in terms)

    @classmethod
    def from_data(cls, data: Path = DATA) -> Self:
        """Build a finder from the tables of a data folder; raises FaultyDataError."""
        return cls(read_gazetteer(data))

    def __reduce__(self) -> tuple[type[Finder], tuple[Mapping[str, Term]]]:
        """Pickle the gazetteer alone: the search is built again from it."""
        return Finder, (self._terms,)

    def may_mention(self, text: str) -> bool:
        """Tell quickly whether a text can have a mention; false is certain, true is not."""
        return bool(self._quick.find_matches_as_indexes(text.encode("utf-8", "surrogatepass")))

    def mentions(self, text: str, sentences: Sentences | None = None) -> list[Mention]:
        """Find the mentions of a text in its order."""
        if not self.may_mention(text):
            return []
        folded = fold(text)
        split = sentences or Sentences(text, language_of(text))
        candidates = [
            c for c in self._candidates(folded, text, split) if not _RULES[c.term.language].denies(c.term, c.spot)
        ]
        certain = [c for c in candidates if _stands_alone(c)]
        leaning = [c for c in candidates if c.term.need in {"near", "island"} and _leans(c, certain)]
        found = sorted([*certain, *leaning], key=lambda c: c.spot.start)
        spans = [(folded.span(_opened(c), c.spot.end), c.term) for c in found]
        return [Mention(*span, term.islands, term.kind) for span, term in spans if span[1] - span[0] <= _LONGEST]

    def _candidates(self, folded: Folded, text: str, sentences: Sentences) -> Iterator[_Candidate]:
        reach = 0
        counted: Counter[str] = Counter()
        for start, end, term in self._forms(folded.text):
            if start < reach:
                continue
            reach = end
            counted[term.form] += 1
            if counted[term.form] > _MOST_OF_A_FORM:
                continue
            if term.need != "not" and not _in_an_address(folded.text, start, end):
                yield _candidate(term, (start, end), folded, text, sentences)

    def _forms(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """Give the forms in a text, the longest first where several begin."""
        for piece in range(0, len(text), _PIECE):
            low = max(0, piece - self._longest)
            part = text[low : piece + _PIECE + self._longest]
            found = [
                (low + start, low + end, self._ordered[index])
                for index, start, end in self._search.find_matches_as_indexes(part, overlapping=True)
                if piece <= low + start < piece + _PIECE
            ]
            found.sort(key=lambda f: (f[0], -f[1]))
            yield from (f for f in found if _is_a_word(text, *f))


def _is_a_word(text: str, start: int, end: int, term: Term) -> bool:
    if term.language == "ja":
        return True
    return not (_LETTER.match(text[start - 1 : start]) or _LETTER.match(text[end : end + 1]))


def _in_an_address(text: str, start: int, end: int) -> bool:
    left = re.split(r"[\s<>()\"\u3000-\u9fff]", text[max(0, start - 100) : start])[-1]
    right = re.split(r"[\s<>()\"\u3000-\u9fff]", text[end : end + 100])[0]
    return bool(_ADDRESS.search(left + text[start:end] + right))


def _candidate(term: Term, at: tuple[int, int], folded: Folded, text: str, sentences: Sentences) -> _Candidate:
    start, end = at
    opened, closed = folded.span(start, end)
    spans, index = sentences.around(opened)
    low, high = folded.at(spans[index][0]), folded.at(spans[index][1])
    first, last = folded.at(spans[max(0, index - 1)][0]), folded.at(spans[min(len(spans) - 1, index + 1)][1])
    near, far = max(0, start - _NEIGHBOURHOOD), end + _NEIGHBOURHOOD
    spot = Spot(
        text=folded.text,
        start=start,
        end=end,
        written=text[opened:closed],
        tail=text[closed : closed + _TAIL],
        sentence=folded.text[max(low, near) : min(high, far)],
        nearby=folded.text[max(first, near) : min(last, far)],
        opens=not re.search(r"\w", folded.text[max(low, near) : start]),
    )
    return _Candidate(term, spot, start)


def _stands_alone(candidate: _Candidate) -> bool:
    term = candidate.term
    if term.need in {"near", "island"}:
        return False
    return not term.need or _RULES[term.language].allows(term, candidate.spot)


def _leans(candidate: _Candidate, certain: list[_Candidate]) -> bool:
    """Tell whether a name that other places bear too stands near what makes it ours."""
    rules, spot = _RULES[candidate.term.language], candidate.spot
    if not rules.as_a_name(spot):
        return False
    if candidate.term.need == "near" and rules.near(spot):
        return True
    return any(
        c.spot.form in spot.nearby
        and abs(c.position - candidate.position) <= _NEIGHBOURHOOD
        and set(c.term.islands) & set(candidate.term.islands)
        for c in certain
    )


def _opened(candidate: _Candidate) -> int:
    """Let the words that make a group of a chain belong to it: "four disputed Kuril Islands"."""
    spot, rules = candidate.spot, _RULES[candidate.term.language]
    if candidate.term.need not in {"qualified", "dispute"}:
        return spot.start
    return spot.start - len(match.group()) if (match := rules.QUALIFIERS.search(spot.before)) else spot.start
