"""A quick look at a text: can it name the islands at all? Most texts cannot, and need no closer look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

from geo.news.find.context import LANDSCAPES, ORDINARY
from geo.news.find.gazetteer import SurfaceForm
from geo.news.normalization import APOSTROPHES, OLD_KANJI, normalize_text

# forms with these needs are mentions only beside others, which the look finds
_CONTEXT_DEPENDENT = frozenset({"near", "island", "not"})
_DASHES = "‐‑‒–—―−"
# what normalization takes out or writes in another way: a text that has any of it is normalized before it is judged
_REWRITTEN = (
    *map(chr, (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)),
    *map(chr, (0x3099, 0x309A, *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), *range(0xFF66, 0xFFA0))),
    *OLD_KANJI.values(),
    # hyphens of other kinds, and what stands for one in old encodings
    *"\u00ac\u2010\u2011",
)
# first bytes of Latin letters with accents, of combining marks, and of letters of other shapes
_REWRITTEN_BYTES = (
    *(bytes([lead]) for lead in (*range(0xC3, 0xCA), 0xCC, 0xCD)),
    *(bytes([0xE1, second]) for second in range(0xB4, 0xBC)),
    b"\xe2\x92",
    b"\xe2\x93",
    b"\xe2\xb1",
    b"\xea\x9c",
    b"\xea\x9d",
    b"\xef\xa4",
    b"\xef\xa5",
    b"\xef\xa6",
    b"\xef\xa7",
    b"\xf0\x9d",
)
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


class Prefilter:
    """Two searches: one of a text nearly as it is written, and one of the normalized text where that does not suffice.

    Parameters
    ----------
    entries
        Every form of the gazetteer.
    """

    def __init__(self, entries: Iterable[SurfaceForm]) -> None:
        entries = list(entries)
        keys = _written_keys(entries)
        self._keys = len(keys)
        self._search = BytesAhoCorasick([*keys, *(c.encode() for c in _REWRITTEN), *_REWRITTEN_BYTES])
        self._forms = AhoCorasick([e.form for e in entries if _stands_alone(e)])

    def may_mention(self, text: str) -> bool:
        """Return whether a text can have a mention; false is certain, true is not."""
        # as normalization has it: one blank for any run of blanks and breaks, small letters
        quick = " ".join(text.split()).lower().replace("_", " ").replace("ё", "е")
        written = quick.encode("utf-8", "surrogatepass")
        found = self._search.find_matches_as_indexes(written)
        if b"-" in written:
            # a hyphen may be the end of a line's
            found += self._search.find_matches_as_indexes(written.replace(b"- ", b"").replace(b"-", b""))
        if not found:
            return False
        if any(index < self._keys for index, _, _ in found):
            return True
        # blanks of every kind are one here too; where Japanese is wrapped there is none
        normalized = {normalize_text(" ".join(text.split())).text, normalize_text(text).text}
        normalized |= {text.replace("-", "") for text in normalized}
        return any(self._forms.find_matches_as_indexes(text) for text in normalized)


def _stands_alone(entry: SurfaceForm) -> bool:
    if entry.requires == "islet":
        # an ordinary word is an islet only beside a name that is none
        return not ORDINARY.search(entry.form)
    return entry.requires not in _CONTEXT_DEPENDENT or bool(LANDSCAPES.match(entry.form))


def _written_keys(entries: Iterable[SurfaceForm]) -> list[bytes]:
    """Return a key of every form that can be a mention by itself, in its ways of writing."""
    keys = {_key(entry.form) for entry in entries if _stands_alone(entry)}
    written = {variant for key in _shortest(sorted(keys)) for variant in _written(key)}
    return sorted(w.encode() for w in written)


def _shortest(keys: list[str]) -> Iterator[str]:
    """Return the keys that hold no other: what finds those finds all."""
    inside = AhoCorasick(keys)
    yield from (key for key in keys if len(inside.find_matches_as_indexes(key, overlapping=True)) == 1)


def _key(form: str) -> str:
    """Return what finds a form: the longest two words in it that stand together, or the form.

    A name inside them is a form itself, and then the key; where there is none, as in "disputed islands" or "southern
    Kuril Islands", no word tells alone.
    """
    return max((" ".join(pair) for pair in pairwise(form.split(" "))), key=len, default=form)


def _written(key: str) -> Iterator[str]:
    if re.match(r"[a-z\u0400-\u04ff'. -]", key):
        yield from (key, key.replace(" ", ""))
        yield from (key.replace("-", dash) for dash in (*_DASHES, "- ", " - "))
        yield from (key.replace("'", mark) for mark in APOSTROPHES)
        return
    for form in {key, key.translate(_WIDE)}:
        yield form
        # a line may end anywhere
        yield from (f"{form[:cut]} {form[cut:]}" for cut in range(1, len(form)))
