"""Whose a sentence says the islands are: statements of position, which are quoted first, one for each side."""

from __future__ import annotations

import re
from typing import Literal

# a speaker's "our country" is a side of its own: who speaks may stand far away
Holder = Literal["jp", "ru", "speaker"]

_EN: dict[Holder, tuple[str, str]] = {
    # the state by its names, and as an adjective or in the genitive
    "jp": ("japan|tokyo", "japan['’]s|japanese|tokyo['’]s"),
    "ru": ("russia|the russian federation|moscow|the soviet union", "russia['’]s|russian|moscow['’]s|soviet"),
    "speaker": ("our (?:country|nation|state)|us", "our (?:country['’]s |nation['’]s )?"),
}
_RU: dict[Holder, tuple[str, str]] = {
    "jp": ("япони[яиюей]{1,2}|токио", "японск[а-яё]{2,3}"),
    "ru": ("росси[яиюей]{1,2}|российской федерации|рф|москв[аыуе]", "российск[а-яё]{2,3}"),
    "speaker": ("наше(?:й|го) (?:страны|стране|государства)|нам", "наш[а-яё]{0,3}"),
}
_JA: dict[Holder, str] = {"jp": "日本", "ru": "ロシア", "speaker": "我が国|わが国|我々|われわれ"}
# one side's word for how the other holds them is a statement of the first; it stands here to be recognised
_OCCUPATION = (
    "(?:illegal|unlawful)(?:ly)? occup|незаконн[а-яё]{1,3} оккуп"
    "|(?:不法に?|法的根拠(?:なく|のないまま|のない形で))占[拠領]"
)


def holders(text: str) -> frozenset[Holder]:
    """Return to whom a quotation says that the islands belong."""
    return frozenset(holder for holder, pattern in _PATTERNS.items() if pattern.search(text))


def _pattern(holder: Holder) -> re.Pattern[str]:
    (state_en, of_en), (state_ru, of_ru), state_ja = _EN[holder], _RU[holder], _JA[holder]
    forms = (
        # Russia's sovereignty, Japanese territory, our inherent territory
        rf"\b(?:{of_en}) ?(?:\w{{1,12}} ){{0,2}}(?:sovereignty|territory|soil|lands?\b)",
        rf"\b(?:sovereignty|territory|part|possession) of (?:{state_en})\b",
        rf"\bbelong(?:s|ed|ing)? to (?:{state_en})\b",
        rf"\b(?:{state_en}) (?:\w{{1,12}} ){{0,3}}?claim",
        rf"\b(?:{of_ru}) (?:\w{{1,16}} )?(?:суверенитет|территори|земл)",
        rf"\b(?:суверенитет|част|территори|владени)\w{{0,4}} (?:{state_ru})\b",
        rf"\bпринадлеж\w{{1,6}} (?:{state_ru})\b",
        rf"\b(?:{state_ru}) (?:\w{{1,12}} ){{0,3}}?(?:претенду|счита)",
        rf"(?:{state_ja})(?:の|に|が|は|固有|不可分|本来|、){{1,4}}(?:領土|主権|領有|帰属)",
        rf"(?:{state_ja})[はが][^。]{{0,40}}(?:返還を求|領有権を主張|主権を主張|領土と主張|領土だと|領土であると)",
    )
    return re.compile("|".join([*forms, _OCCUPATION] if holder == "jp" else forms), re.IGNORECASE)


_PATTERNS: dict[Holder, re.Pattern[str]] = {holder: _pattern(holder) for holder in ("jp", "ru", "speaker")}
