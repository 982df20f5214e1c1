"""Which passages are quoted: both sides' statements, what every island needs, then more as there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.model.fields import ISLANDS, IslandId
from geo.news.find.gazetteer import Kind
from geo.news.quote.form import Quality
from geo.news.quote.passages import Passage, Passages
from geo.news.sentences import Span

MOST_AN_ISLAND = 5


class Choice:
    """The passages chosen of one text, and how many characters of it may still be quoted."""

    def __init__(self, passages: Passages, allowed: int) -> None:
        self.chosen: list[Passage] = []
        self._passages = passages
        self._all = list(passages.all())
        self._room = allowed

    def make(self) -> list[Passage]:
        """Return the passages to quote, in the order of the text.

        First a statement of each side, then for every island the best passage that names it (where none does: that
        speaks of it in a group), even where there is no room left, then others that read well, as room allows.
        """
        for holder in dict.fromkeys(h for passage in self._all for h in sorted(passage.holders)):
            if all(holder not in passage.holders for passage in self.chosen):
                self._take_first(self._by_worth(p for p in self._all if holder in p.holders))
        while needs := self._needs():
            meeting = [p for p in self._all if _met(p, needs)]
            ranked = sorted(meeting, key=lambda p: (p.quality, -_met(p, needs), not self._fits(p), p.span))
            if not any(self._take(p, needs=needs) for p in ranked):
                break
        for passage in sorted(self._all, key=lambda p: (p.quality, p.span)):
            if passage.quality < Quality.FRAGMENT and self._fits(passage):
                self._take(passage)
        return sorted(self.chosen, key=lambda p: p.span)

    def _by_worth(self, passages: Iterator[Passage]) -> list[Passage]:
        needs = self._needs()
        return sorted(passages, key=lambda p: (p.quality, -_met(p, needs), p.span))

    def _take_first(self, statements: Sequence[Passage]) -> None:
        for passage in statements:
            if passage.quality <= Quality.LEANING and (self._fits(passage) or not self.chosen) and self._take(passage):
                return

    def _needs(self) -> dict[IslandId, Kind]:
        """Return how each island is to be quoted that the text speaks of and no chosen passage quotes so."""
        needs: dict[IslandId, Kind] = {}
        for island in ISLANDS:
            kinds: set[Kind] = {p.said[island].kind for p in self._all if island in p.said}
            quoted = {p.said[island].kind for p in self.chosen if island in p.said}
            for kind in ("named", "group"):
                if kind in kinds:
                    if not quoted & {kind, "named"}:
                        needs[island] = kind
                    break
        return needs

    def _fits(self, passage: Passage) -> bool:
        return passage.length <= self._room

    def _take(self, passage: Passage, needs: dict[IslandId, Kind] | None = None) -> bool:
        """Choose a passage, or what of it is not quoted yet; false when that is nothing of use."""
        taken = [chosen.span for chosen in self.chosen]
        if any(_overlap(passage.span, span) for span in taken):
            rest = self._passages.trimmed(passage, taken) if needs else None
            if rest is None or not _met(rest, needs or {}):
                return False
            passage = rest
        full = {i for i in ISLANDS if sum(i in c.said for c in self.chosen) >= MOST_AN_ISLAND}
        if not set(passage.said) - full:
            return False
        wide = self._passages.widened(passage)
        if self._fits(wide) and not any(_overlap(wide.span, span) for span in taken):
            passage = wide
        self.chosen.append(passage.without(full))
        self._room -= passage.length
        return True


def _met(passage: Passage, needs: dict[IslandId, Kind]) -> int:
    """Return how many needs a passage meets."""
    return sum(i in passage.said and passage.said[i].kind == kind for i, kind in needs.items())


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
