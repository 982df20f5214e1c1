"""Streamlit's own scripts: served from memory, and asked for before the page has come to need them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from http import HTTPStatus
from importlib.util import find_spec
from mimetypes import guess_type
from pathlib import Path
from types import MappingProxyType

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.map.assets import Asset, asset
from geo.map.routes import asset_response

# modules that Streamlit loads when the first element of their kind comes; one file each, named <kind>.<hash>.js
_KINDS = ("Html", "ComponentInstance", "BidiComponent", "ButtonGroup", "Button", "Selectbox", "TextInput")
_STATIC_IMPORT = re.compile(r"""(?:from|import)"\./([\w.-]+\.js)\"""")
_HEAD_END = b"</head>"
# pages of components, which are shown in frames
_OTHER_PAGES = "/component/"


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        message = f"{name} is not installed"
        raise ModuleNotFoundError(message)
    return Path(spec.origin).parent


@cache
def _folders() -> Mapping[str, Path]:
    """Return by address the folders whose files carry a hash of their content in their names."""
    return MappingProxyType(
        {
            "/static": _package("streamlit") / "static" / "static",
            "/component/streamlit_folium.st_folium/static": _package("streamlit_folium")
            / "frontend"
            / "build"
            / "static",
        }
    )


@cache
def _files() -> Mapping[str, Path]:
    """Return by address the files of these folders."""
    return MappingProxyType(
        {
            f"{address}/{path.relative_to(folder).as_posix()}": path
            for address, folder in _folders().items()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
    )


@lru_cache(maxsize=512)
def _served(address: str) -> Asset | None:
    path = _files().get(address)
    if path is None:
        return None
    media = guess_type(path.name)[0] or "application/octet-stream"
    return asset(address, media, path.read_bytes())


def _imported(names: Iterable[str], folder: Path) -> dict[str, None]:
    """Return the modules and all that they import, those that have to be asked for first before the others."""
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        if name in found or not (folder / name).is_file():
            continue
        found[name] = None
        waiting += _STATIC_IMPORT.findall((folder / name).read_text(encoding="utf-8"))
    return found


@cache
def _modules_ahead() -> tuple[str, ...]:
    """Return the addresses, without a leading slash, of modules that the page needs and Streamlit's own page omits."""
    root = _folders()["/static"].parent
    scripts = root / "static" / "js"
    named = re.findall(r"/js/([\w.-]+\.js)", (root / "index.html").read_text(encoding="utf-8"))
    known = _imported(named, scripts)
    first = [path.name for kind in _KINDS for path in sorted(scripts.glob(f"{kind}.*.js"))]
    return tuple(f"static/js/{name}" for name in _imported(first, scripts) if name not in known)


@cache
def _scripts_of_the_frame() -> tuple[str, ...]:
    return tuple(address.removeprefix("/") for address in _files() if re.search(r"folium.*/main\.\w+\.js$", address))


def warm() -> None:
    """Read and compress what every reader asks for."""
    root = _folders()["/static"].parent
    named = re.findall(r"\./(static/[\w./-]+)", (root / "index.html").read_text(encoding="utf-8"))
    for address in (*named, *_modules_ahead(), *_scripts_of_the_frame()):
        _served(f"/{address}")


class Frontend:
    """Serves Streamlit's scripts from memory, compressed once, and names in its page what will be needed.

    Streamlit reads each of some hundred files from disk, in a thread, for every reader, and sends them as they are; its
    page names those that any app needs, and the others are asked for only once an element has come.

    Parameters
    ----------
    app
        The application behind it.
    base_path
        Path under which the whole app is served.
    ahead
        Gives addresses, relative to the page, of further files to ask for, in the order in which they are needed.
    """

    def __init__(self, app: ASGIApp, base_path: str, ahead: Callable[[], Iterable[str]]) -> None:
        self._app = app
        base = base_path.strip("/")
        self._base = f"/{base}" if base else ""
        self._ahead = ahead

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for one of these files, or add to the page."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", "")).removeprefix(self._base)
        known = _served(path)
        if known is not None:
            await asset_response(known, Request(scope))(scope, receive, send)
        elif path.startswith(_OTHER_PAGES):
            await self._app(scope, receive, send)
        else:
            await self._app(scope, receive, _Extended(send, self._links))

    def _links(self) -> bytes:
        links = [f'<link rel="modulepreload" crossorigin href="./{html.escape(m)}">' for m in _modules_ahead()]
        # not <link rel="preload">: these are for the map's frame, which takes them from the browser's cache
        wanted = json.dumps([*_scripts_of_the_frame(), *self._ahead()]).replace("<", "\\u003c")
        ask = f'for(const a of {wanted})fetch(a,{{priority:"low"}}).catch(()=>{{}})'
        return "".join([*links, f"<script>{ask}</script>"]).encode()


class _Extended:
    """Hands on an answer; in a whole page of HTML it puts something before the end of the head."""

    def __init__(self, send: Send, addition: Callable[[], bytes]) -> None:
        self._send = send
        self._addition = addition
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and self._is_page(message):
            self._start = message
        elif message["type"] == "http.response.body" and self._start is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self._start)
        else:
            await self._send(message)

    @staticmethod
    def _is_page(message: Message) -> bool:
        headers = MutableHeaders(raw=message["headers"])
        plain = "content-encoding" not in headers
        return message["status"] == HTTPStatus.OK and plain and headers.get("content-type", "").startswith("text/html")

    async def _finish(self, start: Message) -> None:
        body = self._body.replace(_HEAD_END, self._addition() + _HEAD_END, 1)
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["content-length"] = str(len(body))
        # they name the page as Streamlit ships it
        for name in ("etag", "last-modified"):
            del headers[name]
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})
