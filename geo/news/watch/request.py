"""One request to one host, with a limit to everything that its answer can make longer."""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util.ssl_match_hostname import CertificateError

from geo.errors import GeoError
from geo.news.limits import ANSWER_SECONDS, MIB, SILENCE_SECONDS
from geo.news.watch.addresses import Target

_CHUNK_BYTES = 64 * 1024
# what is asked for, and what servers send unasked; a chain of packings is refused
_PACKINGS = {"", "identity", "gzip", "x-gzip", "deflate"}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)
_SERVER_SAID = 80
# a certificate for another host is a ValueError, and so is much that a server sends in place of a number
_TROUBLE = (HTTPError, http.client.HTTPException, OSError, ValueError)
_ADDRESSES_TRIED = 3


class FetchError(GeoError):
    """Why there is no answer that can be used; ``reason`` is a few words without a full stop.

    Parameters
    ----------
    retry_after
        Seconds after which the server itself, or its robots.txt, lets us ask again, where that is known.
    status
        The status of an answer that came, else 0.
    """

    def __init__(self, reason: str, *, retry_after: float | None = None, status: int = 0) -> None:
        super().__init__(reason, retry_after, status)
        self.reason = reason
        self.retry_after = retry_after
        self.status = status

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason

    def behind(self, address: str) -> FetchError:
        """Return the same reason for an address that redirected to another one."""
        reason = f"redirects to {address[:_SERVER_SAID]!a}, which {self.reason}"
        return FetchError(reason, retry_after=self.retry_after, status=self.status)


@dataclass(frozen=True, slots=True)
class AnswerLimits:
    """How much one answer may be, in bytes unpacked, and how long it may take, in seconds."""

    size: int
    seconds: float = ANSWER_SECONDS
    silence_seconds: float = SILENCE_SECONDS


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, its body whole and unpacked; headers by their names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """Return the media type without parameters, in small letters; empty when none is stated."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """Return the encoding that the server states; empty when it states none."""
        found = _CHARSET.search(self.headers.get("content-type", ""))
        return found[1] if found else ""


def request(target: Target, headers: Mapping[str, str], limits: AnswerLimits) -> Answer:
    """Return the answer to one GET request; redirects are answers like any other.

    Only an answer of status 200 has its body read.

    Raises
    ------
    FetchError
        When no answer comes, or one that is too large, too slow or not HTTP.
    """
    connection = _connected(target, limits)
    late = threading.Event()
    # a server that sends a byte now and then never runs into a time-out of its socket; the connection lets go of the
    # socket as soon as the headers are in
    watchdog = threading.Timer(limits.seconds, _cut, (connection.sock, late))
    watchdog.daemon = True
    watchdog.start()
    try:
        connection.request(
            "GET",
            target.path,
            headers={"Host": target.authority, "Connection": "close", "Accept-Encoding": "gzip", **headers},
            preload_content=False,
        )
        response = connection.getresponse()
        body = b"".join(_chunks(response, limits)) if response.status == http.HTTPStatus.OK else b""
    except _TROUBLE as error:
        raise FetchError(_too_slow(limits) if late.is_set() else _reason(error, limits)) from None
    finally:
        watchdog.cancel()
        connection.close()
    if late.is_set():
        # a body whose end is the end of the connection looks whole when we have cut it
        raise FetchError(_too_slow(limits))
    return Answer(response.status, {name.lower(): value for name, value in response.headers.items()}, body)


def _connected(target: Target, limits: AnswerLimits) -> HTTPConnection:
    """Return a connection to the first address of the host that takes one, its certificate checked."""
    failed: Exception | None = None
    for ip in target.ips[:_ADDRESSES_TRIED]:
        connection = _connection(target, ip, limits)
        try:
            connection.connect()
        except _TROUBLE as error:
            connection.close()
            failed = error
        else:
            return connection
    raise FetchError(_reason(failed or OSError("no address"), limits, "cannot be reached"))


def _connection(target: Target, ip: str, limits: AnswerLimits) -> HTTPConnection:
    if target.scheme == "https":
        return HTTPSConnection(
            ip,
            target.port,
            timeout=limits.silence_seconds,
            server_hostname=target.host,
            assert_hostname=target.host,
        )
    return HTTPConnection(ip, target.port, timeout=limits.silence_seconds)


def _cut(connected: socket.socket, late: threading.Event) -> None:
    late.set()
    # not through the TLS layer, which may be waiting for the same socket in the other thread
    with contextlib.suppress(OSError):
        socket.socket.shutdown(connected, socket.SHUT_RDWR)


def _chunks(response: BaseHTTPResponse, limits: AnswerLimits) -> Iterator[bytes]:
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing not in _PACKINGS:
        raise FetchError(f"is packed as {packing[:_SERVER_SAID]!r}, which was not asked for")
    left = limits.size
    while chunk := response.read1(_CHUNK_BYTES, decode_content=True):
        left -= len(chunk)
        if left < 0:
            raise FetchError(f"is larger than {limits.size / MIB:.3g} MiB")
        yield chunk


def _too_slow(limits: AnswerLimits) -> str:
    return f"took longer than {limits.seconds:g} seconds"


def _reason(error: Exception, limits: AnswerLimits, what: str = "broke off") -> str:
    # what the system said stands behind the library's own words
    error = error.__cause__ if isinstance(error.__cause__, OSError) else error
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return f"sent nothing for {limits.silence_seconds:g} seconds"
    if isinstance(error, ssl.SSLError):
        return f"cannot be trusted ({error.reason or error.strerror})"
    if isinstance(error, CertificateError):
        return "cannot be trusted (its certificate is another host's)"
    if isinstance(error, OSError) and error.strerror:
        return f"{what} ({error.strerror})"
    said = " ".join(str(error).split())[:_SERVER_SAID]
    return f"sent no answer that can be read ({said!a})"
