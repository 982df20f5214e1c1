"""What parsers raise when bytes are not what they should be, and how to say so in a few words."""

from __future__ import annotations

import struct
import zlib

# the parsers of binary formats raise whatever the first use of a wrong value raises
MALFORMED = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, RecursionError, EOFError,
    NotImplementedError, OSError, struct.error, zlib.error,
)  # fmt: skip
_LONGEST = 100
# what these say of themselves is of the program that reads, not of the file
_OF_THE_PROGRAM = (TypeError, AttributeError, LookupError, AssertionError, NotImplementedError)


def brief(error: BaseException) -> str:
    """Return an error's message on one short line, or its kind where it has none or speaks of the program."""
    if isinstance(error, _OF_THE_PROGRAM):
        return "it is damaged"
    return " ".join(str(error).split())[:_LONGEST] or type(error).__name__
