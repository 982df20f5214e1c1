"""Cuts a sentence that is too long for a quotation: the mention inside, no word broken."""

from __future__ import annotations

import re

from geo.news.sentences import Span

# where a quotation may begin or end without breaking a word: beside blanks and marks, best after a clause
_CLAUSE = re.compile(r"(?<=[、。，；：！？」』）…;:])|(?<=[,.!?])(?=\s)")
_WORD = re.compile(r"(?<=\s)(?=\S)|(?<=\S)(?=\s)|(?<=[-–—/|])(?=\w)")
# Japanese words mostly begin where kana turn into kanji or katakana
_TURN = re.compile(r"(?<=[\u3041-\u309f])(?=[\u30a1-\u30fa\u3400-\u9fff])|(?<=[・「『（])|(?=[」』）])")
_ANY = re.compile(r"(?<=\W)(?=\w)|(?<=\w)(?=\W)")


def fitted(text: str, sentence: Span, mention: Span, longest: int) -> Span:
    """Return the part of a sentence about a mention that is at most so long."""
    start, end = sentence
    if end - start <= longest:
        return sentence
    if mention[1] - start <= longest:
        return start, _last(text, mention[1], start + longest)
    if end - mention[0] <= longest:
        return _first(text, end - longest, mention[0]), end
    room = max(0, longest - (mention[1] - mention[0]))
    first = _first(text, mention[0] - room // 2, mention[0])
    return first, _last(text, mention[1], first + longest)


def _first(text: str, low: int, high: int) -> int:
    """Return the first good place to begin between two offsets."""
    for pattern in (_CLAUSE, _WORD, _TURN, _ANY):
        for match in pattern.finditer(text, low, high + 1):
            if low < match.start() <= high:
                return match.start() + _blanks(text, match.start(), high)
    return high


def _last(text: str, low: int, high: int) -> int:
    """Return the last good place to end between two offsets."""
    for pattern in (_CLAUSE, _WORD, _TURN, _ANY):
        ends = [m.start() for m in pattern.finditer(text, low, high + 1) if low <= m.start() <= high]
        if ends:
            return low + len(text[low : ends[-1]].rstrip())
    return low


def _blanks(text: str, low: int, high: int) -> int:
    return len(text[low:high]) - len(text[low:high].lstrip())
