"""What each stem of the finder's word lists decides on the development data: which could go, alone and all together.

Prints JSON: the stems of a language, those that stand in no labelled sentence, those without which alone a result
changes, and those that can go one after the other with every result as it was; ``--stems`` names them by list. A stem
that decides nothing here is not yet useless: docs/news.md says which lists are kept as classes.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from labelled import LANGUAGES, difference, sentences

from geo.news.find import context, mentions
from geo.news.find.mentions import Finder
from geo.news.normalization import normalize_form

Result = tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]
_ALTERNATION = context.alternation


@dataclass(frozen=True)
class Stem:
    """A stem and the list of a language in which it stands: the lists are counted in their order in the module."""

    language: str
    index: int
    written: str


def main() -> None:
    """Print the counts, or the stems by list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stems", action="store_true", help="name the stems of every list")
    parser.add_argument("--language", choices=LANGUAGES, nargs="*", default=LANGUAGES)
    chosen = parser.parse_args()
    finder = Finder.from_data()
    counted = {code: Measure(code, finder).counts(named=chosen.stems) for code in chosen.language}
    print(json.dumps(counted, indent=1, ensure_ascii=False))


class Measure:
    """The stems of a language and the results of the labelled sentences with all of them."""

    def __init__(self, language: str, finder: Finder) -> None:
        self._language, self._finder = language, finder
        self._lists = _lists(language)
        self._known = {s["text"]: s for s in sentences()}
        self._as_it_is = {text: _result(s, finder) for text, s in self._known.items()}
        normalized = {text: normalize_form(text) for text in self._known}
        self._where = {
            Stem(language, i, stem): [text for text, small in normalized.items() if re.search(stem, small)]
            for i, stems in enumerate(self._lists)
            for stem in stems
        }

    def counts(self, *, named: bool) -> dict[str, Any]:
        """Return what the stems decide, and their names if they are wanted."""
        alone = {stem: self._changed({stem}) for stem in self._where}
        gone: set[Stem] = set()
        for stem in sorted(self._where, key=lambda s: (alone[s], len(self._where[s]))):
            if not self._changed(gone | {stem}):
                gone.add(stem)
        counts = {
            "stems": len(self._where),
            "in_no_sentence": sum(not texts for texts in self._where.values()),
            "decide_alone": sum(map(bool, alone.values())),
            "go_together": len(gone),
        }
        return counts | {"lists": self._told(alone, gone)} if named else counts

    def _told(self, alone: dict[Stem, int], gone: set[Stem]) -> dict[str, dict[str, list[str]]]:
        told: dict[str, dict[str, list[str]]] = {}
        for stem, texts in self._where.items():
            lists = told.setdefault(f"{stem.index}: {self._lists[stem.index][0]} ...", {})
            sort = "unseen" if not texts else "idle" if stem in gone else "decides"
            lists.setdefault(sort, []).append(f"{stem.written} ({alone[stem]} of {len(texts)})")
        return told

    def _changed(self, gone: set[Stem]) -> int:
        """Return how many results change without some stems."""
        texts = sorted({text for stem in gone for text in self._where[stem]})
        if not texts:
            return 0
        count = iter(range(10_000))

        def without(listed: str) -> str:
            index = next(count)
            left = [s for s in re.split(r",\s+", listed.strip()) if Stem(self._language, index, s) not in gone]
            # an empty list matches nothing
            return _ALTERNATION(", ".join(left)) if left else "(?!)"

        _reload(self._language, without)
        changed = sum(_result(self._known[text], self._finder) != self._as_it_is[text] for text in texts)
        _reload(self._language, _ALTERNATION)
        return changed


def _lists(language: str) -> list[list[str]]:
    """Return the word lists of a language's module, in their order in it."""
    found: list[list[str]] = []

    def recorded(listed: str) -> str:
        found.append(re.split(r",\s+", listed.strip()))
        return _ALTERNATION(listed)

    _reload(language, recorded)
    _reload(language, _ALTERNATION)
    return found


def _reload(language: str, alternation: Callable[[str], str]) -> None:
    context.alternation = alternation  # type: ignore[assignment]
    module = importlib.reload(importlib.import_module(f"geo.news.find.lang.{language}"))
    context.alternation = _ALTERNATION
    mentions._RULES = {**mentions._RULES, language: module}  # type: ignore[dict-item]  # noqa: SLF001


def _result(sentence: dict[str, Any], finder: Finder) -> Result:
    missed, extra = difference(sentence, finder)
    return frozenset(missed), frozenset(extra)


if __name__ == "__main__":
    main()
