"""Precision and recall of the finding on its development data; prints JSON, with ``--misses`` what went wrong.

The rules were mended on these sentences: the scores show what a change does to them, not how the finding fares on
others. The intervals are Wilson's, at 95 %; they take the pairs of a sentence as independent, which those of a group
are not, so true ones are wider.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import NormalDist
from typing import Any

from geo.news.find.mentions import Finder
from geo.news.model import Article
from geo.news.quote.excerpts import excerpts_of

LABELLED = Path(__file__).resolve().parents[1] / "labelled"
LANGUAGES = ("en", "ja", "ru")
# the standard normal quantile of a two-sided interval of 95 %
_Z = NormalDist().inv_cdf(0.975)

QuestionPair = tuple[str, str]


def main() -> None:
    """Print the scores, or the sentences that were got wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="show the sentences that were got wrong")
    finder = Finder.from_data()
    if parser.parse_args().misses:
        for sentence in sentences():
            missed, extra = difference(sentence, finder)
            if missed or extra:
                print(sentence["text"], f"missed {sorted(missed)}", f"extra {sorted(extra)}", sep="\n  ")
        return
    print(json.dumps(scores(finder), indent=2))


def sentences(language: str = "") -> Iterator[dict[str, Any]]:
    """Give the labelled sentences of one language, or of all."""
    for name in (language,) if language else LANGUAGES:
        lines = (LABELLED / f"{name}.jsonl").read_text("utf-8").splitlines()
        yield from (json.loads(line) for line in lines)


def difference(sentence: dict[str, Any], finder: Finder) -> tuple[set[QuestionPair], set[QuestionPair]]:
    """Give the pairs of island and kind that were missed in a sentence, and those that are too many."""
    found = found_in(sentence["text"], finder)
    wanted: set[QuestionPair] = {(island, kind) for island, kind in sentence["expected"]}
    return wanted - found, found - wanted


def found_in(text: str, finder: Finder) -> set[QuestionPair]:
    """Give the pairs of island and kind that are found in a sentence."""
    return {(excerpt.island, excerpt.kind) for excerpt in excerpts_of(Article("sentence", text), finder)}


def scores(finder: Finder) -> dict[str, Any]:
    """Return the scores on the development data, for each language and for all."""
    counted = {language: _counted(list(sentences(language)), finder) for language in LANGUAGES}
    total = sum(counted.values(), Counter())
    return {"development": {name: _score(counts) for name, counts in (*counted.items(), ("all", total))}}


def _counted(chosen: list[dict[str, Any]], finder: Finder) -> Counter[str]:
    counted: Counter[str] = Counter(sentences=len(chosen), right=0, missed=0, extra=0, wrong_sentences=0)
    for sentence in chosen:
        missed, extra = difference(sentence, finder)
        counted["right"] += len(sentence["expected"]) - len(missed)
        counted["missed"] += len(missed)
        counted["extra"] += len(extra)
        counted["wrong_sentences"] += bool(missed or extra)
    return counted


def _score(counted: Counter[str]) -> dict[str, Any]:
    right, given = counted["right"], counted["right"] + counted["extra"]
    return {
        "sentences": counted["sentences"],
        "wrong_sentences": counted["wrong_sentences"],
        "pairs": right + counted["missed"],
        "precision": round(right / given, 4) if given else 1.0,
        "precision_interval": wilson(right, given),
        "recall": round(right / (right + counted["missed"]), 4) if right + counted["missed"] else 1.0,
        "recall_interval": wilson(right, right + counted["missed"]),
    }


def wilson(right: int, of: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson, JASA 22 (1927), 209-212); of nothing, from 0 to 1."""
    if not of:
        return 0.0, 1.0
    share, room = right / of, _Z**2 / of
    middle, half = share + room / 2, _Z * ((share * (1 - share) + room / 4) / of) ** 0.5
    return round(max(0.0, (middle - half) / (1 + room)), 4), round(min(1.0, (middle + half) / (1 + room)), 4)


if __name__ == "__main__":
    main()
