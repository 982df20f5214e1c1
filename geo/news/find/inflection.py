"""The forms of a name in running text: Russian cases, spellings in Latin letters, hyphens and hashtags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from geo.model.places import Name
from geo.news.languages import Language

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

# declined, these villages would be written as the surnames they come from
_SURNAME_LIKE = ("ово", "ево", "ино")
_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
# how "остров" is cut short before a name
_SHORT_HEADS = {"остров": ("о.", "о-в"), "острова": ("о-ва", "о."), "посёлок": ("пос.", "п."), "село": ("с.",)}
# Japanese words for an island and a group of them, which a name in Latin letters bears at its end
_JAPANESE_HEAD = re.compile("-(?:tō|jima|shima|shotō|guntō|rettō)$")
_ISLAND_ENDINGS = ("to", "tou", "jima", "shima", "zima", "sima")
_GROUP_ENDINGS = ("shoto", "shotou", "syoto", "gunto", "guntou", "retto", "rettou")
_KANJI_HEAD = re.compile("(?:島|群島|諸島)$")
# Hepburn as Kunrei-shiki writes it (Cabinet Notification No. 1 of 1954), and long vowels by their kana
_KUNREI = (("shi", "si"), ("sho", "syo"), ("shō", "syō"), ("chi", "ti"), ("tsu", "tu"), ("ji", "zi"), ("fu", "hu"))
_LONG_VOWELS = (("ō", "ou"), ("ū", "uu"))
_ENGLISH_HEADS = ("Island", "Islands", "Islet", "Islets", "Isle", "Isles")
_ENDINGS = (
    ("yy", ("yy", "y", "iy", "yi", "i")),
    ("iy", ("iy", "y", "i")),
    ("oye", ("oye", "oe", "oje")),
    ("oy", ("oy", "oi")),
    ("ye", ("ye", "e")),
    ("ë", ("ë", "yo", "io", "e")),
    ("’y", ("’y", "y", "i", "")),
    ("’", ("’", "")),
    ("kh", ("kh", "h")),
)


def alternatives(form: str) -> Iterator[str]:
    """Return every form that one of the table stands for: "(disputed|contested) (|Pacific )isles" are four."""
    pieces = re.split(r"\(([^()]*\|[^()]*)\)", form)
    for chosen in product(*(piece.split("|") if i % 2 else (piece,) for i, piece in enumerate(pieces))):
        yield "".join(chosen)


def forms(form: str, language: Language) -> Iterator[str]:
    """Return a form in all the ways a text of its language has it, itself first."""
    yield form
    if language == "ja":
        return
    for one in (form, *sorted(_declined(form) - {form})) if language == "ru" else (form,):
        yield one
        if language == "ru":
            yield from _shortened(one)
        if "-" in one:
            # the end of a line may have taken the hyphen away
            yield from (one.replace("-", " "), one.replace("-", " - "), one.replace("-", ""))
        if " " in one:
            # a hashtag runs its words together
            yield one.replace("-", "").replace(" ", "")


def inflected(form: str, language: Language) -> set[str]:
    """Return a form with its cases, and with blanks or nothing for its hyphens."""
    cases = {form, *_declined(form)} if language == "ru" else {form}
    return {one for case in cases for one in (case, case.replace("-", " "), case.replace("-", ""))}


def of_name(name: Name) -> Iterator[tuple[Language, str]]:
    """Return the forms of one row of names.csv, with their languages."""
    if name.convention == "ja":
        yield "ja", name.name
        if not _JAPANESE_HEAD.search(name.latin):
            yield from (("en", form) for form in forms(name.latin, "en"))
        return
    yield from (("ru", form) for form in forms(name.name, "ru"))
    for latin in _latin(name.latin):
        # "ostrov Yuriy" is an islet, the rule for which stands below
        if not latin.startswith("ostrov"):
            yield from (("en", form) for form in forms(latin, "en"))


def of_island(name: Name) -> Iterator[tuple[Language, str]]:
    """Return the forms that say of themselves that they name an island: "Etorofu-tō", "Etorofujima", "Yuri Islet"."""
    for stem in _stems(name):
        if name.convention == "ja":
            for ending in (*_ISLAND_ENDINGS, *_GROUP_ENDINGS):
                yield "en", f"{stem}-{ending}"
                yield "en", f"{stem}{ending}"
                # "from Etorofu to Hokkaido" names no Etorofu-to
                if ending not in {"to", "tou"}:
                    yield "en", f"{stem} {ending}"
        for head in _ENGLISH_HEADS:
            yield from (("en", f"{stem} {head}"), ("en", f"{stem}{head}"), ("en", f"{head} of {stem}"))
    if name.convention == "ja" and name.reading:
        yield "ja", f"{_katakana(_stem_of_reading(name.reading))}島"


def bare(name: Name) -> Iterator[tuple[Language, str]]:
    """Return the forms of an island's name without the word for it: "Etorofu", "Polonsky", 志発."""
    yield from (("en", stem) for stem in _stems(name))
    if name.convention == "ja":
        yield "ja", _KANJI_HEAD.sub("", name.name)
        yield "ja", _katakana(_stem_of_reading(name.reading))
        return
    head, _, rest = name.name.partition(" ")
    yield from (("ru", form) for form in forms(rest or head, "ru"))


