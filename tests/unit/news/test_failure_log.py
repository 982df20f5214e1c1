"""However many files fail, what is kept of them is bounded, and how many they are is told."""

from __future__ import annotations

import pytest

from geo.cli.failures import print_failures
from geo.news.limits import FAULTS_LISTED, FAULTS_OF_A_FILE
from geo.news.model import FailureLog, ReadFailure

FILES = 5_000


def many(files: int, of_each: int = 1, first: int = 0) -> FailureLog:
    log = FailureLog()
    for number in range(first, first + files):
        for line in range(of_each):
            log.add(ReadFailure(f"{number}.txt", "is no text", f"line {line}"))
    return log


def test_many_files_are_counted_and_the_first_are_listed() -> None:
    log = many(FILES)
    assert (log.count, len(log.listed), log.elsewhere()) == (FILES, FAULTS_LISTED, FILES - FAULTS_LISTED)
    assert log.unlisted() == {}


def test_logs_of_many_parts_add_up_to_what_one_log_has() -> None:
    total = FailureLog()
    for part in range(10):
        total.add_all(many(500, 3, first=part * 500))
    whole = many(FILES, 3)
    assert total.count == whole.count == FILES * 3
    assert [str(f) for f in total.listed] == [str(f) for f in whole.listed]
    assert total.elsewhere() + sum(total.unlisted().values()) + len(total.listed) == total.count


def test_a_file_of_many_records_is_told_in_a_few_lines(capsys: pytest.CaptureFixture[str]) -> None:
    total = FailureLog()
    for _ in range(3):
        total.add_all(many(1, 30))
    print_failures("failed", total)
    told = capsys.readouterr().err.splitlines()
    assert len(told) == FAULTS_OF_A_FILE + 1
    assert "70 more of its records" in told[-1]


def test_files_beyond_the_list_are_told_as_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    print_failures("failed", many(FILES))
    told = capsys.readouterr().err.splitlines()
    assert (len(told), told[-1]) == (FAULTS_LISTED + 1, "failed: 4,000 more in other files")
