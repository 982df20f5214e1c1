"""Who may use this server from a browser: its own page, and the sites that its operator names."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# hosts of background maps, asked only when the reader switches one on
_TILES = "https://cyberjapandata.gsi.go.jp https://tile.openstreetmap.org"
# Streamlit's own page needs scripts and styles within the page; nothing is loaded from or sent to another host
_POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
    f"img-src 'self' data: blob: {_TILES}; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'"
)
_REFUSED_BY_POLICY = 1008


class OwnSite:
    """Refuses what another site's page asks for, and says who may show this page in a frame.

    Parameters
    ----------
    app
        The application behind it.
    origins
        Origins such as ``https://maps.example.org`` that count as this site: where a proxy hands on another ``Host``.
    embedders
        Origins of sites whose pages may show this one in a frame.
    """

    def __init__(self, app: ASGIApp, origins: Collection[str] = (), embedders: Collection[str] = ()) -> None:
        self._app = app
        self._origins = frozenset(origins)
        policy = " ".join([_POLICY, *embedders])
        self._headers = {"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff"}
        if not embedders:
            self._headers["X-Frame-Options"] = "SAMEORIGIN"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it with 403."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
        elif self._is_own(Headers(scope=scope)):
            await self._app(scope, receive, self._marked(send))
        elif scope["type"] == "websocket":
            # closed before it is accepted, which the browser sees as 403
            await send({"type": "websocket.close", "code": _REFUSED_BY_POLICY})
        else:
            refusal = PlainTextResponse("This server answers its own page only.", status_code=403)
            await refusal(scope, receive, self._marked(send))

    def _is_own(self, headers: Headers) -> bool:
        # a browser names the origin of every page that opens a websocket, uploads, or reads across sites
        origin = headers.get("origin")
        return origin is None or origin in self._origins or urlsplit(origin).netloc == headers.get("host")

    def _marked(self, send: Send) -> Send:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        return marked
