"""The words of a text as search knows them: English stems, Russian dictionary forms, Japanese pairs of characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geo.news.normalization import NormalizedText, normalize_text

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from snowballstemmer.english_stemmer import EnglishStemmer

_IDEOGRAPHS = "\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
_SEGMENT = re.compile(rf"(?P<run>[{_IDEOGRAPHS}]+)|[^\W_{_IDEOGRAPHS}]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_FORMS_KEPT = 200_000
# readings of a Russian form that are less likely than this are mistakes more often than not
_LIKELY = 0.05


class Token(NamedTuple):
    """A word, or a run of Japanese, with its offsets in the normalized text."""

    text: str
    start: int
    end: int
    is_run: bool


def tokenize(normalized: NormalizedText) -> Iterator[Token]:
    """Return the words and the runs of Japanese of a text, in order."""
    for found in _SEGMENT.finditer(normalized.text):
        yield Token(found[0], found.start(), found.end(), found["run"] is not None)


def pairs(run: str) -> list[str]:
    """Cut a run of Japanese into overlapping pairs, and its last character: so every part of it can be looked up."""
    return [run[i : i + 2] for i in range(len(run))]


def phrase_of(run: str) -> list[str]:
    """Return the pairs that stand one after the other wherever a run of two characters or more is part of a text."""
    return pairs(run)[:-1]


@lru_cache(maxsize=_FORMS_KEPT)
def stems(word: str) -> frozenset[str]:
    """Return what all forms of a normalized word have in common: its stem, or its likely dictionary forms."""
    if _CYRILLIC.match(word):
        likely = {parse.normal_form for parse in _russian().parse(word) if parse.score >= _LIKELY}
        return frozenset({word, *(normalize_text(form).text for form in likely)})
    return frozenset({_english().stemWord(word)})


def indexed(text: str) -> tuple[str, str]:
    """Return a text as the index holds it: its forms in order, and the stems of its words."""
    forms: list[str] = []
    stemmed: list[str] = []
    for term in tokenize(normalize_text(text)):
        if term.is_run:
            forms += pairs(term.text)
        else:
            forms.append(term.text)
            stemmed += sorted(stems(term.text))
    return " ".join(forms), " ".join(stemmed)


@cache
def _russian() -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer  # noqa: PLC0415 - a quarter of a second, for Russian words only

    return MorphAnalyzer()


@cache
def _english() -> EnglishStemmer:
    from snowballstemmer.english_stemmer import EnglishStemmer  # noqa: PLC0415

    return EnglishStemmer()
