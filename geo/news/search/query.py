"""What a reader types into a search, understood: words, "phrases", OR, -words, beginnings*; and where they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from geo.i18n import tr
from geo.news.normalization import normalize_text
from geo.news.store.terms import Phrase
from geo.news.store.tokens import Token, phrase_of, stems, tokenize

_PART = re.compile(r'(?P<without>-)?(?:"(?P<phrase>[^"]*)"?|(?P<words>[^\s"]+))')
_OR = re.compile(r"\s++OR\s")
_LONGEST = 400


_OPERATORS = ("AND", "OR", "NOT")


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """One part of a query: words of one phrase, or a single word in all its forms; one of a ``group`` has to occur."""

    tokens: tuple[Token, ...]
    phrase: bool = False
    prefix: bool = False
    without: bool = False
    group: int = 0


def parse_query(query: str) -> tuple[QueryTerm, ...]:
    """Split a query into its parts; what holds no word or number is left out.

    All groups have to occur; ``OR`` puts the parts beside it into one group, ``NOT`` is a minus, ``AND`` says nothing.
    """
    parts: list[QueryTerm] = []
    group, is_alternative, is_without = 0, False, False
    for part in _PART.finditer(query[:_LONGEST]):
        if part["words"] in _OPERATORS and part["without"] is None:
            is_alternative, is_without = part["words"] == "OR", part["words"] == "NOT"
            continue
        found = tuple(_terms(part, is_compound=is_alternative or _OR.match(query, part.end()) is not None))
        for term in found:
            group += not (is_alternative and parts)
            parts.append(replace(term, group=group, without=term.without or is_without))
        if found:
            is_alternative, is_without = False, False
    return tuple(parts)


def refusal(query: str) -> str:
    """Return in a sentence why a query cannot be searched; empty when it can."""
    said = query[:_LONGEST].split()
    parts = parse_query(query)
    alternatives = [count for _, count in Counter(part.group for part in parts).items() if count > 1]
    if "OR" in said:
        if said[0] == "OR" or said[-1] == "OR" or not alternatives:
            return tr("OR has to stand between two words.")
        if any(part.without for part in parts for other in parts if other != part and other.group == part.group):
            return tr("A word that is left out cannot be one of the words of an OR.")
        if any(mark in query for mark in "()"):
            return tr("Brackets cannot be searched with OR: a OR b c finds c with a or b.")
    if parts and all(part.without for part in parts):
        return tr("Words that are left out need at least one word that is sought.")
    return ""


def _terms(part: re.Match[str], *, is_compound: bool) -> Iterator[QueryTerm]:
    without = part["without"] is not None
    text = part["phrase"] if part["phrase"] is not None else part["words"]
    found = tuple(tokenize(normalize_text(text)))
    if not found:
        return
    if part["phrase"] is not None:
        yield QueryTerm(found, phrase=True, without=without)
    elif (without or is_compound) and len(found) > 1:
        # -южно-курильск leaves out the word, not its halves
        yield QueryTerm(found, phrase=True, without=without)
    else:
        for number, term in enumerate(found, start=1):
            yield QueryTerm((term,), prefix=text.endswith("*") and number == len(found), without=without)


def phrases_of(query: tuple[QueryTerm, ...]) -> tuple[tuple[tuple[Phrase, ...], ...], tuple[Phrase, ...]]:
    """Return a query as an index is asked: groups of which something has to occur, and what may not occur."""
    groups = groupby((part for part in query if not part.without), key=attrgetter("group"))
    wanted = tuple(tuple(phrase for part in group for phrase in _phrases(part)) for _, group in groups)
    return wanted, tuple(phrase for part in query if part.without for phrase in _phrases(part))


def is_met(query: tuple[QueryTerm, ...], text: str) -> bool:
    """Return whether a text has something of every group that is sought, and nothing that is left out."""
    if any(part.without and highlight_spans((replace(part, without=False),), text) for part in query):
        return False
    groups = groupby((part for part in query if not part.without), key=attrgetter("group"))
    return all(highlight_spans(tuple(group), text) for _, group in groups)


def highlight_spans(query: tuple[QueryTerm, ...], text: str) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a text that a query found, as offsets in characters, in order and without overlaps."""
    normalized = normalize_text(text)
    found = list(tokenize(normalized))
    spans = sorted({span for part in query if not part.without for span in _spans(part, normalized.text, found)})
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(normalized.span(start, end) for start, end in merged)


def _phrases(part: QueryTerm) -> list[Phrase]:
    """Return the phrases of which any is what a part seeks."""
    if part.phrase:
        return [Phrase("forms", tuple(token for term in part.tokens for token in _tokens(term)))]
    [term] = part.tokens
    if term.is_run:
        # a single character begins one of the pairs of any text that has it
        tokens = tuple(phrase_of(term.text))
        return [Phrase("forms", tokens or (term.text,), is_prefix=not tokens)]
    if part.prefix:
        return [Phrase("forms", (term.text,), is_prefix=True)]
    return [Phrase("stems", (stem,)) for stem in sorted(stems(term.text))]


def _tokens(term: Token) -> list[str]:
    if not term.is_run:
        return [term.text]
    return phrase_of(term.text) or [term.text]


def _spans(part: QueryTerm, text: str, found: list[Token]) -> Iterator[tuple[int, int]]:
    if part.phrase:
        between = r"[\W_]*"
        pattern = between.join(re.escape(term.text) for term in part.tokens)
        yield from (match.span() for match in re.finditer(pattern, text))
        return
    [term] = part.tokens
    if term.is_run:
        yield from (match.span() for match in re.finditer(re.escape(term.text), text))
        return
    wanted = stems(term.text)
    for word in found:
        if not word.is_run and (word.text.startswith(term.text) if part.prefix else wanted & stems(word.text)):
            yield word.start, word.end
