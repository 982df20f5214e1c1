"""Islets that are named without the word island: lists in which they can be nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from geo.news.find.context import Candidate

# what may stand between two names of a list, one of the marks at least
_BETWEEN = re.compile(
    r"(?:[ ,;/()\n「」]|、|・|と|や|及び|および|ならびに|島|the\b|and\b|or\b|&|to\b|islands?\b|islets?\b|isles?\b|of\b"
    r"|as well as\b|и\b|или\b|а также\b|до\b|о\.|о-ва?\b|остров\w{0,3}+)*+"
)
_JOINT = re.compile(r"[,;/、・と&()や]|\b(?:and|or|to|as well as|и|или|а также|до)\b|及び|および|ならびに")
_FARTHEST = 40


def lists_of_islets(candidates: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    """Return the lists of a text, each of two islets or more."""
    islets = [c for c in candidates if c.entry.islands == ("habomai",)]
    run = islets[:1]
    for one, other in pairwise(islets):
        if _are_joined(one, other):
            run.append(other)
            continue
        if len({c.form for c in run}) > 1:
            yield run
        run = [other]
    if len({c.form for c in run}) > 1:
        yield run


def _are_joined(one: Candidate, other: Candidate) -> bool:
    gap = one.text[one.end : other.start]
    return len(gap) <= _FARTHEST and bool(_BETWEEN.fullmatch(gap) and _JOINT.search(gap))