def _stems(name: Name) -> Iterator[str]:
    """Return an island's name in Latin letters without the word for it."""
    if name.convention == "ja":
        found = {_JAPANESE_HEAD.sub("", name.latin)}
        for written, other in (*_LONG_VOWELS, *_KUNREI):
            found |= {stem.lower().replace(written, other).capitalize() for stem in found}
        yield from sorted(found)
        return
    for latin in sorted(_latin(name.latin)):
        stem = latin.removeprefix("ostrova ").removeprefix("ostrov ")
        yield stem
        if stem != latin:
            yield from _named_after(stem)


def _named_after(stem: str) -> Iterator[str]:
    """Return the name of whom an islet is called after: Polonskogo is Polonsky's, Anuchina is Anuchin's."""
    if stem.endswith("skogo"):
        yield from (stem.removesuffix("ogo") + ending for ending in ("y", "iy", "ii"))
    elif stem.endswith(("ina", "eva")):
        yield stem.removesuffix("a")


def _stem_of_reading(reading: str) -> str:
    return re.sub("(?:とう|じま|ぐんとう)$", "", reading)


def _katakana(hiragana: str) -> str:
    """Return hiragana as katakana: the blocks of Unicode run in parallel, 96 apart."""
    return "".join(chr(ord(c) + 96) if "ぁ" <= c <= "ゖ" else c for c in hiragana)


def _latin(written: str) -> set[str]:
    found = {written}
    for ending, others in _ENDINGS:
        found |= {form.replace(ending, other) for form in found for other in others}
    return found


@cache
def _morphology() -> MorphAnalyzer:
    # loaded only where a gazetteer is built
    from pymorphy3 import MorphAnalyzer  # noqa: PLC0415

    return MorphAnalyzer()


def _declined(form: str) -> set[str]:
    described, comma, clause = form.partition(",")
    if comma:
        return {f"{one},{clause}" for one in _declined(described)}
    words = form.split(" ")
    parsed = [_as_written(word) for word in words]
    head = next((p for p in parsed if p is not None and p.tag.POS == "NOUN"), None)
    found: set[str] = set()
    for case in _CASES:
        choices = (_in_case(word, parse, head, case) for word, parse in zip(words, parsed, strict=True))
        found |= {" ".join(choice) for choice in product(*choices)}
    return found


@cache
def _as_written(word: str) -> Parse | None:
    """Return the reading in which a word is a nominative; none: it stays as it is."""
    if word.endswith(_SURNAME_LIKE):
        return None
    for parse in _morphology().parse(word):
        if parse.tag.case == "nomn" and parse.tag.POS in {"NOUN", "ADJF", "NUMR"} and "Fixd" not in parse.tag:
            return parse
    return None


@cache
def _in_case(word: str, parse: Parse | None, head: Parse | None, case: str) -> frozenset[str]:
    if parse is None:
        return frozenset({word})
    tag = parse.tag
    if tag.POS == "ADJF" and head is None:
        # an adjective alone stands for all its genders: "кунаширский, -ая, -ое"
        return frozenset(_as_capital(word, f.word) for f in parse.lexeme if f.tag.POS == "ADJF" and f.tag.case == case)
    model = head.tag if head is not None and tag.POS == "ADJF" else tag
    grammemes = {case, *([model.number] if model.number else [])}
    if tag.POS == "ADJF" and model.number == "sing":
        grammemes.add(model.gender)
    inflected = parse.inflect(grammemes)
    # a name in apposition often stays as it is: "на острове Юрий"
    stays = (
        {word}
        if head is not None and parse is not head and word[0].isupper() and head.word == head.normal_form
        else set()
    )
    return frozenset(stays | {_as_capital(word, inflected.word) if inflected else word})


def _as_capital(model: str, word: str) -> str:
    return word[0].upper() + word[1:] if model[0].isupper() else word


def _shortened(form: str) -> Iterator[str]:
    head, _, rest = form.partition(" ")
    for full, shorts in _SHORT_HEADS.items():
        if rest and head in _cases_of(full):
            yield from (f"{short} {rest}" for short in shorts)
            yield from (f"{short}{rest}" for short in shorts if short.endswith("."))


@cache
def _cases_of(word: str) -> frozenset[str]:
    return frozenset({word, *_declined(word)})
