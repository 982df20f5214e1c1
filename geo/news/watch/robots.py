"""What a host's robots.txt allows this program (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

# what a robots.txt calls this program
ROBOT = "FourIslands"
# between two visits to one host; a robots.txt may ask for more patience, within reason
HOST_DELAY_SECONDS = 5.0
LONGEST_DELAY_SECONDS = 600.0
# RFC 9309, section 2.4
_VALID_SECONDS = 24 * 60 * 60.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt allows; without any rules, everything.

    Parameters
    ----------
    read_at
        In seconds since 1970.
    """

    read_at: float
    rules: Protego | None = None

    @classmethod
    def parse(cls, data: bytes, read_at: float) -> Rules:
        """Return the rules of a robots.txt; lines that cannot be understood count for nothing."""
        return cls(read_at, Protego.parse(data.decode("utf-8-sig", "replace")))

    def allows(self, address: str) -> bool:
        """Return whether an address may be asked."""
        return self.rules is None or self.rules.can_fetch(address, ROBOT)

    def delay_seconds(self) -> float:
        """Return how long to wait between two visits."""
        asked = self.rules.crawl_delay(ROBOT) if self.rules else None
        return min(max(asked or 0.0, HOST_DELAY_SECONDS), LONGEST_DELAY_SECONDS)

    def valid_seconds(self, now: float) -> float:
        """Return for how long these rules hold from now on; not at all when the clock was set back."""
        return _VALID_SECONDS - (now - self.read_at) if now >= self.read_at else 0.0
