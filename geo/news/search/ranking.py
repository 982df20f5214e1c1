"""Best first: BM25 over what was found, computed here, so that every store gives the same order."""

from __future__ import annotations

import math
from collections.abc import Sequence

from geo.news.store.terms import Candidate, Phrase

# Robertson and Zaragoza 2009, The probabilistic relevance framework: BM25 and beyond, with the usual constants
_K1, _B = 1.2, 0.75


def best_first(sought: Sequence[Phrase], found: Sequence[Candidate]) -> list[int]:
    """Return the numbers of passages, those first that say most of what is sought; of equals the newest.

    Notes
    -----
    A passage scores ``weight * sum(log(1 + n / n_t) * f_t * (k1 + 1) / (f_t + k1 * (1 - b + b * l / L)))`` over the
    phrases t that are sought: ``f_t`` is how often t occurs in it, ``n_t`` in how many of the ``n`` passages found,
    ``l`` its length in forms and ``L`` their mean length. ``n`` counts what was found and not all that is kept: no
    statistics of the whole store are needed, and they would hardly tell apart what has all the words anyway.
    """
    if not found:
        return []
    lengths = [candidate.forms.count(" ") + 1 for candidate in found]
    mean = sum(lengths) / len(lengths)
    norms = [_K1 * (1 - _B + _B * length / mean) for length in lengths]
    scores = [0.0] * len(found)
    for phrase in dict.fromkeys(sought):
        counts = _counts(phrase, found)
        rarity = math.log(1 + len(found) / max(1, sum(map(bool, counts)))) * (_K1 + 1)
        scores = [s + rarity * f / (f + norm) for s, f, norm in zip(scores, counts, norms, strict=True)]
    ranked = sorted(
        zip(scores, found, strict=True), key=lambda scored: (-scored[0] * scored[1].weight, -scored[1].number)
    )
    return [candidate.number for _, candidate in ranked]


def _counts(phrase: Phrase, found: Sequence[Candidate]) -> list[int]:
    """Return how often a phrase occurs in each passage."""
    texts = (candidate.stems if phrase.column == "stems" else candidate.forms for candidate in found)
    # two blanks between terms, so that each has its own on both sides
    pattern = f" {'  '.join(phrase.terms)}{'' if phrase.is_prefix else ' '}"
    return [f" {text.replace(' ', '  ')} ".count(pattern) for text in texts]
