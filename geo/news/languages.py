"""Which of the three languages a text is in, by its script."""

from __future__ import annotations

import re

from geo.model.fields import Language

__all__ = ["Language", "language_of"]

_KANA = re.compile(r"[\u3041-\u30ff\uff66-\uff9d]")
_KANJI = re.compile(r"[\u3400-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
# enough to tell, however long the text
_SAMPLE = 2000


def language_of(text: str) -> Language:
    """Return the language from the script of most letters at the beginning of a text."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return "en"
    japanese = len(_KANA.findall(sample)) + len(_KANJI.findall(sample))
    russian, english = len(_CYRILLIC.findall(sample)), len(_LATIN.findall(sample))
    # a kanji says about as much as two letters
    if japanese * 2 >= max(russian, english, 1):
        return "ja"
    return "ru" if russian > english else "en"
