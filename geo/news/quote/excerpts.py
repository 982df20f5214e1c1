"""Quotations on each island: at most two sentences about a mention, word for word, and few of them."""

from __future__ import annotations

from geo.model.fields import ISLANDS, IslandId
from geo.model.press import Excerpt
from geo.news.find.mentions import Finder
from geo.news.languages import Language, language_of
from geo.news.model import Article
from geo.news.quote.choice import Choice
from geo.news.quote.passages import Passage, Passages
from geo.news.sentences import Sentences

LONGEST: dict[Language, int] = {"en": 300, "ru": 300, "ja": 150}
# one part of this many of a text may be quoted; a text no longer than a passage, all of it
QUOTED_PART = 4


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
    longest = LONGEST[language]
    sentences = Sentences(text, language)
    passages = Passages(text, sentences, finder.mentions(text, sentences), longest)
    chosen = Choice(passages, len(text) if len(text) <= longest else len(text) // QUOTED_PART).make()
    return tuple(
        _excerpt(article, island, passage, text, language)
        for passage in chosen
        for island in ISLANDS
        if island in passage.said
    )


def _excerpt(article: Article, island: IslandId, passage: Passage, text: str, language: Language) -> Excerpt:
    start, end = passage.span
    mention = passage.said[island]
    return Excerpt(
        article=article.article_id,
        island=island,
        kind=mention.kind,
        quote=text[start:end],
        start=mention.start - start,
        end=mention.end - start,
        matched=text[mention.start : mention.end],
        language=language,
        cut_start=passage.cut_start,
        cut_end=passage.cut_end,
        repaired=bool(article.text_as_read) and text[start:end] not in article.text_as_read,
    )
