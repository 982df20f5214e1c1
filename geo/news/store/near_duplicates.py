"""Near-duplicates: whether two articles are one text, by MinHash over word triples, or character runs in Japanese."""

from __future__ import annotations

import base64
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.model.dates import PartialDate

# the share of all shingles that two texts must have in common; background paragraphs alone stay well below it
ALIKE = 0.7
# a text that comes again later, such as a weekly timetable, is another article
ALIKE_DAYS = 3
_HASHES = 128
# 25 bands of 5 hashes: a pair is compared with probability 1 - (1 - s^5)^25, which is 0.99 at a similarity s of 0.7,
# 0.55 at 0.5 and 0.06 at 0.3
_BANDS, _BAND = 25, 5
_WORDS, _CHARACTERS = 3, 5
# shingles that are hashed at once: 128 hashes of them are 4 MiB
_BLOCK = 4096
# an odd number with its bits well spread (2**64 divided by the golden ratio)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_WORD = re.compile(r"\w+")
# characters of a text that are cut into words at once
_PIECE = 1_000_000

Hashes = npt.NDArray[np.uint32]

_random = np.random.default_rng(1)
# multiply-shift hashing from 64 to 32 bits: odd factors, any summands (Dietzfelbinger 1996, Universal hashing and
# k-wise independent random variables via integer arithmetic without primes)
_MULTIPLIERS = _random.integers(0, 2**64, _HASHES, dtype=np.uint64) | np.uint64(1)
_SUMMANDS = _random.integers(0, 2**64, _HASHES, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class _Known:
    hashes: Hashes
    language: str
    date: str
    order: int


def signature(text: str, language: str) -> str:
    """Return what is kept of a text to recognise it again: 128 MinHash values of 32 bits, as base64.

    Notes
    -----
    The share of equal values of two signatures estimates the Jaccard similarity of the texts' shingles (Broder 1997,
    On the resemblance and containment of documents) with a standard error of sqrt(s (1 - s) / 128): 0.04 at 0.7.
    Memory does not grow with the text beyond some bytes a word.
    """
    units = _units(text, language)
    length = _CHARACTERS if language == "ja" else _WORDS
    least = np.full(_HASHES, np.iinfo(np.uint32).max, dtype=np.uint32)
    for start in range(0, max(1, len(units) - length + 1), _BLOCK):
        shingles = _shingles(units[start : start + _BLOCK + length - 1], length)
        hashed = (shingles[:, None] * _MULTIPLIERS + _SUMMANDS) >> np.uint64(32)
        least = np.minimum(least, hashed.min(axis=0).astype(np.uint32))
    return base64.b64encode(least.astype("<u4").tobytes()).decode()


class NearDuplicateIndex:
    """The texts that are kept, by their signatures: MinHash with banding (LSH); the first kept of several stands."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._bands: dict[bytes, list[str]] = defaultdict(list)

    def add(self, article_id: str, signature: str, language: str, date: str) -> None:
        """Keep a text that is like no other."""
        hashes = _hashes(signature)
        self._known[article_id] = _Known(hashes, language, date, len(self._known))
        for band in bands(hashes):
            self._bands[band].append(article_id)

    def find(self, signature: str, language: str, date: str) -> str:
        """Return the id of the text most like this one, the first kept of equals; empty when none is."""
        hashes = _hashes(signature)
        candidates = {article_id for band in bands(hashes) for article_id in self._bands.get(band, ())}
        alike = [
            (-share, known.order, article_id)
            for article_id in candidates
            for known in (self._known[article_id],)
            if known.language == language and _near(known.date, date)
            if (share := similarity(hashes, known.hashes)) >= ALIKE
        ]
        return min(alike)[2] if alike else ""


def bands(hashes: Hashes) -> Iterator[bytes]:
    """Return the keys of a signature's bands: texts that share one are compared."""
    for number in range(_BANDS):
        yield bytes([number]) + hashes[number * _BAND : (number + 1) * _BAND].tobytes()


def similarity(one: Hashes, other: Hashes) -> float:
    """Return the estimated Jaccard similarity of two texts, from 0 to 1."""
    return float(np.mean(one == other))


def _units(text: str, language: str) -> npt.NDArray[np.uint64]:
    """Return a number for each word, or for each letter of Japanese."""
    # cut where no word is: a piece ends with the last blank or mark in it
    pieces = (match.group() for match in re.finditer(rf"(?s).{{1,{_PIECE}}}(?!\w)|.{{1,{_PIECE}}}", text))
    if language == "ja":
        letters = ["".join(_WORD.findall(piece.casefold())).encode("utf-32-le") for piece in pieces]
        return np.frombuffer(b"".join(letters), dtype="<u4").astype(np.uint64)
    numbers = [
        np.array([zlib.crc32(w.encode()) for w in _WORD.findall(piece.casefold())], np.uint64) for piece in pieces
    ]
    return np.concatenate(numbers) if numbers else np.zeros(0, dtype=np.uint64)


def _shingles(units: npt.NDArray[np.uint64], length: int) -> npt.NDArray[np.uint64]:
    """Return a number for each run of so many units: the same run has the same number, in every process."""
    length = min(length, max(1, len(units)))
    runs = np.zeros(len(units) - length + 1 if len(units) else 1, dtype=np.uint64)
    for start in range(length if len(units) else 0):
        runs = runs * _FACTOR + units[start : start + len(runs)]
    # the upper half of a product is its better mixed one
    return (runs * _FACTOR) >> np.uint64(32)


def _hashes(signature: str) -> Hashes:
    return np.frombuffer(base64.b64decode(signature), dtype="<u4").astype(np.uint32)


def _near(one: str, other: str) -> bool:
    """Return whether two dates are close; one that is unknown, or known to the month only, is near if it can be."""
    if not (PartialDate.is_valid(one) and PartialDate.is_valid(other)):
        return True
    first, second = PartialDate.parse(one), PartialDate.parse(other)
    if first.precision == second.precision == "day":
        return abs((first.first_day - second.first_day).days) <= ALIKE_DAYS
    return first.overlaps(second)
