"""A quick look at a text: can it name the islands at all? Most texts cannot, and need no closer look."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

from geo.news.find.context import LANDSCAPES
from geo.news.find.gazetteer import SurfaceForm
from geo.news.normalization import OLD_KANJI

# forms with these needs are mentions only beside others, which the look finds
_CONTEXT_DEPENDENT = frozenset({"near", "island", "not"})
# characters nobody sees may stand inside a name
_UNSEEN = ("\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u200e", "\u200f")
_BLANKS = (" ", "\n", "\r\n", "\u00a0", "  ", " \n", "\n ")
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
# these words are English, and no Japanese name that may be written with long vowels
_DESCRIBES = re.compile("isl|claim|disput|contest|ccupied|ontrol|dminist|-run|-ruled|-held|-governed|volcano")
_SMALL = re.compile(r"(?:that|which|by|to|of|on|the|its?|also|still|с|на|к|от|у|и)$")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_HALF = {ord(unicodedata.normalize("NFKC", chr(half))): half for half in range(0xFF66, 0xFF9E)}


def build_prefilter(terms: Iterable[SurfaceForm]) -> BytesAhoCorasick:
    """Build the search for a key of every form that can be a mention by itself."""
    keys = {
        key
        for term in terms
        if term.requires not in _CONTEXT_DEPENDENT or LANDSCAPES.match(term.form)
        for key in _keys(term)
    }
    written = {variant for key in _shortest(sorted(keys)) for variant in _written(key)}
    return BytesAhoCorasick(sorted(w.encode() for w in {*written, *_UNSEEN}))


def _shortest(keys: list[str]) -> Iterator[str]:
    """Return the keys that hold no other: what finds those finds all."""
    inside = AhoCorasick(keys)
    yield from (key for key in keys if len(inside.find_matches_as_indexes(key, overlapping=True)) == 1)


def _keys(term: SurfaceForm) -> Iterator[str]:
    if term.language == "ja":
        yield term.form
        return
    if term.requires in _CONTEXT_DEPENDENT:
        yield term.form.capitalize()
        return
    telling = [w for w in re.split(r"[ .-]", term.form) if len(w) >= _MIN_KEY_LENGTH and not _COMMON.match(w)]
    # the first letter may be a capital
    yield (max(telling, key=len) if telling else _pair(term.form))[1:]


def _pair(form: str) -> str:
    """Return two words of a form in which none tells by itself: the longest two that stand together."""
    words = form.split(" ")
    held = [w for w in words if _HELD.match(w)]
    pairs = [" ".join(p) for p in pairwise(words) if not any(_SMALL.match(w) for w in p)]
    return max(held or pairs or [form], key=len)


def _capitals(key: str) -> Iterator[str]:
    yield from (key, key.upper())
    if " " in key:
        title = re.sub(r" \w", lambda m: m.group().upper(), key)
        yield from (title, title.replace(" ", ""))


def _with_yo(key: str) -> Iterator[str]:
    yield from (key[: m.start()] + "ё" + key[m.end() :] for m in re.finditer("е", key))


def _written(key: str) -> Iterator[str]:
    if re.match(r"[a-z\u0400-\u04ff'. -]", key):
        spelled = {key, *_with_yo(key)}
        if not _DESCRIBES.search(key):
            spelled.add(key.translate({ord("o"): "ō", ord("u"): "ū"}))
        for form in {one for s in spelled for one in _capitals(s)}:
            yield from (unicodedata.normalize("NFD", form), form.translate(_WIDE))
            yield from (form.replace(" ", blank) for blank in _BLANKS)
        return
    old = key.translate(OLD_KANJI)
    for form in {key, old, key.translate(_WIDE), unicodedata.normalize("NFD", key)}:
        yield from (
            form[:cut] + wrap + form[cut:] for cut in range(1, len(form)) for wrap in ("\n", "\r\n", " \n", "\n\u3000")
        )
        yield form
    # half-width kana write the voicing mark apart
    yield unicodedata.normalize("NFD", key).translate({**_HALF, 0x3099: 0xFF9E, 0x309A: 0xFF9F})
