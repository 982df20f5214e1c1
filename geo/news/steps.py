"""Counts the steps of reading a batch, so that the one that took too long or too much is known and left out."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from geo.news.model import ReadFailure

T = TypeVar("T")

# the number of the step that is being taken, as it stands in memory that two processes see; and that of none
STEP = struct.Struct("=q")
NO_STEP = -1
# how a process ends that had no memory for a step
OUT_OF_MEMORY = 77


def _unwatched(_: int) -> None:
    """Watch nothing: for extractions in the process that asked for them."""


class Steps:
    """The steps of one batch, in an order that is the same whenever the batch is read again.

    Parameters
    ----------
    left_out
        Why a step is not to be taken, by its number: whoever took it before was ended in it.
    done
        Results up to this step are known from an earlier reading: what leads to them is not worked out again.
    begin
        Called with the number of each step before it is taken.
    """

    def __init__(
        self,
        left_out: Mapping[int, str] | None = None,
        *,
        done: int = NO_STEP,
        begin: Callable[[int], object] = _unwatched,
    ) -> None:
        self._left_out = left_out or {}
        self._begin = begin
        self.done = done
        self.number = 0

    @property
    def is_repeated(self) -> bool:
        """Whether the results of the present step are known already."""
        return self.number < self.done

    def take(self, found: Iterator[T], path: str, place: str = "") -> Iterator[T | ReadFailure]:
        """Return what an iterator gives, a step each; a step that is left out is a failure and ends it."""
        while True:
            number = self.number + 1
            given = self.do(lambda: next(found, None), path, place)
            if given is None:
                return
            yield given
            if number in self._left_out:
                return

    def do(self, work: Callable[[], T], path: str, place: str = "") -> T | ReadFailure:
        """Return what comes of one step; a failure where it is left out."""
        self.number += 1
        if reason := self._left_out.get(self.number):
            return ReadFailure(path, reason, place)
        self._begin(self.number)
        return work()
