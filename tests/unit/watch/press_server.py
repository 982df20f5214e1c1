"""A real server on this machine that answers as publishers do, as broken ones do, and as hostile ones might."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Reply = Callable[[BaseHTTPRequestHandler], None]

CERTIFICATE = Path(__file__).with_name("nobodys_certificate.pem")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came; headers by their names in small letters."""

    path: str
    headers: dict[str, str]


@dataclass(slots=True)
class PressServer:
    """What is answered at each path, and what was asked; a path without a reply is 404."""

    port: int
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def address(self, path: str = "/rss.xml") -> str:
        """Return the address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def paths(self) -> list[str]:
        """Return the paths that were asked, in order."""
        return [asked.path for asked in self.asked]


@contextlib.contextmanager
def serving(*, secure: bool = False) -> Iterator[PressServer]:
    """Serve until the test is over."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            press.asked.append(Asked(self.path, headers))
            self.close_connection = True
            # whoever has seen enough hangs up
            with contextlib.suppress(OSError):
                press.replies.get(self.path, answer(404))(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    # a client that refuses the certificate is no fault of the server
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    if secure:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    press = PressServer(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield press
    finally:
        server.shutdown()
        server.server_close()


def answer(status: int, body: bytes = b"", **headers: str) -> Reply:
    """Answer with a status, a body and headers; ``_`` in their names stands for ``-``."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def feed(*entries: tuple[str, str], encoding: str = "utf-8", **headers: str) -> Reply:
    """Answer with an RSS feed of entries, each a link and a text."""
    return answer(200, rss(*entries).encode(encoding), **{"Content_Type": "application/rss+xml", **headers})


def rss(*entries: tuple[str, str]) -> str:
    """Return an RSS feed of entries, each a link and a text."""
    items = "".join(
        f"<item><title>News</title><link>{link}</link><description>{text}</description>"
        "<pubDate>Mon, 02 Nov 2026 10:00:00 +0900</pubDate></item>"
        for link, text in entries
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>All of it</title>{items}</channel></rss>"


def raw(*parts: bytes, then: Reply | None = None) -> Reply:
    """Answer with exactly these bytes."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        for part in parts:
            handler.wfile.write(part)
        if then:
            then(handler)

    return reply


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, for as long as anybody listens."""
    pause = threading.Event()
    while not pause.wait(0.05):
        handler.wfile.write(b"a")
        handler.wfile.flush()


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Send as fast as it is taken, for as long as anybody listens."""
    while True:
        handler.wfile.write(b"<item>a</item>" * 10_000)


def silent(handler: BaseHTTPRequestHandler) -> None:
    """Send nothing until the other side hangs up."""
    handler.connection.recv(1)


def reset(handler: BaseHTTPRequestHandler) -> None:
    """End the connection as a crashed machine does."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
