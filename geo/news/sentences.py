"""Sentences of an article, found only where they are asked for, so that a line of any length costs what it must."""

from __future__ import annotations

import re

import sentencex

Span = tuple[int, int]

# a paragraph longer than this is cut up window by window, each reaching over its neighbours
_STEP, _REACH = 1000, 1500
_BLANK_LINE = re.compile(r"\n[ \t\u3000\r]*\n")
# a line this much shorter than the longest of its paragraph was ended on purpose
_SHORT_LINE = 0.6
# a sentence does not end inside a quotation; marks give way to a blank each where its own sentences are sought
_NO_QUOTATION_MARKS = dict.fromkeys(map(ord, '"“”„‟«»「」『』'), " ")
_BULLET = re.compile(r"[-*•·・■●◆▲▼▪►–—#@]")
# abbreviations that sentencex ends a sentence after though more of it comes
_GOES_ON = re.compile(r"(?:\bт\. ?[еонкп]\.|\b(?:о|о-в|о-ва|пос|обл|им|пгт|ул|р-н|м)\.|/\w+/\.)\s*$", re.IGNORECASE)
# the longest of them with what stands around it
_ABBREVIATION = 16
_CONTINUES = re.compile(r"[—–-]\s|[,;:)\]»”]|[a-zа-яё]")


class Sentences:
    """The sentences of one text; spans are offsets in it, blanks around a sentence left out."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language
        self._known: dict[Span, list[Span]] = {}

    def around(self, position: int) -> tuple[list[Span], int]:
        """Return the sentences of the paragraph (or of its part) about an offset, and which of them holds it."""
        spans = self._in(self._window(position))
        inside = [i for i, (start, _) in enumerate(spans) if start <= position]
        return spans, inside[-1] if inside else 0

    def within(self, span: Span) -> list[Span]:
        """Return the sentences of a stretch, those inside quotation marks, too."""
        low, high = span
        return self._of_line(low, self._text[low:high].translate(_NO_QUOTATION_MARKS)) or [span]

    def _window(self, position: int) -> Span:
        low, high = (position // _STEP) * _STEP - _REACH, (position // _STEP + 1) * _STEP + _REACH
        low, high = max(0, low), min(len(self._text), high)
        for match in _BLANK_LINE.finditer(self._text, low, high):
            if match.end() <= position:
                low = match.end()
            elif match.start() >= position:
                return low, match.start()
        return low, high

    def _in(self, window: Span) -> list[Span]:
        if window not in self._known:
            low, high = window
            lines = ((line[0], self._text[slice(*line)]) for line in self._lines(low, high))
            self._known[window] = [span for line in lines for span in self._of_line(*line)] or [window]
        return self._known[window]

    def _lines(self, low: int, high: int) -> list[Span]:
        text = self._text[low:high]
        lines = text.splitlines(keepends=True)
        longest = max(map(len, lines), default=0)
        spans: list[Span] = []
        start = position = low
        for line, following in zip(lines, [*lines[1:], ""], strict=True):
            position += len(line)
            if len(line) < longest * _SHORT_LINE or _BULLET.match(following.lstrip()):
                spans.append((start, position))
                start = position
        return [*spans, (start, high)] if start < high else spans

    def _of_line(self, low: int, written: str) -> list[Span]:
        found: list[Span] = []
        for boundary in sentencex.get_sentence_boundaries(self._language, written):
            piece = str(boundary["text"])
            start, end = low + int(boundary["start_index"]), low + int(boundary["end_index"])
            if found and _belongs(self._text[max(low, start - _ABBREVIATION) : start], piece):
                start = found.pop()[0]
            found.append((start, end))
        return [s for s in (_stripped(self._text, *span) for span in found) if s[0] < s[1]]


def _belongs(before: str, piece: str) -> bool:
    return bool(_GOES_ON.search(before) or _CONTINUES.match(piece.lstrip()))


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
