"""What stands around a form in a text: the evidence on which it is a mention or not."""

from __future__ import annotations

import re
from dataclasses import dataclass

# names that lean on a landscape as well as on an island: "Подъём на Тятю", "紗那の郵便局"
LANDSCAPES = re.compile("тят|чирип|紗那|別飛|散布山")
# how far words before and after a form are looked at
_REACH = 80


@dataclass(frozen=True, slots=True)
class Spot:
    """One place in a folded text where a form stands.

    ``written`` is the form as the article has it and ``tail`` what follows it, capitals and all; ``sentence`` and
    ``nearby`` (the sentence with its neighbours) are folded; ``opens`` tells whether the form begins its sentence.
    """

    text: str
    start: int
    end: int
    written: str
    tail: str
    sentence: str
    nearby: str
    opens: bool

    @property
    def form(self) -> str:
        """The form as found."""
        return self.text[self.start : self.end]

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


def words(listed: str) -> str:
    """Write an alternation for a pattern from stems with commas between."""
    return "(?:" + "|".join(re.split(r",\s+", listed.strip())) + ")"


def any_of(listed: str) -> re.Pattern[str]:
    """Compile a search for any of some stems with commas between."""
    return re.compile(words(listed))
