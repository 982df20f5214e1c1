"""One answer is bounded in time, in memory and in whom it comes from, whatever its server does."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest

from geo.news.limits import FEED_BYTES, MIB
from geo.news.watch.addresses import endpoint_of, resolve
from geo.news.watch.request import Answer, AnswerLimits, FetchError, request

from .press_server import PressServer, Reply, answer, dripping, feed, raw, serving, silent

PATIENCE = AnswerLimits(FEED_BYTES, seconds=1.0, silence_seconds=0.4)


def ask(address: str, limits: AnswerLimits = PATIENCE) -> Answer:
    return request(resolve(address, {endpoint_of(address)}), {}, limits)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (raw(b"HTTP/1.1 200 OK\r\n\r\n", then=dripping), "took longer than 1 seconds"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", then=dripping), "took longer than 1 seconds"),
        (raw(b"HTTP/1.1 200 OK\r\nX-Slow: ", then=dripping), "took longer than 1 seconds"),
        (raw(b"HTTP/1.1 ", then=dripping), "took longer than 1 seconds"),
        (silent, "sent nothing for 0.4 seconds"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nabc", then=silent), "sent nothing for 0.4 seconds"),
    ],
    ids=["body", "body-of-known-length", "header", "status", "silence", "silence-in-the-body"],
)
def test_a_server_that_takes_its_time_is_left(reply: Reply, reason: str, press: PressServer) -> None:
    press.replies["/"] = reply
    with pytest.raises(FetchError) as left:
        ask(press.address("/"))
    assert left.value.reason == reason


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_a_bomb_takes_no_more_memory_than_a_feed_may(packing: str, press: PressServer) -> None:
    bomb = gzip.compress(bytes(400 * MIB), 9)
    body = bomb if packing == "gzip" else bomb[10:-8]
    press.replies["/"] = answer(200, body, Content_Encoding=packing)
    tracemalloc.start()
    try:
        with pytest.raises(FetchError) as refused:
            ask(press.address("/"), AnswerLimits(FEED_BYTES))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert refused.value.reason == "is larger than 4 MiB"
    assert peak < 8 * FEED_BYTES


def test_what_is_packed_comes_unpacked_and_whole(press: PressServer) -> None:
    text = bytes(range(256)) * 8_000
    press.replies["/"] = answer(
        200, gzip.compress(text[:999_999]) + gzip.compress(text[999_999:]), Content_Encoding="gzip"
    )
    got = ask(press.address("/"), AnswerLimits(FEED_BYTES))
    assert got.body == text


def test_a_host_nobody_listens_at_is_told(press: PressServer) -> None:
    address = press.address("/")
    with serving() as other:
        address = other.address("/")
    with pytest.raises(FetchError) as refused:
        ask(address)
    assert refused.value.reason == "cannot be reached (Connection refused)"


def test_a_certificate_that_nobody_vouches_for_is_not_trusted() -> None:
    with serving(secure=True) as press:
        press.replies["/"] = feed()
        with pytest.raises(FetchError) as refused:
            ask(f"https://127.0.0.1:{press.port}/")
        assert press.asked == []
    assert refused.value.reason == "cannot be trusted (CERTIFICATE_VERIFY_FAILED)"
