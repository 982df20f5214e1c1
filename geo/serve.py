"""The routes beside the page: the map's files, cached for good by the browser and served from memory."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from geo.assets import Prepared
from geo.errors import GeoError

PREFIX = "/files"
_FOR_GOOD = "public, max-age=31536000, immutable"


def file_route(prepared: Callable[[], Prepared]) -> Route:
    """Make the route of the map's files.

    Parameters
    ----------
    prepared
        Gives the files; called for each request, so that it may keep them or fail with a GeoError.
    """

    def serve(request: Request) -> Response:
        try:
            asset = prepared().named(request.path_params["name"])
        except GeoError:
            return PlainTextResponse("The data of this page has faults.", status_code=503)
        if asset is None:
            return PlainTextResponse("No such file.", status_code=404)
        headers = {"Cache-Control": _FOR_GOOD, "X-Content-Type-Options": "nosniff", "Vary": "Accept-Encoding"}
        if asset.gzipped and "gzip" in request.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return Response(asset.gzipped, media_type=asset.media_type, headers=headers)
        return Response(asset.content, media_type=asset.media_type, headers=headers)

    return Route(f"{PREFIX}/{{name:path}}", serve, methods=["GET"])
