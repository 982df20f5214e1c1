"""What a command tells of the files and records that could not be read."""

from __future__ import annotations

import sys

from geo.news.model import FailureLog, ReadFailure


def print_failures(word: str, failures: FailureLog) -> None:
    """Print to stderr a line for each failure that is known by its reason, and one for each file that has more."""
    for failure in failures.listed:
        print(f"{word}: {failure}", file=sys.stderr)
    for path, count in failures.unlisted().items():
        more = ReadFailure(path, f"{count:,} more of its records, for reasons such as these")
        print(f"{word}: {more}", file=sys.stderr)
    if elsewhere := failures.elsewhere():
        print(f"{word}: {elsewhere:,} more in other files", file=sys.stderr)
