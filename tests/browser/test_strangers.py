"""What another site's page can do with this server: nothing; and what a reader who stops listening costs the others."""

from __future__ import annotations

import asyncio
import http.server
import threading
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.typing import Origin, Subprotocol

from geo.map.assets import Prepared

from .reader import serving

# what a page tries with an address: whether it could
ATTEMPTS = """async ([base, file]) => {
  const opened = (url) => new Promise((resolve) => {
    const socket = new WebSocket(url, ["streamlit"]);
    socket.onopen = () => { socket.close(); resolve(true); };
    socket.onerror = () => resolve(false);
  });
  const could = (url, options) => fetch(url, options).then((answer) => answer.ok, () => false);
  const body = new FormData();
  body.append("file", new Blob(["Kunashir"]), "a.txt");
  return {
    websocket: await opened(base.replace("http", "ws") + "/_stcore/stream"),
    upload: await could(base + "/_stcore/upload_file/session/file", { method: "PUT", body }),
    file: await could(base + "/files/" + file),
    health: await could(base + "/_stcore/health"),
  };
}"""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """Serve an empty page of another origin on this machine."""
    (tmp_path / "index.html").write_text("<!doctype html><title>Elsewhere</title>", "utf-8")
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def stranger(browser: Browser) -> Iterator[Page]:
    """Open a window that no test of the reader's looks over."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def attempts(page: Page, where: str, address: str, prepared: Prepared) -> dict[str, bool]:
    page.goto(where)
    found: dict[str, bool] = page.evaluate(ATTEMPTS, [address, prepared.assets["map.js"].name])
    return found


def test_another_sites_page_opens_no_session_uploads_nothing_and_reads_no_file(
    stranger: Page, elsewhere: str, address: str, prepared: Prepared
) -> None:
    found = attempts(stranger, elsewhere, address, prepared)
    assert found == dict.fromkeys(found, False)
    # while the page's own may
    own = attempts(stranger, f"{address}/_stcore/health", address, prepared)
    assert (own["websocket"], own["file"], own["health"]) == (True, True, True)


def test_another_site_does_not_show_the_page_in_a_frame(stranger: Page, elsewhere: str, address: str) -> None:
    stranger.goto(elsewhere)
    with stranger.expect_console_message(lambda message: "frame-ancestors" in message.text):
        stranger.evaluate(
            "url => document.body.append(Object.assign(document.createElement('iframe'), { src: url }))", address
        )
    expect(stranger.frame_locator("iframe").get_by_role("heading", name="Four Islands")).to_have_count(0)


def test_an_operator_names_the_sites_that_may_show_it(
    stranger: Page, elsewhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOUR_ISLANDS_EMBEDDERS", elsewhere)
    with serving(tmp_path / "log") as address:
        stranger.goto(elsewhere)
        stranger.evaluate(
            "url => document.body.append(Object.assign(document.createElement('iframe'), { src: url }))", address
        )
        frame = stranger.frame_locator("iframe")
        expect(frame.get_by_role("heading", name="Four Islands")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/_stcore/health"])
def test_every_answer_says_who_may_frame_it_and_where_it_may_load_from(address: str, path: str) -> None:
    with urllib.request.urlopen(address + path, timeout=10) as answer:  # noqa: S310  our own http address
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert policy.endswith("frame-ancestors 'self'")
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def _answered_beside_silent_readers(address: str, count: int) -> bool:
    place = urlsplit(address).netloc
    options: dict[str, Any] = {
        "origin": Origin(address),
        "subprotocols": [Subprotocol("streamlit")],
        "max_size": None,
        "ping_interval": None,
    }
    first = BackMsg()
    first.rerun_script.query_string = ""
    silent = [await connect(f"ws://{place}/_stcore/stream", max_queue=1, **options) for _ in range(count)]
    try:
        for one in silent:
            one.transport.pause_reading()
            for _ in range(3):
                await one.send(first.SerializeToString())
        async with connect(f"ws://{place}/_stcore/stream", **options) as reader:
            await reader.send(first.SerializeToString())
            while True:
                message = ForwardMsg.FromString(await asyncio.wait_for(reader.recv(decode=False), 60))
                if message.WhichOneof("type") == "script_finished":
                    return bool(message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY)
    finally:
        for one in silent:
            # gone without a word
            one.transport.abort()


def test_readers_who_do_not_listen_hold_nobody_back(address: str) -> None:
    # in a thread of its own: the browser's loop is running in this one
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: asyncio.run(_answered_beside_silent_readers(address, 20))).result()
