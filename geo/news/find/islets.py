"""Islets that are named without the word island: lists in which they can be nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from geo.news.find.context import Candidate

# words of every day and first names: none of them is an islet because of another of them
ORDINARY = re.compile(
    "yur|zel|signal|rifov|storoz|oskol|d[ey]?[io]?omin|demin|юри|зелен|сигнал|рифов|сторож|осколк|демин|todo|odoke"
    "|水晶|貝殻|海馬|ユリ|トド|オドケ|カイガラ|スイショウ"
)
# what may stand between two names of a list, one of the marks at least
_BETWEEN = re.compile(
    r"(?:[ ,;/()\n「」]|、|・|と|や|及び|および|ならびに|島|the\b|and\b|or\b|&|to\b|islands?\b|islets?\b|isles?\b|of\b"
    r"|as well as\b|и\b|или\b|а также\b|до\b|о\.|о-ва?\b|остров\w{0,3}+)*+"
)
_JOINT = re.compile(r"[,;/、・と&()や]|\b(?:and|or|to|as well as|и|или|а также|до)\b|及び|および|ならびに")
_FARTHEST = 40


def lists_of_islets(candidates: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    """Return the lists of a text, each of two islets or more, one of which at least has a name of its own."""
    islets = [c for c in candidates if c.entry.islands == ("habomai",)]
    run = islets[:1]
    for one, other in pairwise(islets):
        if _are_joined(one, other):
            run.append(other)
            continue
        yield from _kept(run)
        run = [other]
    yield from _kept(run)


def _kept(run: list[Candidate]) -> Iterator[list[Candidate]]:
    names = {c.form for c in run}
    if len(names) > 1 and not all(map(ORDINARY.search, names)):
        yield run


def _are_joined(one: Candidate, other: Candidate) -> bool:
    gap = one.text[one.end : other.start]
    return len(gap) <= _FARTHEST and bool(_BETWEEN.fullmatch(gap) and _JOINT.search(gap))
