"""Measures what readers wait while two clients upload the worst files there are; prints JSON.

Twenty readers click, first alone, then beside the uploads, then alone again, all on one server:
``python tests/bench/uploads.py`` (two minutes).
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import html
import http.client
import json
import os
import re
import signal
import sys
import time
from typing import Any

from crowd import stroll
from reader import Answer, Reader
from serving import Server, served
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs, UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

READERS = 20
CLIENTS = 2
PAUSE_SECONDS = 1.5
# one document may take 20 s, so that several of the worst are under way in any such time
UPLOAD_SECONDS = 60.0
ALONE_SECONDS = 25.0
_MIB = 1024 * 1024
_BOUNDARY = "four-islands-bench"
_COOKIE = "_streamlit_xsrf"
_LONGEST_ANSWER_SECONDS = 180
_PARAGRAPH = "<p>The regional council met and spoke of roads and schools on Shikotan.</p>\n"


def worst() -> dict[str, bytes]:
    """Return the worst files by name, each under the 20 MB that one file may have."""
    links = '<p><a href="/a">Shikotan</a></p>' * 240_000
    return {
        # takes past the time that one document may take
        "links.html": f"<html><body><article>{links}</article></body></html>".encode(),
        "zeros.warc.gz": gzip.compress(bytes(1024 * _MIB), 9, mtime=0),
        "japanese.txt": ("地域の議会は道路と学校の予算を審議した。" * 250_000 + "国後島は霧だ。").encode(),
        "long.html": f"<html><body><article>{_PARAGRAPH * 200_000}</article></body></html>".encode(),
        "accounts.txt": ("(@reporter) " * 400_000 + "On Kunashir it snowed.").encode(),
        "lines.txt": ("The council met and spoke of roads\n" * 300_000 + "Kunashir.\n").encode(),
        "rule.txt": f"Page 1 {'-' * 10_000_000}\n\nA new pier was opened on Kunashir.".encode(),
    }


class UploadFailedError(Exception):
    """The server did not take or did not read a file, so that the load is not the one that is meant."""


class Uploader(Reader):
    """A session that opens the box for articles and puts one file after the other into it."""

    def __init__(self, socket: ClientConnection) -> None:
        super().__init__(socket, "page")
        self._expander = ("", "")
        self._box = ("", "")
        self._urls: list[FileURLs] = []

    async def open_box(self) -> None:
        """Open the part of the page that holds the upload."""
        await self.open()
        found, fragment = self._expander
        self._states[found] = WidgetState(id=found, bool_value=True)
        await self._rerun(fragment)
        if not self._box[0]:
            message = "the page shows no box for files"
            raise UploadFailedError(message)

    async def upload(self, port: int, name: str, data: bytes) -> str:
        """Upload a file in place of the one before; return what the page says of it."""
        urls = await self._ask_urls(name)
        status = await asyncio.to_thread(_put, port, urls.upload_url, name, data)
        if status not in {http.client.OK, http.client.NO_CONTENT}:
            message = f"{name}: status {status}"
            raise UploadFailedError(message)
        found, fragment = self._box
        state = WidgetState(id=found)
        told = UploadedFileInfo(name=name, size=len(data), file_id=urls.file_id, file_urls=urls)
        state.file_uploader_state_value.uploaded_file_info.append(told)
        self._states[found] = state
        answer = await asyncio.wait_for(self._rerun(fragment), _LONGEST_ANSWER_SECONDS)
        said = next((text for text in answer.texts if "Articles read" in text), "")
        if not said:
            message = f"{name}: the page says nothing of it"
            raise UploadFailedError(message)
        return _faults_told(said)

    async def _ask_urls(self, name: str) -> FileURLs:
        message = BackMsg()
        message.file_urls_request.request_id = name
        message.file_urls_request.file_names.append(name)
        self._urls = []
        await self._socket.send(message.SerializeToString())
        while not self._urls:
            answer = ForwardMsg.FromString(await self._socket.recv(decode=False))
            self._urls = list(answer.file_urls_response.file_urls)
        return self._urls[0]

    def _take(self, data: bytes, answer: Answer) -> bool:
        message = ForwardMsg.FromString(data)
        block = message.delta.add_block
        if block.WhichOneof("type") == "expandable" and block.expandable.id.endswith("-adding"):
            self._expander = block.expandable.id, message.delta.fragment_id
        box = message.delta.new_element.file_uploader
        if box.id:
            self._box = box.id, message.delta.fragment_id
        return super()._take(data, answer)


def _faults_told(markup: str) -> str:
    text = html.unescape(re.sub(r"<[^>]*>", " ", markup))
    start = text.index("Articles read")
    return " ".join(text[start : start + 260].split())


def _put(port: int, url: str, name: str, data: bytes) -> int:
    connection = http.client.HTTPConnection("localhost", port, timeout=60)
    connection.request("GET", "/_stcore/health")
    answer = connection.getresponse()
    answer.read()
    cookies = "; ".join(answer.headers.get_all("Set-Cookie") or ())
    token = match[1] if (match := re.search(rf"{_COOKIE}=([^;]+)", cookies)) else ""
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    body = f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + data + f"\r\n--{_BOUNDARY}--\r\n".encode()
    headers = {
        "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
        "Cookie": f"{_COOKIE}={token}",
        "X-Xsrftoken": token,
        "Origin": f"http://localhost:{port}",
    }
    connection.request("PUT", f"/{url.lstrip('/')}", body, headers)
    status = connection.getresponse().status
    connection.close()
    return status


async def _uploads(server: Server, client: int, files: dict[str, bytes], told: list[dict[str, Any]]) -> None:
    """Upload without pause until cancelled; the clients begin with different files."""
    names = [*files][client:] + [*files][:client]
    async with connect(
        f"ws://localhost:{server.port}/_stcore/stream",
        origin=Origin(f"http://localhost:{server.port}"),
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        ping_interval=None,
    ) as socket:
        uploader = Uploader(socket)
        await uploader.open_box()
        while True:
            for name in names:
                started = time.perf_counter()
                entry: dict[str, Any] = {"client": client, "file": name, "bytes": len(files[name])}
                told.append(entry)
                entry["said"] = await uploader.upload(server.port, name, files[name])
                entry["seconds"] = round(time.perf_counter() - started, 1)


async def measured(server: Server, *, quick: bool) -> dict[str, Any]:
    """Return the waits of readers alone, beside uploads and alone again, and what became of the uploads.

    Raises
    ------
    UploadFailedError
        When an upload did not go the whole way.
    """
    files = worst()
    alone, beside = (ALONE_SECONDS / 2, UPLOAD_SECONDS / 2) if quick else (ALONE_SECONDS, UPLOAD_SECONDS)
    told: list[dict[str, Any]] = []
    # the first clicks after start are slower
    await stroll("page", server, READERS, seconds=5, pause=PAUSE_SECONDS)
    found: dict[str, Any] = {"before": await stroll("page", server, READERS, seconds=alone, pause=PAUSE_SECONDS)}
    uploads = [asyncio.create_task(_uploads(server, n, files, told)) for n in range(CLIENTS)]
    await asyncio.sleep(2)
    found["beside_uploads"] = await stroll("page", server, READERS, seconds=beside, pause=PAUSE_SECONDS)
    for task in uploads:
        if task.done():
            task.result()
        task.cancel()
    await asyncio.gather(*uploads, return_exceptions=True)
    # what was under way is ended by its own limit; nobody reads any more then
    await asyncio.sleep(25)
    found["after"] = await stroll("page", server, READERS, seconds=alone, pause=PAUSE_SECONDS)
    found["uploads"] = told
    for figure in ("median_ms", "p95_ms"):
        without = sorted(found[part][figure] for part in ("before", "after"))
        name = figure.removesuffix("_ms")
        # against the lower one, so that another load on the machine cannot flatter the uploads
        found[f"{name}_ratio"] = round(found["beside_uploads"][figure] / without[0], 2)
        # far from 1: something else was running, and the run says nothing
        found[f"{name}_without_drift"] = round(without[1] / without[0], 2)
    return found


def main() -> None:
    """Run it on a server of its own."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="half the time, for a look")
    options = parser.parse_args()
    # a caller that stops us stops our server too
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with served("page") as server:
        found = asyncio.run(measured(server, quick=options.quick))
    load = [round(value, 2) for value in os.getloadavg()]
    print(json.dumps({"cores": os.cpu_count(), "load_average_after": load, **found}, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
