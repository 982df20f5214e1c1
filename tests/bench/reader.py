"""A reader without a browser: one session over the websocket that says what Streamlit's frontend would say."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import Literal

from serving import Kind
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

Deed = Literal["click", "toggle"]

# by island: what the heading of its panel must hold when both names, Japanese or Russian names are shown
HEADINGS = {
    "iturup": {"both": "Iturup", "日本語": "択捉", "Русский": "Итуруп"},
    "kunashir": {"both": "Kunashir", "日本語": "国後", "Русский": "Кунашир"},
    "shikotan": {"both": "Shikotan", "日本語": "色丹", "Русский": "Шикотан"},
    "habomai": {"both": "Khabomai", "日本語": "歯舞", "Русский": "Хабомаи"},
}
OTHER_SCRIPT = {"日本語": re.compile("[\u0400-\u04ff]"), "Русский": re.compile("[\u3040-\u30ff\u4e00-\u9fff]")}
RUN_FINISHED = {
    ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY,
    ForwardMsg.ScriptFinishedStatus.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
}


class WrongAnswerError(Exception):
    """The server's answer does not show what was asked for, so its time is worth nothing."""


@dataclass
class Answer:
    """All that came back for one rerun."""

    ms: float = 0.0
    up_bytes: int = 0
    down_bytes: int = 0
    # element, bytes, whether it travelled as a reference
    elements: list[tuple[str, int, bool]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


class Reader:
    """One session; ``click`` and ``toggle`` each change what is shown and check that it is."""

    def __init__(self, socket: ClientConnection, kind: Kind, start: int = 0) -> None:
        self.kind = kind
        self._socket = socket
        self._states: dict[str, WidgetState] = {}
        self._elements: dict[str, Element] = {}
        self._fragment = ""
        self._query = ""
        self._kept: dict[str, tuple[ForwardMsg, int]] = {}
        self._runs = 0
        self._max_age = 2
        self._clicks = start
        self.island = ""
        self.naming = "both"
        turn = start % len(HEADINGS)
        self._islands = cycle([*HEADINGS][turn:] + [*HEADINGS][:turn])
        self._namings = cycle(["Русский", "日本語", "both"])

    async def open(self) -> Answer:
        """Load the page."""
        return await self._rerun(fragment="")

    async def do(self, deed: Deed) -> Answer:
        """Click on the next island or switch to the next naming."""
        return await (self.click() if deed == "click" else self.toggle())

    async def click(self) -> Answer:
        """Click on the next island of the map; on the floor, press the button."""
        self._clicks += 1
        if self.kind == "floor":
            self._state("button").trigger_value = True
            answer = await self._rerun(fragment="")
            self._expect(f"pressed {self._clicks} times" in answer.texts, answer)
            return answer
        self.island = next(self._islands)
        told = f'{{"island":"{self.island}","date":null,"click":{int(1000 * time.time()) + self._clicks}}}'
        self._state("component_instance").json_value = told
        return await self._shown(await self._rerun(self._fragment))

    async def toggle(self) -> Answer:
        """Switch to the next naming; an island must have been clicked on before."""
        self.naming = next(self._namings)
        self._state("button_group", "-naming").string_array_value.data[:] = [self.naming]
        return await self._shown(await self._rerun(self._fragment))

    async def _shown(self, answer: Answer) -> Answer:
        headings = [h for text in answer.texts for h in re.findall(r"<h2>(.*?)</h2>", text, re.DOTALL)]
        self._expect(len(headings) == 1 and HEADINGS[self.island][self.naming] in headings[0], answer)
        other = OTHER_SCRIPT.get(self.naming)
        self._expect(other is None or not other.search(headings[0]), answer)
        return answer

    def _expect(self, shown: bool, answer: Answer) -> None:
        if not shown:
            message = f"{self.kind}: {self.island} {self.naming} is not in {[t[:300] for t in answer.texts]}"
            raise WrongAnswerError(message)

    def _state(self, element: str, suffix: str = "") -> WidgetState:
        found = next(i for i, e in self._elements.items() if e.WhichOneof("type") == element and i.endswith(suffix))
        return self._states.setdefault(found, WidgetState(id=found))

    async def _rerun(self, fragment: str) -> Answer:
        message = BackMsg()
        run = message.rerun_script
        run.widget_states.widgets.extend(self._states.values())
        run.query_string, run.fragment_id = self._query, fragment
        run.cached_message_hashes.extend(self._kept)
        run.context_info.timezone, run.context_info.locale = "UTC", "en-US"
        run.context_info.url = "http://localhost"
        data = message.SerializeToString()
        answer = Answer(up_bytes=len(data))
        sent = time.perf_counter()
        await self._socket.send(data)
        while not self._take(await self._socket.recv(decode=False), answer):
            pass
        answer.ms = 1000 * (time.perf_counter() - sent)
        for state in [s for s in self._states.values() if s.WhichOneof("value") == "trigger_value"]:
            del self._states[state.id]
        self._forget(fragment)
        return answer

    def _take(self, data: bytes, answer: Answer) -> bool:
        message = ForwardMsg.FromString(data)
        answer.down_bytes += len(data)
        kind = message.WhichOneof("type")
        if kind == "script_finished":
            self._expect(message.script_finished in RUN_FINISHED, answer)
            return True
        if kind == "new_session":
            self._max_age = message.new_session.config.max_cached_message_age
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "ref_hash":
            whole, _ = self._kept[message.ref_hash]
            self._kept[message.ref_hash] = (whole, self._runs)
            self._keep_element(whole, len(data), answer, reference=True)
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            if message.metadata.cacheable:
                self._kept[message.hash] = (message, self._runs)
            self._keep_element(message, len(data), answer, reference=False)
        return False

    def _keep_element(self, message: ForwardMsg, size: int, answer: Answer, *, reference: bool) -> None:
        element = message.delta.new_element
        kind: str = element.WhichOneof("type") or ""
        name = kind
        if kind == "html":
            answer.texts.append(element.html.body)
        elif kind == "markdown":
            answer.texts.append(element.markdown.body)
        elif kind in {"button", "button_group", "selectbox", "component_instance"}:
            widget_id: str = getattr(element, kind).id
            name = f"{kind} {widget_id.rsplit('-', 1)[-1] if kind != 'component_instance' else ''}".strip()
            self._elements[widget_id] = element
            if kind == "component_instance":
                # the map stands in the outer of two fragments; what is asked of the press reruns only the inner one
                self._fragment = message.delta.fragment_id
            self._adopt(widget_id, element)
        answer.elements.append((name, size, reference))

    def _adopt(self, widget_id: str, element: Element) -> None:
        # the frontend takes over a value the server sets, and sends it back with each rerun
        if element.WhichOneof("type") == "button_group":
            group = element.button_group
            if group.set_value or widget_id not in self._states:
                state = WidgetState(id=widget_id)
                state.string_array_value.data[:] = group.raw_values
                self._states[widget_id] = state
        elif element.WhichOneof("type") == "selectbox":
            box = element.selectbox
            if box.set_value:
                self._states[widget_id] = WidgetState(id=widget_id, string_value=box.raw_value)
            elif widget_id not in self._states:
                self._states[widget_id] = WidgetState(id=widget_id, string_value=box.options[box.default])

    def _forget(self, fragment: str) -> None:
        # as the frontend: what was not in the last runs of its fragment is dropped
        self._runs += 1
        for key, (message, last) in list(self._kept.items()):
            aside = fragment and message.delta.fragment_id != fragment
            if not aside and self._runs - last > self._max_age:
                del self._kept[key]


@asynccontextmanager
async def reading(kind: Kind, port: int, start: int = 0) -> AsyncIterator[Reader]:
    """Open a session; ``start`` is the island it begins with."""
    async with connect(
        f"ws://localhost:{port}/_stcore/stream",
        origin=Origin(f"http://localhost:{port}"),
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        ping_interval=None,
        open_timeout=30,
    ) as socket:
        yield Reader(socket, kind, start if kind == "page" else 0)
