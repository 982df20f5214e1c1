"""A reader without a browser: one session over the websocket that says what Streamlit's frontend would say."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import Literal
from urllib.parse import parse_qsl

from serving import Kind
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

Deed = Literal["click", "toggle"]

ISLANDS = ("iturup", "kunashir", "shikotan", "habomai")
# in the order of their control
NAMINGS = ("ja", "ru", "both")
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
        # by widget the fragment that it reruns
        self._fragments: dict[str, str] = {}
        self._query = ""
        self._kept: dict[str, tuple[ForwardMsg, int]] = {}
        self._runs = 0
        self._max_age = 2
        self._clicks = start
        self.island = ""
        self.naming = "both"
        turn = start % len(ISLANDS)
        self._islands = cycle(ISLANDS[turn:] + ISLANDS[:turn])
        self._namings = cycle(NAMINGS)

    async def open(self) -> Answer:
        """Load the page; as in a browser, its script then says that it answers choices by itself."""
        answer = await self._rerun(fragment="")
        if self.kind == "page":
            state = self._state("bidi_component")
            state.json_value = '{"live": true}'
            await self._rerun(self._fragments[state.id])
        return answer

    async def do(self, deed: Deed) -> Answer:
        """Click on the next island or switch to the next naming."""
        return await (self.click() if deed == "click" else self.toggle())

    async def click(self) -> Answer:
        """Click on the next island, which presses the list's control; on the floor, press the button."""
        self._clicks += 1
        if self.kind == "floor":
            self._state("button").trigger_value = True
            answer = await self._rerun(fragment="")
            self._expect(f"pressed {self._clicks} times" in answer.texts, answer)
            return answer
        self.island = next(self._islands)
        return await self._choose("-island", ISLANDS.index(self.island))

    async def toggle(self) -> Answer:
        """Switch to the next naming; an island must have been clicked on before."""
        self.naming = next(self._namings)
        return await self._choose("-naming", NAMINGS.index(self.naming))

    async def _choose(self, control: str, index: int) -> Answer:
        state = self._state("button_group", control)
        # a control sends back the words that it shows
        state.string_array_value.data[:] = [self._elements[state.id].button_group.options[index].content]
        answer = await self._rerun(self._fragments[state.id])
        asked = dict(parse_qsl(self._query))
        shown = asked.get("island"), asked.get("naming", "both")
        self._expect(shown == (self.island, self.naming), answer)
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
        elif kind in {"button", "button_group", "selectbox", "component_instance", "bidi_component"}:
            widget_id: str = getattr(element, kind).id
            name = f"{kind} {widget_id.rsplit('-', 1)[-1]}"
            self._elements[widget_id] = element
            self._fragments[widget_id] = message.delta.fragment_id
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
