"""The routes beside the page: the map's files, cached for good by the browser and served from memory."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from geo.errors import GeoError
from geo.i18n import PAGE_LANGUAGES
from geo.map.assets import Asset, Prepared
from geo.map.near import near_file, version
from geo.model.fields import Language

PREFIX = "/files"
# Linux and macOS list a process's open files here; elsewhere there is nothing to switch
_DESCRIPTORS = Path("/dev/fd")
_JSON = "application/json; charset=utf-8"
_FOR_GOOD = "public, max-age=31536000, immutable"


def file_route(named: Callable[[str], Asset | None], base_path: str) -> Route:
    """Make the route of the map's files.

    Parameters
    ----------
    named
        Gives a file by its public name; called for each request, and may fail with a GeoError.
    base_path
        Path under which the whole app is served: Streamlit does not put it before an app's own routes.
    """

    def serve(request: Request) -> Response:
        try:
            found = named(request.path_params["name"])
        except GeoError:
            return PlainTextResponse("The data of this page has faults.", status_code=503)
        if found is None:
            return PlainTextResponse("No such file.", status_code=404)
        return asset_response(found, request)

    base = base_path.strip("/")
    return Route(f"{'/' if base else ''}{base}{PREFIX}/{{name:path}}", serve, methods=["GET"])


def asset_response(asset: Asset, request: Request) -> Response:
    """Return a file to be kept for good, compressed where the browser can take it so."""
    headers = {"Cache-Control": _FOR_GOOD, "X-Content-Type-Options": "nosniff", "Vary": "Accept-Encoding"}
    if asset.gzipped and "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(asset.gzipped, media_type=asset.media_type, headers=headers)
    return Response(asset.content, media_type=asset.media_type, headers=headers)


def near_route(prepared: Callable[[Language], Prepared], base_path: str) -> Route:
    """Make the route of what is said of an origin, ``near/VERSION/LANGUAGE/NAMING/ORIGIN``.

    Parameters
    ----------
    prepared
        Gives the data in a language; called for each request, so that it may keep them or fail with a GeoError.
    base_path
        As of :func:`file_route`.
    """

    def serve(request: Request) -> Response:
        asked = request.path_params
        language = next((known for known in PAGE_LANGUAGES if known == asked["language"]), None)
        if language is None:
            return PlainTextResponse("No such file.", status_code=404)
        try:
            dossier = prepared(language).dossier
        except GeoError:
            return PlainTextResponse("The data of this page has faults.", status_code=503)
        try:
            found = near_file(dossier, asked["naming"], asked["origin"])
        except GeoError as error:
            return PlainTextResponse(str(error), status_code=404)
        if found is None:
            return PlainTextResponse("Busy. Please ask again.", status_code=503, headers={"Retry-After": "2"})
        # what is asked for under an older version is told, but not kept
        kept = _FOR_GOOD if asked["version"] == version(dossier) else "no-store"
        plain, gzipped = found
        headers = {"Cache-Control": kept, "X-Content-Type-Options": "nosniff", "Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            return Response(gzipped, media_type=_JSON, headers={**headers, "Content-Encoding": "gzip"})
        return Response(plain, media_type=_JSON, headers=headers)

    base = base_path.strip("/")
    path = f"{'/' if base else ''}{base}{PREFIX}/near/{{version}}/{{language}}/{{naming}}/{{origin}}"
    return Route(path, serve, methods=["GET"])


def disable_nagle() -> None:
    """Switch Nagle's algorithm off for the connections of this process's listening sockets.

    Streamlit binds its socket without naming the protocol, and asyncio sets TCP_NODELAY only where TCP is named; a
    connection inherits the option from the socket that accepts it. Without this, answers wait up to 40 ms.
    """
    for descriptor in _DESCRIPTORS.iterdir() if _DESCRIPTORS.is_dir() else ():
        try:
            copy = socket.socket(fileno=os.dup(int(descriptor.name)))
        except OSError:
            continue  # a file or a pipe, or the folder's own descriptor, closed by now
        with copy:
            internet = copy.family in {socket.AF_INET, socket.AF_INET6} and copy.type == socket.SOCK_STREAM
            if internet and copy.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                copy.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
