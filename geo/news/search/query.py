"""What a reader types into a search, understood: words, "phrases", -words, beginnings*; and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.news.normalization import fold
from geo.news.search.tokens import Term, phrase_of, stems, terms

_PART = re.compile(r'(?P<without>-)?(?:"(?P<phrase>[^"]*)"?|(?P<words>[^\s"]+))')
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Sought:
    """One part of a query: words of one phrase, or a single word in all its forms."""

    terms: tuple[Term, ...]
    phrase: bool = False
    prefix: bool = False
    without: bool = False


def understood(query: str) -> tuple[Sought, ...]:
    """Split a query into its parts; what holds no word or number is left out."""
    return tuple(_parts(query[:_LONGEST]))


def _parts(query: str) -> Iterator[Sought]:
    for part in _PART.finditer(query):
        without = part["without"] is not None
        text = part["phrase"] if part["phrase"] is not None else part["words"]
        found = tuple(terms(fold(text)))
        if not found:
            continue
        if part["phrase"] is not None:
            yield Sought(found, phrase=True, without=without)
        elif without and len(found) > 1:
            # -южно-курильск leaves out the word, not its halves
            yield Sought(found, phrase=True, without=True)
        else:
            for number, term in enumerate(found, start=1):
                yield Sought((term,), prefix=text.endswith("*") and number == len(found), without=without)


def expression(query: tuple[Sought, ...]) -> str:
    """Write a query as FTS5 wants it; empty when nothing is sought."""
    wanted = [_sought(part) for part in query if not part.without]
    unwanted = [_sought(part) for part in query if part.without]
    if not wanted:
        return ""
    return " AND ".join(wanted) + "".join(f" NOT {part}" for part in unwanted)


def marks(query: tuple[Sought, ...], text: str) -> tuple[tuple[int, int], ...]:
    """Give the stretches of a text that a query found, as offsets in characters, in order and without overlaps."""
    folded = fold(text)
    found = list(terms(folded))
    spans = sorted({span for part in query if not part.without for span in _spans(part, folded.text, found)})
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(folded.span(start, end) for start, end in merged)


def _sought(part: Sought) -> str:
    if part.phrase:
        tokens = [token for term in part.terms for token in _tokens(term)]
        return f"forms : {_quoted(' '.join(tokens))}"
    [term] = part.terms
    if term.is_run:
        tokens = phrase_of(term.text)
        # a single character begins one of the pairs of any text that has it
        return f"forms : {_quoted(' '.join(tokens)) if tokens else _quoted(term.text) + ' *'}"
    if part.prefix:
        return f"forms : {_quoted(term.text)} *"
    return f"stems : ({' OR '.join(_quoted(stem) for stem in sorted(stems(term.text)))})"


def _tokens(term: Term) -> list[str]:
    if not term.is_run:
        return [term.text]
    return phrase_of(term.text) or [term.text]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _spans(part: Sought, text: str, found: list[Term]) -> Iterator[tuple[int, int]]:
    if part.phrase:
        between = r"[\W_]*"
        pattern = between.join(re.escape(term.text) for term in part.terms)
        yield from (match.span() for match in re.finditer(pattern, text))
        return
    [term] = part.terms
    if term.is_run:
        yield from (match.span() for match in re.finditer(re.escape(term.text), text))
        return
    wanted = stems(term.text)
    for word in found:
        if not word.is_run and (word.text.startswith(term.text) if part.prefix else wanted & stems(word.text)):
            yield word.start, word.end
