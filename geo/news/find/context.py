"""Candidates: what stands around a surface form in a text, the evidence on which it is a mention or not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.news.find.gazetteer import SurfaceForm

# names that lean on a landscape as well as on an island: "Подъём на Тятю", "紗那の郵便局"
LANDSCAPES = re.compile("тят|чирип|紗那|別飛|散布山")
# the larger islands of the chain that nobody disputes, and the four: a district or a group is not ours where the first
# alone are spoken of
OTHER_KURILS = re.compile(
    r"\b(?:urup|simushir|ketoi|matua|onekotan|paramushir|shumshu|atlasov)\b"
    r"|\b(?:уруп|симушир|кетой|матуа|онекотан|парамушир|шумшу)|得撫|ウルップ|新知|占守|幌筵"
)
OUR_ISLANDS = re.compile(
    "iturup|etorofu|kunashir|shikotan|habomai|итуруп|эторофу|кунашир|шикотан|хабома|択捉|国後|色丹|歯舞|エトロフ|クナシリ"
)
# words of every day and first names: none is an islet without words of place, or a list with names that are none
ORDINARY = re.compile(
    "yur|zel|signal|rifov|storoz|oskol|d[ey]?[io]?omin|demin|юри|зелен|сигнал|рифов|сторож|осколк|демин|todo|odoke"
    "|水晶|貝殻|海馬|ユリ|トド|オドケ|カイガラ|スイショウ"
)
# whom the islets with Russian names are called after: persons are called so too
PERSONAL = re.compile("yur|polons|tanf|anuchin|d[ey]?[io]?omin|demin|юри|полонск|танфил|анучин|демин")
# how far words before and after a form are looked at
_REACH = 80


@dataclass(frozen=True, slots=True)
class Candidate:
    """A gazetteer match in normalized text, with the context that the language rules inspect.

    Parameters
    ----------
    entry
        The surface form that was matched.
    text
        The whole normalized text.
    start, end
        Offsets of the match in ``text``.
    written
        The match as the article has it, capitals and all.
    lead, tail
        What stands before and after it in the article.
    sentence, nearby
        Its sentence, and that sentence with its neighbours, normalized.
    opens
        Whether the match begins its sentence.
    """

    entry: SurfaceForm
    text: str
    start: int
    end: int
    written: str
    lead: str
    tail: str
    sentence: str
    nearby: str
    opens: bool

    @property
    def form(self) -> str:
        """The form that was found; a hyphen that the end of a line left in it is left out."""
        return self.entry.form

    @property
    def before(self) -> str:
        """What stands before the form."""
        return self.text[max(0, self.start - _REACH) : self.start]

    @property
    def after(self) -> str:
        """What stands after the form."""
        return self.text[self.end : self.end + _REACH]

    @property
    def quoted(self) -> bool:
        """Whether the form alone stands in quotation marks."""
        pair = self.text[max(0, self.start - 1) : self.start] + self.text[self.end : self.end + 1]
        return pair in {'""', "''", "「」", "『』", "“”"}


def alternation(listed: str) -> str:
    """Return an alternation for a pattern, of stems with commas between."""
    return "(?:" + "|".join(re.split(r",\s+", listed.strip())) + ")"


def any_of(listed: str) -> re.Pattern[str]:
    """Return a pattern that finds any of some stems with commas between."""
    return re.compile(alternation(listed))
