"""Precision and recall of the finding on the labelled sentences; prints JSON, with ``--misses`` what went wrong."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geo.news.find.mentions import Finder
from geo.news.model import Article
from geo.news.quote.excerpts import excerpts_of

LABELLED = Path(__file__).resolve().parents[1] / "labelled"
LANGUAGES = ("en", "ja", "ru")
PARTS = ("development", "held_out")
AIMS = {"precision": 0.98, "recall": 0.97}

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
                print(
                    sentence["part"], sentence["text"], f"missed {sorted(missed)}", f"extra {sorted(extra)}", sep="\n  "
                )
        return
    print(json.dumps(scores(finder), indent=2))


def sentences(language: str = "") -> Iterator[dict[str, Any]]:
    """Give the labelled sentences of one language, or of all."""
    for name in (language,) if language else LANGUAGES:
        lines = (LABELLED / f"{name}.jsonl").read_text("utf-8").splitlines()
        yield from (json.loads(line) for line in lines)


def difference(sentence: dict[str, Any], finder: Finder) -> tuple[set[QuestionPair], set[QuestionPair]]:
    """Give the pairs of island and kind that were missed in a sentence, and those that are too many."""
    found: set[QuestionPair] = {(e.island, e.kind) for e in excerpts_of(Article("sentence", sentence["text"]), finder)}
    wanted: set[QuestionPair] = {(island, kind) for island, kind in sentence["expected"]}
    return wanted - found, found - wanted


def scores(finder: Finder) -> dict[str, Any]:
    """Score each part of the set in each language."""
    found: dict[str, Any] = {}
    for part in PARTS:
        total: Counter[str] = Counter()
        found[part] = {}
        for language in LANGUAGES:
            counted = _counted([s for s in sentences(language) if s["part"] == part], finder)
            total += counted
            found[part][language] = _score(counted)
        found[part]["all"] = _score(total)
    return found | {"aims": AIMS}


def _counted(chosen: list[dict[str, Any]], finder: Finder) -> Counter[str]:
    counted: Counter[str] = Counter(sentences=len(chosen), right=0, missed=0, extra=0, wrong_sentences=0)
    for sentence in chosen:
        missed, extra = difference(sentence, finder)
        counted["right"] += len(sentence["expected"]) - len(missed)
        counted["missed"] += len(missed)
        counted["extra"] += len(extra)
        counted["wrong_sentences"] += bool(missed or extra)
    return counted


def _score(counted: Counter[str]) -> dict[str, float]:
    right, given = counted["right"], counted["right"] + counted["extra"]
    return {
        "sentences": counted["sentences"],
        "wrong_sentences": counted["wrong_sentences"],
        "pairs": right + counted["missed"],
        "precision": round(right / given, 4) if given else 1.0,
        "recall": round(right / (right + counted["missed"]), 4) if right + counted["missed"] else 1.0,
    }


if __name__ == "__main__":
    main()
