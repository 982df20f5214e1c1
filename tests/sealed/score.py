"""Precision and recall of the finding on sentences that no rule was fitted to; prints JSON and no sentence.

What is counted is pairs of a sentence and an island, named or spoken of in a group. The pairs of one sentence are right
or wrong together, so the intervals of 95 % are percentiles of a bootstrap that draws whole sentences (Efron and
Tibshirani, An Introduction to the Bootstrap, 1993, section 13.3), widened to Wilson's where all is right.

Run with the project and ``tests/bench`` in ``PYTHONPATH``.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from labelled import LANGUAGES, found_in, wilson
from numpy.typing import NDArray

from geo.news.find.mentions import Finder

SEALED = Path(__file__).resolve().parent
_DRAWS, _SEED = 10_000, 20261124

Counts = NDArray[np.int64]


def main() -> None:
    """Print the scores of each language and of all, and those of the doubtful sentences apart."""
    broken = broken_seals()
    if broken:
        raise SystemExit(f"{', '.join(broken)}: not the files that were sealed, so there is no score")
    finder = Finder.from_data()
    counts = {language: [(row, _counted(row, finder)) for row in sentences(language)] for language in LANGUAGES}
    counts["all"] = [pair for pairs in counts.values() for pair in pairs]
    parts = {
        name: {
            language: scored([count for row, count in pairs if bool(row.get("doubtful")) is doubtful])
            for language, pairs in counts.items()
        }
        for name, doubtful in (("sealed", False), ("doubtful", True))
    }
    print(json.dumps(parts, indent=2))


def broken_seals() -> list[str]:
    """Return the names of the sealed files whose bytes are not those that SHA256SUMS records."""
    recorded = (line.split() for line in (SEALED / "SHA256SUMS").read_text("utf-8").splitlines())
    return [name for digest, name in recorded if hashlib.sha256((SEALED / name).read_bytes()).hexdigest() != digest]


def sentences(language: str) -> list[dict[str, Any]]:
    """Return the sealed sentences of a language."""
    return [json.loads(line) for line in (SEALED / f"{language}.jsonl").read_text("utf-8").splitlines()]


def _counted(row: dict[str, Any], finder: Finder) -> tuple[int, int, int]:
    """Return how many islands of a sentence were rightly found, found at all, and to be found."""
    found = {island for island, _ in found_in(row["text"], finder)}
    return len(found & set(row["islands"])), len(found), len(row["islands"])


def scored(counted: list[tuple[int, int, int]]) -> dict[str, Any]:
    """Return precision and recall with their intervals.

    Parameters
    ----------
    counted
        For each sentence how many islands were rightly found, found at all, and to be found.
    """
    counts: Counts = np.array(counted, dtype=np.int64).reshape(-1, 3)
    drawn = np.random.default_rng(_SEED).integers(max(len(counts), 1), size=(_DRAWS, len(counts)))
    right, found, wanted = counts.sum(axis=0).tolist()
    resampled = counts[drawn].sum(axis=1)
    nothing = counts[:, 2] == 0
    return {
        "sentences": len(counts),
        "pairs": wanted,
        "wrong_sentences": int((counts != counts[:, :1]).any(axis=1).sum()),
        "without_an_island": int(nothing.sum()),
        "of_these_wrongly_found": int((nothing & (counts[:, 1] > 0)).sum()),
        "precision": round(right / found, 4) if found else 1.0,
        "precision_interval": _interval(right, found, resampled[:, 0], resampled[:, 1]),
        "recall": round(right / wanted, 4) if wanted else 1.0,
        "recall_interval": _interval(right, wanted, resampled[:, 0], resampled[:, 2]),
    }


def _interval(right: int, of: int, rights: Counts, ofs: Counts) -> tuple[float, float]:
    """Return the wider of Wilson's interval and the bootstrap's over the draws in which there is a share."""
    low, high = wilson(right, of)
    drawn = ofs > 0
    if not drawn.any():
        return low, high
    lower, upper = np.percentile(rights[drawn] / ofs[drawn], (2.5, 97.5)).round(4).tolist()
    return min(low, lower), max(high, upper)


if __name__ == "__main__":
    main()
