"""The errors of the project: what is told to the reader, and what is wrong with the data."""

from __future__ import annotations

from collections.abc import Sequence


class GeoError(Exception):
    """An error whose message is meant for the person at the page or the command line."""


class UsageError(GeoError):
    """A wrong call of the command line, which it answers with its usage and the exit code 2."""


class DataError(GeoError):
    """One fault in the data: where it stands, what was found and what was expected.

    Parameters
    ----------
    file
        Name of the file inside the data folder.
    expected
        What a correct file has at this place.
    line
        Line in the file, counted from 1, where one is known.
    column
        Name of the column or member, where one is known.
    key
        Path of the key in a file of settings, where one is known.
    value
        What was found there.
    """

    def __init__(  # noqa: PLR0913 - all but two by name
        self,
        file: str,
        expected: str,
        *,
        line: int | None = None,
        column: str | None = None,
        key: str | None = None,
        value: str | None = None,
    ) -> None:
        super().__init__(file, expected, line, column, key, value)
        self.file = file
        self.expected = expected
        self.line = line
        self.column = column
        self.key = key
        self.value = value

    def __str__(self) -> str:
        """Return one line: place, found, expected."""
        place = [self.file]
        if self.line is not None:
            place.append(f"line {self.line}")
        if self.column is not None:
            place.append(f"column {self.column}")
        if self.key is not None:
            place.append(f"key {self.key}")
        found = "" if self.value is None else f"found {_shown(self.value)}, "
        return f"{', '.join(place)}: {found}expected {self.expected}"


class FaultyDataError(GeoError):
    """Every fault found in one reading of the data, in the order of files and lines."""

    def __init__(self, faults: Sequence[DataError]) -> None:
        super().__init__(faults)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        """Return a line for each fault."""
        return "\n".join(str(fault) for fault in self.faults)


def _shown(value: str, longest: int = 60) -> str:
    if not value:
        return "nothing"
    # repr makes control characters and direction overrides visible in the terminal
    return repr(value if len(value) <= longest else f"{value[:longest]}…")
