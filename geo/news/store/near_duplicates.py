"""Tells whether two articles are one text in two outlets: MinHash over word triples, or character runs in Japanese."""

from __future__ import annotations

import base64
import re
import zlib
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geo.model.dates import PartialDate

if TYPE_CHECKING:
    from datasketch import MinHash, MinHashLSH

# the share of all shingles that two texts have in common; background paragraphs alone stay well below it
ALIKE = 0.7
# a text that comes again later, such as a weekly timetable, is another article
ALIKE_DAYS = 3
_PERMUTATIONS = 64
# 16 bands of 4 find 99 of 100 pairs at 0.7 and hardly any below 0.3
_BANDS = (16, 4)
_WORDS, _CHARACTERS = 3, 5
# an odd number with its bits well spread (2**64 divided by the golden ratio)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_WORD = re.compile(r"\w+")


def signature(text: str, language: str) -> str:
    """Return what is kept of a text to recognise it again: 64 numbers as base64."""
    words = _WORD.findall(text.casefold())
    if language == "ja":
        units, length = np.frombuffer("".join(words).encode("utf-32-le"), dtype="<u4"), _CHARACTERS
    else:
        units, length = np.array([_number(word) for word in words], dtype=np.uint64), _WORDS
    mark = _plain().copy()
    mark.update_batch(_shingles(units.astype(np.uint64), length).tolist())
    return base64.b64encode(mark.hashvalues.astype("<u4").tobytes()).decode()


def _shingles(units: npt.NDArray[np.uint64], length: int) -> npt.NDArray[np.uint64]:
    """Return a number for each run of so many units: the same run has the same number, in every process."""
    length = min(length, max(1, len(units)))
    runs = np.zeros(len(units) - length + 1 if len(units) else 1, dtype=np.uint64)
    for start in range(length if len(units) else 0):
        runs = runs * _FACTOR + units[start : start + len(runs)]
    # the upper half of a product is its better mixed one
    return (runs * _FACTOR) >> np.uint64(32)


@lru_cache(maxsize=100_000)
def _number(word: str) -> int:
    return zlib.crc32(word.encode())


class NearDuplicateIndex:
    """The texts that are kept, by their signatures; the first of several alike stands for all of them."""

    def __init__(self) -> None:
        self._index: MinHashLSH | None = None
        self._marks: dict[str, tuple[MinHash, str, str, int]] = {}

    def add(self, article_id: str, mark: str, language: str, date: str) -> None:
        """Keep a text that is like no other."""
        from datasketch import MinHashLSH  # noqa: PLC0415 - a second to load

        if self._index is None:
            self._index = MinHashLSH(num_perm=_PERMUTATIONS, params=_BANDS)
        minhash = _minhash(mark)
        self._index.insert(article_id, minhash)
        self._marks[article_id] = (minhash, language, date, len(self._marks))

    def find(self, mark: str, language: str, date: str) -> str:
        """Return the id of the text most like this one, the first kept of equals; empty when none is."""
        if self._index is None:
            return ""
        minhash = _minhash(mark)
        alike = [
            (-share, order, article_id)
            for article_id in self._index.query(minhash)
            for known, known_language, known_date, order in (self._marks[article_id],)
            if known_language == language and _near(known_date, date)
            if (share := minhash.jaccard(known)) >= ALIKE
        ]
        return min(alike)[2] if alike else ""


def _minhash(mark: str | None) -> MinHash:
    from datasketch import MinHash  # noqa: PLC0415

    plain = _plain()
    if mark is None:
        return plain.copy()
    values = np.frombuffer(base64.b64decode(mark), dtype="<u4").astype(np.uint32)
    # the permutations are the same for all of one seed and costly to make
    return MinHash(
        seed=plain.seed, hashfunc=int, hashvalues=values, permutations=plain.permutations, scheme=plain.scheme
    )


@cache
def _plain() -> MinHash:
    from datasketch import MinHash  # noqa: PLC0415

    return MinHash(num_perm=_PERMUTATIONS, seed=1, hashfunc=int, scheme="affine32")


def _near(one: str, other: str) -> bool:
    """Return whether two dates are close; one that is unknown, or known to the month only, is near if it can be."""
    if not (PartialDate.is_valid(one) and PartialDate.is_valid(other)):
        return True
    first, second = PartialDate.parse(one), PartialDate.parse(other)
    if first.precision == second.precision == "day":
        return abs((first.first_day - second.first_day).days) <= ALIKE_DAYS
    return first.overlaps(second)
