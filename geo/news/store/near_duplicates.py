"""Near-duplicates: whether two articles are one text, by MinHash over word triples, or character runs in Japanese."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import re
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from geo.model.dates import PartialDate
from geo.model.press import Excerpt
from geo.news.normalization import normalize_text
from geo.news.store.database import Database

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
SIGNATURE_BYTES = _HASHES * 4
# an odd number with its bits well spread (2**64 divided by the golden ratio)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_WORD = re.compile(r"\w+")
# 5, 5.1, 12,000; normalized text has no wide digits
_FIGURE = re.compile(r"\d++(?:[.,]\d++)*+|[一二三四五六七八九十百千万]++")
# characters of a text that are cut into words at once
_PIECE = 1_000_000

Hashes = npt.NDArray[np.uint32]

_random = np.random.default_rng(1)
# multiply-shift hashing from 64 to 32 bits: odd factors, any summands (Dietzfelbinger 1996, Universal hashing and
# k-wise independent random variables via integer arithmetic without primes)
_MULTIPLIERS = _random.integers(0, 2**64, _HASHES, dtype=np.uint64) | np.uint64(1)
_SUMMANDS = _random.integers(0, 2**64, _HASHES, dtype=np.uint64)


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
    """The texts of a store by their signatures: MinHash with banding (LSH); the first kept of several stands.

    Texts are one only if their quotations name the same islands and the same figures: bulletins made from one template
    are about different things, however alike they are. Nothing of it is in memory: the bands are a table.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._bands = "bands"

    def add(self, article: int, signature: bytes, excerpts: Sequence[Excerpt]) -> None:
        """Keep the bands of a text that is like no other."""
        if signature:
            rows = ((key, article) for key in _keys(_hashes(signature), excerpts))
            self._database.executemany(f"INSERT INTO {self._bands} VALUES (?, ?) ON CONFLICT DO NOTHING", rows)  # noqa: S608

    @contextlib.contextmanager
    def many(self) -> Iterator[None]:
        """Take in very many texts, which are found from the end on: their bands are put in their place in order.

        One by one, each of them would be a place of its own in a table that is larger than what is in memory.
        """
        self._database.execute("CREATE TEMPORARY TABLE unsorted (key BIGINT, article BIGINT)")
        self._bands = "unsorted"
        yield
        self._bands = "bands"
        self._database.execute(
            "INSERT INTO bands SELECT key, article FROM unsorted WHERE TRUE ORDER BY 1, 2 ON CONFLICT DO NOTHING"
        )
        self._database.execute("DROP TABLE unsorted")

    def find(self, signature: bytes, date: str, excerpts: Sequence[Excerpt]) -> int | None:
        """Return the number of the article whose text is most like this one, the first kept of equals; None: none."""
        hashes = _hashes(signature)
        keys = list(_keys(hashes, excerpts))
        candidates = self._database.execute(
            "SELECT number, signature, date FROM articles WHERE number IN "  # noqa: S608 - question marks only
            f"(SELECT article FROM bands WHERE key IN ({', '.join('?' * len(keys))}))",
            keys,
        )
        alike = [
            (-share, number)
            for number, known, known_date in candidates
            if _near(known_date, date) and (share := similarity(hashes, _hashes(known))) >= ALIKE
        ]
        return min(alike)[1] if alike else None


def subject(excerpts: Sequence[Excerpt]) -> tuple[object, ...]:
    """Return the language, islands and figures of an article's quotations, each once and in order."""
    figures = {figure for e in excerpts for figure in _FIGURE.findall(normalize_text(e.quote).text)}
    return (excerpts[0].language, sorted({e.island for e in excerpts}), sorted(figures)) if excerpts else ()


def _keys(hashes: Hashes, excerpts: Sequence[Excerpt]) -> Iterator[int]:
    """Return the keys of the bands of a text in the table: of 64 bits, for texts of one subject only."""
    about = repr(subject(excerpts)).encode()
    for band in bands(hashes):
        digest = hashlib.blake2b(band + about, digest_size=8).digest()
        yield int.from_bytes(digest, "little", signed=True)


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


def _hashes(signature: bytes) -> Hashes:
    return np.frombuffer(signature, dtype="<u4").astype(np.uint32)


def _near(one: str, other: str) -> bool:
    """Return whether two dates are close; one that is unknown, or known to the month only, is near if it can be."""
    if not (PartialDate.is_valid(one) and PartialDate.is_valid(other)):
        return True
    first, second = PartialDate.parse(one), PartialDate.parse(other)
    if first.precision == second.precision == "day":
        return abs((first.first_day - second.first_day).days) <= ALIKE_DAYS
    return first.overlaps(second)
