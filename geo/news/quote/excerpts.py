"""Quotations on each island: at most two sentences about a mention, word for word, and few of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from geo.i18n import tr
from geo.model.fields import ISLANDS, IslandId
from geo.model.press import Excerpt
from geo.news.find.mentions import Finder, Mention
from geo.news.languages import Language, language_of
from geo.news.model import Article
from geo.news.quote.cut import fitted
from geo.news.sentences import Sentences, Span

LONGEST: dict[Language, int] = {"en": 300, "ru": 300, "ja": 150}
MOST_AN_ISLAND = 5
# one part of this many of a text may be quoted, but always one sentence; a text no longer than a passage, all of it
QUOTED_PART = 4
# groups of two or three of the islands
_SOME_ISLANDS = re.compile(
    "lesser|small|little|minor|malaya|district|region|мал[ыоа]|район|округ|小|2島|二島|地区|管区|行政区|マーラヤ"
)
# a sentence shorter than this share of the longest passage is quoted with its neighbour
_SHORT = 4
# mentions of one island beyond this cannot add a passage worth choosing
_ENOUGH = 100


@dataclass(slots=True)
class _Passage:
    """A stretch of the text, its wider form with a neighbouring sentence, and the islands it speaks of."""

    span: Span
    wide: Span
    said: dict[IslandId, Mention] = field(default_factory=dict)

    def add(self, mention: Mention) -> None:
        """Keep the first mention of an island, a name before a group."""
        for island in mention.islands:
            known = self.said.get(island)
            if known is None or (known.kind == "group" and mention.kind == "named"):
                self.said[island] = mention


def excerpts_of(article: Article, finder: Finder) -> tuple[Excerpt, ...]:
    """Quote what an article says of each island.

    Returns
    -------
    tuple
        One excerpt a passage and island, in the order of the text and of the islands. An island both named and
        spoken of in a group by one passage is named by it.
    """
    # half a character, as broken encodings leave it, cannot be written to any file
    text = article.text.encode("utf-8", "replace").decode()
    if not finder.may_mention(text):
        return ()
    language: Language = article.language or language_of(text)  # type: ignore[assignment]
    sentences = Sentences(text, language)
    passages = _passages(finder.mentions(text, sentences), text, sentences, LONGEST[language])
    chosen = _chosen(passages, len(text) if len(text) <= LONGEST[language] else len(text) // QUOTED_PART)
    return tuple(
        _excerpt(article.article_id, island, passage, text, language)
        for passage in sorted(chosen, key=lambda p: p.span)
        for island in ISLANDS
        if island in passage.said
    )


def reason(excerpt: Excerpt) -> str:
    """Return why an excerpt stands with an island."""
    if excerpt.kind == "named":
        return tr("names {words}", words=excerpt.matched)
    if _SOME_ISLANDS.search(excerpt.matched.lower()):
        return tr("speaks of a group of islands it belongs to: {words}", words=excerpt.matched)
    return tr("speaks of the four islands: {words}", words=excerpt.matched)


def _passages(mentions: list[Mention], text: str, sentences: Sentences, longest: int) -> list[_Passage]:
    found: list[_Passage] = []
    seen: dict[IslandId, int] = dict.fromkeys(ISLANDS, 0)
    for mention in mentions:
        if all(seen[island] >= _ENOUGH for island in mention.islands):
            continue
        for island in mention.islands:
            seen[island] += 1
        if not (found and found[-1].span[0] <= mention.start and mention.end <= found[-1].span[1]):
            found.append(_about(mention, text, sentences, longest))
        found[-1].add(mention)
    return found


def _about(mention: Mention, text: str, sentences: Sentences, longest: int) -> _Passage:
    spans, index = sentences.around(mention.start)
    start, end = spans[index]
    # a mention may run over what looked like the end of a sentence
    sentence = (start, max(end, mention.end))
    span = fitted(text, sentence, (mention.start, mention.end), longest)
    if span[1] - span[0] >= longest // _SHORT:
        return _Passage(span, span)
    neighbours = [(span[0], s[1]) for s in spans[index + 1 : index + 2]]
    neighbours += [(s[0], span[1]) for s in spans[max(0, index - 1) : index]]
    return _Passage(span, next((n for n in neighbours if n[1] - n[0] <= longest), span))


def _chosen(passages: list[_Passage], allowed: int) -> list[_Passage]:
    chosen: list[_Passage] = []
    for passage in _by_worth(passages):
        if any(_overlap(passage.span, other.span) for other in chosen):
            continue
        full = {i for i in ISLANDS if sum(i in c.said for c in chosen) >= MOST_AN_ISLAND}
        passage.said = {i: m for i, m in passage.said.items() if i not in full}
        room = allowed - sum(c.span[1] - c.span[0] for c in chosen)
        if not passage.said or (chosen and passage.span[1] - passage.span[0] > room):
            continue
        wide = passage.wide
        if wide[1] - wide[0] <= room and not any(_overlap(wide, c.span) for c in chosen):
            passage.span = wide
            for other in passages:
                if other is not passage and wide[0] <= other.span[0] and other.span[1] <= wide[1]:
                    for mention in other.said.values():
                        passage.add(mention)
        chosen.append(passage)
    return chosen


def _by_worth(passages: list[_Passage]) -> Iterator[_Passage]:
    """Return first what brings in islands not quoted yet, by name rather than in a group; then the rest in order."""
    left, quoted = list(passages), set[IslandId]()
    while left:
        best = max(left, key=lambda p: _worth(p, quoted))
        if not any(_worth(best, quoted)):
            break
        quoted |= {i for i, m in best.said.items() if m.kind == "named"}
        left.remove(best)
        yield best
    yield from left


def _worth(passage: _Passage, quoted: set[IslandId]) -> tuple[int, int]:
    fresh = [m for i, m in passage.said.items() if i not in quoted]
    return sum(m.kind == "named" for m in fresh), len(fresh) if not quoted else 0


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _excerpt(article: str, island: IslandId, passage: _Passage, text: str, language: Language) -> Excerpt:
    start, end = passage.span
    mention = passage.said[island]
    return Excerpt(
        article=article,
        island=island,
        kind=mention.kind,
        quote=text[start:end],
        start=mention.start - start,
        end=mention.end - start,
        matched=text[mention.start : mention.end],
        language=language,
    )
