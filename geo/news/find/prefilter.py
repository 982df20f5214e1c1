"""A quick look at a text: can it name the islands at all? Most texts cannot, and need no closer look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

from geo.news.find.context import LANDSCAPES
from geo.news.find.gazetteer import SurfaceForm
from geo.news.find.islets import ORDINARY
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
# a word this long tells by itself that a form may stand here, unless it is one of many texts
_MIN_KEY_LENGTH = 7
_COMMON = re.compile(
    r"(?:islands?|islets?|isles?|district|region|chain|ridge|group|archipelago|northern|southern|disputed?|contested"
    r"|little|lesser|small|volcano|lighthouse|reserve|nature|airport|municipal|urban|territor|four|russia|soviet|moscow"
    r"|japan|claim|control|administ|occup|govern|pacific|northeast|offshore|strategic|captur|seized|between|nearby|consider"
    r"|northwest|eastern|western|hokkaido$|sparsely|populated|mendele)"
    r"|(?:остров|район|округ|городск|муниципал|вулкан|залив|бухт|аэропорт|групп|гряд|архипелаг|южн|гора|плато|част"
    r"|кальдер|заповедник|государств|поселок|северн|четыр|четвер|спорн|территори|пляж|мал[ыоа]|горяч|преткнов|плоск|ясн|спор|света|япони|росси|москв|которы|оспарив|контрол|считае|хоккайд)"
)
# "russian-held" tells as much as a name
_HELD = re.compile(r"\w+-(?:held|controlled|administered|occupied|ruled|run|governed|claimed)$")
_SMALL = re.compile(r"(?:that|which|by|to|of|on|the|its?|also|still|с|на|к|от|у|и)$")
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
    keys = {key for entry in entries if _stands_alone(entry) for key in _keys(entry)}
    written = {variant for key in _shortest(sorted(keys)) for variant in _written(key)}
    return sorted(w.encode() for w in written)


def _shortest(keys: list[str]) -> Iterator[str]:
    """Return the keys that hold no other: what finds those finds all."""
    inside = AhoCorasick(keys)
    yield from (key for key in keys if len(inside.find_matches_as_indexes(key, overlapping=True)) == 1)


def _keys(entry: SurfaceForm) -> Iterator[str]:
    if entry.language == "ja":
        yield entry.form
        return
    if entry.requires in _CONTEXT_DEPENDENT:
        yield entry.form
        return
    telling = [w for w in re.split(r"[ .-]", entry.form) if len(w) >= _MIN_KEY_LENGTH and not _COMMON.match(w)]
    # the first letter may be a capital
    yield (max(telling, key=len) if telling else _pair(entry.form))[1:]


def _pair(form: str) -> str:
    """Return two words of a form in which none tells by itself: the longest two that stand together."""
    words = form.split(" ")
    held = [w for w in words if _HELD.match(w)]
    pairs = [" ".join(p) for p in pairwise(words) if not any(_SMALL.match(w) for w in p)]
    return max(held or pairs or [form], key=len)


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
