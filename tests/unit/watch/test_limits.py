"""One answer is bounded in time, in memory and in whom it comes from, whatever its server does."""

from __future__ import annotations

import gzip
import random
import socket
import tracemalloc

import pytest

from geo.news.limits import FEED_BYTES, MIB
from geo.news.watch.addresses import endpoint_of, resolve
from geo.news.watch.fetch import Visitor
from geo.news.watch.request import Answer, AnswerLimits, FetchError, request

from .press_server import CERTIFICATE, PressServer, Reply, answer, dripping, feed, raw, serving, silent

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


@pytest.mark.parametrize(
    ("host", "vouched_for", "fault"),
    [
        ("127.0.0.1", True, ""),
        ("localhost", True, "its certificate is another host's"),
        ("127.0.0.1", False, "CERTIFICATE_VERIFY_FAILED"),
    ],
    ids=["its-own", "another-host's", "nobody's"],
)
def test_a_host_is_trusted_by_the_certificate_of_its_own_name(
    host: str, vouched_for: bool, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if vouched_for:
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with serving(secure=True) as press:
        press.replies["/"] = feed()
        address = f"https://{host}:{press.port}/"
        if not fault:
            assert ask(address).status == 200
            assert press.asked[0].headers["host"] == f"{host}:{press.port}"
            return
        with pytest.raises(FetchError) as refused:
            ask(address)
        assert press.asked == []
    assert refused.value.reason == f"cannot be trusted ({fault})"


def test_a_slow_body_is_cut_behind_tls_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with serving(secure=True) as press:
        press.replies["/"] = raw(b"HTTP/1.1 200 OK\r\n\r\n", then=dripping)
        with pytest.raises(FetchError) as left:
            ask(f"https://127.0.0.1:{press.port}/")
    assert left.value.reason == "took longer than 1 seconds"


def test_a_host_that_speaks_no_tls_is_told(press: PressServer) -> None:
    with pytest.raises(FetchError) as refused:
        ask(f"https://127.0.0.1:{press.port}/")
    assert refused.value.reason == "cannot be trusted (WRONG_VERSION_NUMBER)"


def test_a_host_that_never_shakes_hands_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute, pytest.raises(FetchError) as left:
        ask(f"https://127.0.0.1:{mute.getsockname()[1]}/")
    assert left.value.reason == "sent nothing for 0.4 seconds"


BODY = b"<rss version='2.0'><channel><item><description>Shikotan</description></item></channel></rss>"
PACKED = gzip.compress(BODY)
ANSWERS = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY),
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s" % (len(PACKED), PACKED),
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nETag: 1\r\n\r\n5c\r\n%s\r\n0\r\n\r\n" % BODY,
    b"HTTP/1.0 302 Found\r\nLocation: http://127.0.0.1/a?b#c\r\nRetry-After: 3\r\n\r\n",
)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return a copy with a few bytes changed, taken out, repeated or put in."""
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(spoilt) + 1), chance.randint(1, 20)
        kept = bytes(spoilt[at : at + length])
        spoilt[at : at + length] = chance.choice((b"", kept * 3, chance.randbytes(3), b"\r\n", b"9" * 30, b":"))
    return bytes(spoilt)


def test_no_mutated_answer_ends_in_anything_but_an_answer_or_a_reason(press: PressServer, visitor: Visitor) -> None:
    chance, statuses, reasons = random.Random(4), list[int](), list[str]()  # noqa: S311 - the same every time
    limits = AnswerLimits(FEED_BYTES, seconds=5.0, silence_seconds=5.0)
    for number in range(400):
        press.replies[f"/{number}"] = raw(mutated(chance.choice(ANSWERS), chance))
        try:
            statuses.append(visitor.get(press.address(f"/{number}"), limits, accept="*/*").answer.status)
        except FetchError as error:
            reasons.append(error.reason)
    assert set(statuses) <= {200, 304}
    assert all(reason.isprintable() for reason in reasons)
    assert min(len(statuses), len(reasons)) > 100
