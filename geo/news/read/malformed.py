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


def brief(error: BaseException) -> str:
    """Return an error's message on one short line, or its kind where it has none."""
    return " ".join(str(error).split())[:_LONGEST] or type(error).__name__
