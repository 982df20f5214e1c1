"""A few hundred of the mutated files that ``make fuzz`` reads ten thousand of."""

from __future__ import annotations

from fuzz import fuzzed, mutated


def test_no_mutated_file_ends_its_worker_or_takes_all_memory() -> None:
    found = fuzzed(seed=7, count=360)
    assert found["ended_their_worker"] == []
    assert found["well"]
    # the files are neither all broken nor all whole
    assert found["failures"] > 50
    assert found["with_excerpts"] > 50


def test_the_same_seed_gives_the_same_files() -> None:
    assert list(mutated(3, 40)) == list(mutated(3, 40))
    assert list(mutated(3, 40)) != list(mutated(4, 40))
