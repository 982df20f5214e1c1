"""Which web addresses may be asked: http and https only, and nothing of this machine or its own network.

An address comes from a stranger: a feed's links, a redirect. A name is resolved once and the connection is made to
what was checked, so that a name which resolves to something else a moment later gains nothing by it.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from geo.errors import GeoError
from geo.news.limits import ADDRESS_CHARACTERS

_PORTS = {"http": 80, "https": 443}
# IPv4 addresses as a translating network writes them (RFC 6052)
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_LAST_FOUR_BYTES = 0xFFFFFFFF

# a host and a port
Endpoint = tuple[str, int]


class RefusedAddressError(GeoError):
    """Why an address is never asked; ``reason`` says it of the address, without a full stop."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked, and where it is.

    Parameters
    ----------
    address
        As it is asked: normalized, without a fragment.
    path
        Path and query, as the request line has them.
    ips
        Every network address of the host, checked; in the order of preference.
    """

    address: str
    scheme: str
    host: str
    port: int
    path: str
    ips: tuple[str, ...]

    @property
    def origin(self) -> str:
        """Return scheme, host and port: what one robots.txt is for."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """Return the host as requests name it, with its port where that is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def split_address(address: str) -> Url:
    """Return the parts of a web address.

    Raises
    ------
    RefusedAddressError
        When it is none, or carries a user's name.
    """
    if len(address) > ADDRESS_CHARACTERS:
        raise RefusedAddressError(f"is longer than {ADDRESS_CHARACTERS:,} characters")
    try:
        parts = parse_url(address)
    except LocationParseError:
        raise RefusedAddressError("is no address") from None
    if parts.scheme not in _PORTS or not parts.host:
        raise RefusedAddressError("is no http or https address")
    if parts.auth is not None:
        raise RefusedAddressError("carries a user's name")
    return parts


def endpoint_of(address: str) -> Endpoint:
    """Return the host and the port that an address names.

    Raises
    ------
    RefusedAddressError
        When it is no web address.
    """
    parts = split_address(address)
    return (parts.host or "").strip("[]"), parts.port or _PORTS[parts.scheme or ""]


def resolve(address: str, permitted: AbstractSet[Endpoint] = frozenset()) -> Target:
    """Return where an address is, after a look at whether it may be asked.

    Parameters
    ----------
    permitted
        Hosts and ports that may be asked wherever they are.

    Raises
    ------
    RefusedAddressError
        When it is no web address, or any address of its host is not on the public internet.
    OSError
        When its host cannot be found.
    """
    parts = split_address(address)
    host, port = endpoint_of(address)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise RefusedAddressError("has a host that is no name") from None
    ips = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    if (host, port) not in permitted and (private := [ip for ip in ips if not is_public(ip)]):
        raise RefusedAddressError(f"is at {private[0]}, which is not on the public internet")
    asked = Url(parts.scheme, None, parts.host, parts.port, parts.path or "/", parts.query)
    return Target(asked.url, parts.scheme or "", host, port, asked.request_uri, ips)


def is_public(ip: str) -> bool:
    """Return whether an IP address is one of the public internet, seen through every way of writing IPv4 as IPv6."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(address) & _LAST_FOUR_BYTES)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast and not address.is_reserved
