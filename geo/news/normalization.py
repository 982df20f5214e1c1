"""One spelling of a text for matching: small letters, no accents, half and full width alike, every offset kept."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

_MARKS = "\u0300-\u036f\u3099\u309a\uff9e\uff9f"
# characters nobody sees: soft hyphens, zero widths, direction marks
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_BLANKS = " \t\u00a0\u3000"
_ODD = re.compile(f"[{_MARKS}{_UNSEEN}\r]")
_WRAPPED = re.compile(r"\n(?=[ \t\u3000]*[\u3005-\u30ff\u3400-\u9fff\uff66-\uff9f])")
_HYPHENS = frozenset("-\u2010\u2011")
# a word divided at the end of a line by what is no hyphen of its own: an optional one, or the sign that old encodings
# have for it
_DIVIDED = f"[\u00ac\u00ad][{_BLANKS}]*+\r?\n[{_BLANKS}]*+(?=[^\\W\\d_])"
_UNEVEN = re.compile(f"{_DIVIDED}|[{_MARKS}]+|[{_UNSEEN}]+|[{_BLANKS}]*[\r\n][{_BLANKS}\r\n]*|[{_BLANKS}]{{2,}}")
_KANA_OR_KANJI = re.compile(r"[\u3005-\u30ff\u3400-\u9fff\uff66-\uff9f]")
# what stays as it is once letters are small
_PLAIN = re.compile(r"[^ -~\u0430-\u044f\u3001-\u3003\u3005-\u3096\u30a1-\u30fe\u4e00-\u9fff]")

_NEW_KANJI = {"國": "国", "擇": "択", "齒": "歯", "嶋": "島"}
# today's characters and the old ones for them, as a table for str.translate
OLD_KANJI = {ord(new): old for old, new in _NEW_KANJI.items()}
_OFTEN = {"ё": "е", "_": " ", "\n": " ", "\t": " ", "―": "-"} | _NEW_KANJI
APOSTROPHES = "‘’‚‛ʼʹ′`´"
_ALIKE = dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys("«»„“”‟″〝〟", '"')


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """A text normalized, and where each of its characters stood.

    ``starts`` and ``origins`` say from which normalized offset on which original offset is counted; a run that was
    rewritten is a step of its own.
    """

    text: str
    starts: array[int]
    origins: array[int]
    rewritten: frozenset[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original offsets of a stretch of the normalized text."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1) - 1
        opened = self.origins[first] + (0 if first in self.rewritten else start - self.starts[first])
        if last in self.rewritten:
            return opened, self.origins[last + 1]
        return opened, self.origins[last] + end - self.starts[last]

    def at(self, original: int) -> int:
        """Return the normalized offset of an original one."""
        step = bisect_right(self.origins, original) - 1
        return self.starts[step] + (0 if step in self.rewritten else original - self.origins[step])


def normalize_text(text: str) -> NormalizedText:
    """Normalize a text; most texts keep their length, and then nothing is counted."""
    pieces: list[str] = []
    starts, origins, rewritten = array("q", [0]), array("q", [0]), set()
    length = position = 0
    for start, end, even in _runs(text) if _is_uneven(text) else ():
        pieces += (text[position:start], even)
        length += start - position
        if even:
            rewritten.add(len(starts))
            starts.append(length)
            origins.append(start)
            length += len(even)
        position = end
        starts.append(length)
        origins.append(position)
    joined = "".join([*pieces, text[position:]]) if pieces else text
    return NormalizedText(_small(joined), starts, origins, frozenset(rewritten))


def normalize_form(form: str) -> str:
    """Normalize a name as texts are normalized."""
    return normalize_text(form).text


def _is_uneven(text: str) -> bool:
    doubled = ("  ", " \n", "\n ", "-\n", "\u2010\n", "\u2011\n", "\u00ac\n", "\t", "\u00a0", "\u3000")
    return bool(_ODD.search(text) or any(d in text for d in doubled) or _WRAPPED.search(text))


def _runs(text: str) -> list[tuple[int, int, str]]:
    """Return the runs that are written anew: where they begin and end, and what stands for them."""
    found = []
    for match in _UNEVEN.finditer(text):
        start, end = match.span()
        run = match.group()
        if (run[0] in "\u00ac\u00ad" and run[-1].isspace()) or unicodedata.category(run[0]) == "Cf":
            found.append((start, end, ""))
        elif run[0].isspace():
            blank = _blank(text, start, end)
            if blank is not None and blank != run:
                found.append((start, end, blank))
        elif start > (found[-1][1] if found else 0):
            found.append((start - 1, end, unicodedata.normalize("NFKC", text[start - 1 : end])[0]))
    return found


def _blank(text: str, start: int, end: int) -> str | None:
    """Return what stands for blanks and breaks inside a paragraph; none: they stay."""
    if text.count("\n", start, end) > 1:
        return None
    if "\n" in text[start:end] and _KANA_OR_KANJI.match(text, end) and _KANA_OR_KANJI.match(text, max(0, start - 1)):
        # Japanese is wrapped without a blank between the lines, other scripts with one
        return ""
    if "\n" in text[start:end] and text[max(0, start - 1) : start] in _HYPHENS and text[max(0, start - 2)].isalpha():
        # a word with a hyphen, divided there
        return ""
    return " "


def _small(text: str) -> str:
    """Make every character plain, one for one."""
    small = text.lower()
    if len(small) != len(text):
        return "".join(map(_alike, text))
    for old, new in _OFTEN.items():
        small = small.replace(old, new)
    return _PLAIN.sub(lambda match: _alike(match.group()), small)


@cache
def _alike(character: str) -> str:
    if character in _ALIKE:
        return _ALIKE[character]
    if character.isspace():
        return " "
    if unicodedata.category(character) == "Cs":
        return "\ufffd"
    wide = unicodedata.normalize("NFKC", character)
    small = (wide if len(wide) == 1 else character).lower()
    small = small if len(small) == 1 else character
    base = unicodedata.normalize("NFD", small)[0]
    return base.lower() if "LATIN" in unicodedata.name(base, "") else _OFTEN.get(small, small)
