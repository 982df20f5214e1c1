"""How a stretch of text reads on its own: whole, leaning on the sentence before, cut, or as no sentence."""

from __future__ import annotations

import re
from enum import IntEnum

_OPENING = "\"'“”‘’«„([（「『【 "
_CLOSING = "\"'“”‘’»)]）」』】 "
_TERMINAL = (".", "!", "?", "…", "。", "！", "？", "．")
# a quoted sentence in Japanese ends with its bracket
_QUOTED_END = ("」", "』")
_PAIRS = {")": "(", "]": "[", "）": "（", "」": "「", "』": "『"}
# entries of menus and of lists of references
_LISTED = re.compile(
    r"^\W{0,3}[-*•·・■●◆▲▼▪►#^↑|]\s|https?://|\bretrieved\b|\barchived (?:from|on)\b|дата обращения|閲覧[)）]?。?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_MENU_WORDS = 3
_CONNECTIVES_EN = (
    "however|but|and|yet|or|nor|so|then|thus|therefore|hence|instead|nevertheless|nonetheless|moreover|furthermore"
    "|besides|meanwhile|also|still|in (?:response|addition|return|turn|contrast)|as a result|on the other hand"
    "|the (?:former|latter|same)"
)
_CONNECTIVES_RU = (
    "однако|но|а|и|зато|поэтому|тем не менее|при этом|кроме того|вместе с тем|также|затем|потом|тогда|впрочем|там|здесь"
)
# pronouns and demonstratives: of whom or of what they speak stands before
_PRONOUNS_EN = "he|she|it|they|him|her|them|his|its|their|this|that|these|those|such"
_PRONOUNS_RU = (
    "он|она|оно|они|его|ее|её|их|ему|ей|им|нем|нём|ней|них|ним|ними|это|этот|эта|эти|этого|этой|этому|этом|этим|этих"
    "|эту|такой|такая|такое|такие|того|тому|том"
)
_PREPOSITIONS_EN = "in|on|at|of|for|after|before|with|to|by|from|under|despite"
_PREPOSITIONS_RU = "в|во|на|о|об|по|с|со|из|к|ко|за|для|при|после|до|от|у|под|над|через"
_LEANS_CASED = re.compile(
    rf"(?:(?:{_CONNECTIVES_EN}|{_CONNECTIVES_RU})|(?:(?:{_PREPOSITIONS_EN}) )?(?:{_PRONOUNS_EN})"
    rf"|(?:(?:{_PREPOSITIONS_RU}) )?(?:{_PRONOUNS_RU}))(?!\w)",
    re.IGNORECASE,
)
_LEANS_JA = re.compile(
    "しかし|だが|ところが|一方|また|さらに|そして|それ|その|これ|この|こう|そう|ここ|そこ|あの|彼|両(?:国|者|島|政府|首脳)"
    "|ただ|なお|したがって|従って|でも|けれど|だから|つまり|すなわち"
    "|同(?:島|国|氏|省|紙|社|相|庁|市|町|村|地|日|年|月|会|党|船|機|隊|法|案|文書|宣言|条約|声明|地域|地区|諸島|列島|海域)"
    "(?=[はがのをにでもと、])"
)


class Quality(IntEnum):
    """How well a stretch of text reads as a quotation, the best first."""

    WHOLE = 0
    LEANING = 1
    CUT = 2
    FRAGMENT = 3


def leans_back(sentence: str) -> bool:
    """Return whether a sentence begins with a word that needs the one before: "However", "He", «Этот», 同島."""
    bare = sentence.lstrip(_OPENING)
    return bool(_LEANS_CASED.match(bare) or _LEANS_JA.match(bare))


def is_fragment(sentence: str) -> bool:
    """Return whether words are no sentence: a headline, a caption, a menu, an entry of a list of references."""
    bare = sentence.rstrip(_CLOSING)
    is_ended = bare.endswith(_TERMINAL) or sentence.endswith(_QUOTED_END)
    return not is_ended or _begins_small(sentence) or bool(_LISTED.search(sentence)) or _is_menu(sentence)


def unmatched(sentence: str) -> tuple[bool, bool]:
    """Return whether a bracket closes that was not opened, and whether one opens that is not closed."""
    opened: list[str] = []
    closed = False
    for character in sentence:
        if character in _PAIRS.values():
            opened.append(character)
        elif character in _PAIRS:
            if opened and opened[-1] == _PAIRS[character]:
                opened.pop()
            else:
                closed = True
    return closed, bool(opened)


def _begins_small(sentence: str) -> bool:
    bare = sentence.lstrip(_OPENING)
    return bare[:1].islower()


def _is_menu(sentence: str) -> bool:
    """Return whether several words stand there and each begins with a capital: a menu, a list of towns."""
    words = _WORD.findall(sentence)
    return len(words) >= _MENU_WORDS and all(word[0].isupper() for word in words)
