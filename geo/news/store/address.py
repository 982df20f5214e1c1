"""Where a store is: a folder on this machine, or a database on a server that several machines share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_SCHEMES = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True, repr=False)
class ServerAddress:
    """The address of a PostgreSQL database, as libpq reads it (``postgresql://user@host/name``)."""

    url: str

    def __repr__(self) -> str:
        """Return it as a person may see it."""
        return str(self)

    def __str__(self) -> str:
        """Return it without user, password and options, for a person."""
        parts = urlsplit(self.url)
        return f"postgresql://{parts.netloc.rpartition('@')[2]}{parts.path}"


StoreAddress = Path | ServerAddress


def store_address(text: str | Path) -> StoreAddress:
    """Return the address that a text is: of a server, or else of a folder."""
    return ServerAddress(text) if isinstance(text, str) and text.startswith(_SCHEMES) else Path(text)
