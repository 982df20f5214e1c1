"""Takes what agencies put before a text - a date, an account, a place with date and agency - off it, and reads it."""

from __future__ import annotations

import re
from typing import NamedTuple

from geo.news.normalize.dates import iso_date

_HEAD_CHARACTERS = 400
# date, account, place and agency, each perhaps twice
_MOST_PARTS = 8
# possessive: what one part has taken no other takes again, or a rule of dashes would never end
_PLACE = r"[A-ZА-ЯЁ][\w.'’-]*+(?:[ /,]++[\w.'’-]++){0,4}"
_DASH = r"(?:--?|[–—-])"
_MONTH = (
    r"(?:[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Mm]ay|[Jj]un|[Jj]ul|[Aa]ug|[Ss]ep|[Oo]ct|[Nn]ov|[Dd]ec"
    r"|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[^\W\d_]*\.?"
)
_DAY = rf"(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH})(?:,?\s+\d{{4}})?"
_NAME = r"[A-ZА-ЯЁ]\w*(?: [A-ZА-ЯЁ]\w*){0,3}"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # date 2025-12-01; Published: 1 December 2025 on a line of its own
        r"(?i:date|published|updated)(?:\s*+:)?+\s++(?P<date>\d{4}-\d{2}-\d{2})(?:T[\d:.+Z-]+)?",
        rf"(?i:date|published|updated)(?:\s*+:)?+\s++(?P<date>{_DAY})\s*(?=\n)",
        # the account that posted it
        r"\(@\w{1,40}\)",
        # TOKYO, December 1. /TASS/.
        rf"{_PLACE},\s*{_DAY}\.?\s*/(?P<agency>[^/\n]{{2,40}})/\.?",
        # TOKYO (UrduPoint News / Sputnik - 27th April, 2021)
        rf"{_PLACE}\s*\((?P<agency>[^()\n]{{2,80}}?)\s+{_DASH}\s+(?P<date>{_DAY})\)",
        # TOKYO, Dec 1 (Reuters) -
        rf"{_PLACE},\s*{_DAY}\s*\((?P<agency>[^()\n]{{2,60}})\)\s*{_DASH}",
        # NEMURO, Japan (AP) -
        rf"[A-ZА-ЯЁ][A-ZА-ЯЁ.'’ -]{{2,40}}(?:,\s*+[\w. ]{{2,30}}+)?+\s*+\((?P<agency>[^()\n]{{2,60}})\)\s*{_DASH}",
        # МОСКВА, 1 дек - РИА Новости.
        rf"{_PLACE},\s*{_DAY}\s*{_DASH}\s*(?P<agency>{_NAME})(?:, {_NAME})?\.",
        # ЮЖНО-САХАЛИНСК, 1 декабря, SakhalinMedia.
        rf"[A-ZА-ЯЁ][A-ZА-ЯЁ -]{{3,40}},\s*{_DAY},\s*(?P<agency>{_NAME})\.",
        # 【根室共同】 and 【モスクワ=山田太郎】: place and agency or writer
        r"【[^】\n]{0,12}(?P<agency>共同|時事|ロイター|AFP時事|タス)】",
        r"【[^】\n]{2,6}[=＝・][^】\n]{2,12}】",
        r"\[[^\]\n]{2,20}\s(?P<agency>共同|ロイター|時事)\]\s*[-－—]?",
    )
)


class Dateline(NamedTuple):
    """A text without what stood before it, and what that said; empty where it said nothing."""

    text: str
    date: str = ""
    agency: str = ""


def strip_dateline(text: str) -> Dateline:
    """Return a text without the date, account and dateline at its start, and what they say."""
    date = agency = ""
    text = text.lstrip()
    for _ in range(_MOST_PARTS):
        found = _first_match(text[:_HEAD_CHARACTERS])
        if not found:
            break
        groups = found.groupdict()
        date = date or iso_date(groups.get("date") or "")
        agency = agency or (groups.get("agency") or "").strip()
        text = text[found.end() :].lstrip()
    return Dateline(text, date, agency)


def _first_match(head: str) -> re.Match[str] | None:
    return next((found for pattern in _PATTERNS if (found := pattern.match(head))), None)
