"""What a reader types into a search, understood: words, "phrases", -words, beginnings*; and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.news.normalization import normalize_text
from geo.news.store.tokens import Token, phrase_of, stems, tokenize

_PART = re.compile(r'(?P<without>-)?(?:"(?P<phrase>[^"]*)"?|(?P<words>[^\s"]+))')
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """One part of a query: words of one phrase, or a single word in all its forms."""

    tokenize: tuple[Token, ...]
    phrase: bool = False
    prefix: bool = False
    without: bool = False


def parse_query(query: str) -> tuple[QueryTerm, ...]:
    """Split a query into its parts; what holds no word or number is left out."""
    return tuple(_parts(query[:_LONGEST]))


def _parts(query: str) -> Iterator[QueryTerm]:
    for part in _PART.finditer(query):
        without = part["without"] is not None
        text = part["phrase"] if part["phrase"] is not None else part["words"]
        found = tuple(tokenize(normalize_text(text)))
        if not found:
            continue
        if part["phrase"] is not None:
            yield QueryTerm(found, phrase=True, without=without)
        elif without and len(found) > 1:
            # -южно-курильск leaves out the word, not its halves
            yield QueryTerm(found, phrase=True, without=True)
        else:
            for number, term in enumerate(found, start=1):
                yield QueryTerm((term,), prefix=text.endswith("*") and number == len(found), without=without)


def to_fts5(query: tuple[QueryTerm, ...]) -> str:
    """Write a query as FTS5 wants it; empty when nothing is sought."""
    wanted = [_sought(part) for part in query if not part.without]
    unwanted = [_sought(part) for part in query if part.without]
    if not wanted:
        return ""
    return " AND ".join(wanted) + "".join(f" NOT {part}" for part in unwanted)


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


def _sought(part: QueryTerm) -> str:
    if part.phrase:
        tokens = [token for term in part.tokenize for token in _tokens(term)]
        return f"forms : {_quoted(' '.join(tokens))}"
    [term] = part.tokenize
    if term.is_run:
        tokens = phrase_of(term.text)
        # a single character begins one of the pairs of any text that has it
        return f"forms : {_quoted(' '.join(tokens)) if tokens else _quoted(term.text) + ' *'}"
    if part.prefix:
        return f"forms : {_quoted(term.text)} *"
    return f"stems : ({' OR '.join(_quoted(stem) for stem in sorted(stems(term.text)))})"


def _tokens(term: Token) -> list[str]:
    if not term.is_run:
        return [term.text]
    return phrase_of(term.text) or [term.text]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _spans(part: QueryTerm, text: str, found: list[Token]) -> Iterator[tuple[int, int]]:
    if part.phrase:
        between = r"[\W_]*"
        pattern = between.join(re.escape(term.text) for term in part.tokenize)
        yield from (match.span() for match in re.finditer(pattern, text))
        return
    [term] = part.tokenize
    if term.is_run:
        yield from (match.span() for match in re.finditer(re.escape(term.text), text))
        return
    wanted = stems(term.text)
    for word in found:
        if not word.is_run and (word.text.startswith(term.text) if part.prefix else wanted & stems(word.text)):
            yield word.start, word.end
