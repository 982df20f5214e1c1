"""Stretches of a text that may be quoted: a sentence about a mention, with the one beside it where that is needed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from geo.model.fields import ISLANDS, IslandId
from geo.news.find.mentions import Mention
from geo.news.quote.cut import fitted
from geo.news.quote.form import Quality, is_fragment, leans_back, unmatched
from geo.news.quote.statements import Holder, holders
from geo.news.sentences import Sentences, Span

# a sentence shorter than this share of the longest passage is quoted with its neighbour
_SHORT = 4
# mentions of one island beyond this cannot add a passage worth choosing
_ENOUGH = 100


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text, by offsets in it, that says something of islands.

    Parameters
    ----------
    sentence
        The sentence of the mention that it was made for.
    wide
        The same with a neighbouring sentence when it is a short one, else the same.
    cut_start, cut_end
        Whether its first sentence begins before it, and whether its last one goes on.
    said
        The mention that puts it on each of its islands: the first, a name before a group.
    holders
        Whose the islands are, as it says.
    """

    span: Span
    wide: Span
    sentence: Span
    mention: Mention
    said: Mapping[IslandId, Mention]
    quality: Quality
    holders: frozenset[Holder]
    cut_start: bool
    cut_end: bool

    @property
    def length(self) -> int:
        """Its characters."""
        return self.span[1] - self.span[0]

    def without(self, islands: Collection[IslandId]) -> Passage:
        """Return the same, nothing of it being said of some islands."""
        return replace(self, said={i: mention for i, mention in self.said.items() if i not in islands})


class Passages:
    """The passages of one text and the means to make others of it."""

    def __init__(self, text: str, sentences: Sentences, mentions: Sequence[Mention], longest: int) -> None:
        self._text = text
        self._sentences = sentences
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]
        self._longest = longest

    def all(self) -> Iterator[Passage]:
        """Return a passage for each sentence that has a mention, in the order of the text."""
        seen: dict[IslandId, int] = dict.fromkeys(ISLANDS, 0)
        reach = -1
        for mention in self._mentions:
            if all(seen[island] >= _ENOUGH for island in mention.islands):
                continue
            for island in mention.islands:
                seen[island] += 1
            # what stands in the passage before is said by it
            if mention.end > reach:
                passage = self._about(mention)
                reach = passage.span[1]
                yield passage

    def widened(self, passage: Passage) -> Passage:
        """Return a passage with its neighbouring sentence."""
        return self._passage(passage.wide, passage.sentence, passage.mention)

    def trimmed(self, passage: Passage, taken: Sequence[Span]) -> Passage | None:
        """Return what is left of a passage beside what is quoted already; none when its mention is quoted."""
        low, high = passage.sentence
        for start, end in taken:
            if start < passage.mention.end and passage.mention.start < end:
                return None
            low, high = (max(low, end), high) if end <= passage.mention.start else (low, min(high, start))
        part = self._text[low:high]
        left = (low + len(part) - len(part.lstrip()), low + len(part.rstrip()))
        span = fitted(self._text, left, (passage.mention.start, passage.mention.end), self._longest)
        return self._passage(span, passage.sentence, passage.mention)

    def _about(self, mention: Mention) -> Passage:
        spans, index = self._sentences_around(mention)
        # a mention may run over what looked like the end of a sentence
        sentence = spans[index] = (spans[index][0], max(spans[index][1], mention.end))
        span = fitted(self._text, sentence, (mention.start, mention.end), self._longest)
        alone = self._passage(span, sentence, mention)
        before, after = spans[max(0, index - 1)], spans[min(len(spans) - 1, index + 1)]
        with_before, with_after = (before[0], sentence[1]), (sentence[0], after[1])
        if alone.quality is Quality.LEANING and self._fits(with_before):
            return self._passage(with_before, sentence, mention)
        if alone.quality is Quality.WHOLE and alone.length < self._longest // _SHORT:
            wide = next((s for s in (with_after, with_before) if s != span and self._fits(s)), span)
            return replace(alone, wide=wide)
        return alone

    def _sentences_around(self, mention: Mention) -> tuple[list[Span], int]:
        spans, index = self._sentences.around(mention.start)
        start, end = spans[index]
        if end - start > self._longest:
            # one sentence to the outside: a quotation of several
            inner = self._sentences.within((start, end))
            here = max((i for i, span in enumerate(inner) if span[0] <= mention.start), default=0)
            return [*spans[:index], *inner, *spans[index + 1 :]], index + here
        return list(spans), index

    def _fits(self, span: Span) -> bool:
        return span[1] - span[0] <= self._longest

    def _passage(self, span: Span, sentence: Span, mention: Mention) -> Passage:
        quote = self._text[slice(*span)]
        # what goes along with a sentence ends before it, or begins after it
        is_closed, is_open = unmatched(quote)
        cut_start = sentence[0] < span[0] <= mention.start or is_closed
        cut_end = span[1] < sentence[1] or is_open
        if is_fragment(self._text[slice(*sentence)]):
            quality = Quality.FRAGMENT
        elif cut_start or cut_end:
            quality = Quality.CUT
        else:
            quality = Quality.LEANING if leans_back(quote) else Quality.WHOLE
        said = self._said(span)
        return Passage(span, span, sentence, mention, said, quality, holders(quote), cut_start, cut_end)

    def _said(self, span: Span) -> dict[IslandId, Mention]:
        said: dict[IslandId, Mention] = {}
        for mention in self._mentions[bisect_left(self._starts, span[0]) :]:
            if mention.start >= span[1]:
                break
            for island in mention.islands if mention.end <= span[1] else ():
                known = said.get(island)
                if known is None or (known.kind == "group" and mention.kind == "named"):
                    said[island] = mention
        return said
