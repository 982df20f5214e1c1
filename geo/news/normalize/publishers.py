"""Which publisher stands behind an address or a name, and in which country: data/outlets.csv and country domains."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from geo.errors import DataError, FaultyDataError
from geo.loading.rows import read_text

FILE = "outlets.csv"
# top-level domains that tell a country and are not its code
_COUNTRY_DOMAINS = {"uk": "GB", "su": "RU", "xn--p1ai": "RU", "рф": "RU"}
# sold to anybody, whatever country they belong to
_SOLD_DOMAINS = {"co", "io", "ai", "tv", "me", "fm", "am", "cc", "ws", "ly", "gg", "to", "eu"}
_COUNTRY_CODE = 2


@dataclass(frozen=True, slots=True)
class Publishers:
    """Publishers by the domain of their pages and by their names, casefolded."""

    by_domain: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    by_name: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def from_data(cls, data: Path) -> Self:
        """Read outlets.csv of a data folder; a folder without one knows no publishers.

        Raises
        ------
        FaultyDataError
            When the file is there and cannot be used.
        """
        path = data / FILE
        if not path.exists():
            return cls()
        faults: list[DataError] = []
        rows = list(csv.DictReader((read_text(path, faults) or "").splitlines()))
        columns = ("publisher", "publisher_country", "domains", "names")
        faults += [
            DataError(FILE, "a cell", line=line, column=c, value="")
            for line, row in enumerate(rows, start=2)
            for c in columns
            if row.get(c) is None
        ]
        if faults:
            raise FaultyDataError(faults)
        known = [(row, (row["publisher"], row["publisher_country"])) for row in rows]
        return cls(
            {domain: publisher for row, publisher in known for domain in row["domains"].split()},
            {
                name.strip().casefold(): publisher
                for row, publisher in known
                for name in (row["publisher"], *row["names"].split("|"))
                if name.strip()
            },
        )

    def publisher(self, name: str, address: str) -> tuple[str, str]:
        """Return a publisher's name and two-letter country for what an article says of itself; empty if unknown."""
        if known := self.by_name.get(name.casefold()):
            return known
        host = host_of(address) or (host_of(f"https://{name}") if "." in name and " " not in name else "")
        labels = host.split(".")
        for start in range(len(labels) - 1):
            if known := self.by_domain.get(".".join(labels[start:])):
                # what the article calls its publisher goes before our name of the same house
                return (name if name and "." not in name else known[0], known[1])
        return name or host, _country(labels[-1])

    def agency(self, name: str, publisher: str) -> tuple[str, str]:
        """Return the agency that a text is from and its two-letter country; both empty for none that is known.

        Parameters
        ----------
        name
            As a dateline or a record has it, such as ``UrduPoint News / Sputnik``: the last name is the source.
        publisher
            Whoever published the text.
        """
        known = self.by_name.get(name.rpartition("/")[2].strip().casefold())
        return ("", "") if known is None or known[0].casefold() == publisher.casefold() else known


def host_of(address: str) -> str:
    """Return the host of an address in small letters, without ``www.``; empty when there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _country(domain: str) -> str:
    if domain in _COUNTRY_DOMAINS:
        return _COUNTRY_DOMAINS[domain]
    return domain.upper() if len(domain) == _COUNTRY_CODE and domain not in _SOLD_DOMAINS and domain.isascii() else ""
