"""How a guest behaves: robots.txt, waits, redirects, and doors that are not for it."""

from __future__ import annotations

import pytest

from geo.news.limits import FEED_BYTES
from geo.news.watch.addresses import RefusedAddressError, endpoint_of, is_public, resolve
from geo.news.watch.fetch import Fetched, Validators, Visitor
from geo.news.watch.request import AnswerLimits, FetchError
from geo.news.watch.robots import LONGEST_DELAY_SECONDS, Rules

from .conftest import Hours, Watching
from .press_server import PressServer, answer, feed, reset, serving

PIER = ("https://rubezh.example.ru/1", "A pier was opened on Shikotan on Monday.")
DAY = 24 * 60 * 60


def get(visitor: Visitor, address: str, validators: Validators | None = None) -> Fetched:
    return visitor.get(address, AnswerLimits(FEED_BYTES), accept="*/*", validators=validators)


def refusal(visitor: Visitor, address: str) -> str:
    with pytest.raises(FetchError) as refused:
        get(visitor, address)
    return refused.value.reason


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (b"", True),
        (b"User-agent: *\nDisallow:", True),
        (b"User-agent: *\nDisallow: /", False),
        (b"User-agent: *\nDisallow: /*.xml$", False),
        (b"User-agent: *\nDisallow: /private/\nDisallow: /rss", False),
        (b"User-agent: *\nDisallow: /\nAllow: /rss.xml", True),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: fourislands\nAllow: /", True),
        (b"User-agent: FourIslands\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        (b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /rss.xml\r\n", False),
        (b"\xff\xfe\0\0 not a file of rules", True),
        (b"User-agent: *\nDisallow: /" + b"*x" * 5_000 + b"*z", True),
    ],
    ids=[
        *("empty", "nothing", "all", "pattern", "prefix", "exception", "us-allowed", "us-not", "mark", "noise"),
        "hostile-pattern",
    ],
)
def test_robots_txt_is_kept_to(robots: bytes, allowed: bool, press: PressServer, visitor: Visitor) -> None:
    press.replies |= {"/robots.txt": answer(200, robots), "/rss.xml": feed(PIER)}
    if allowed:
        assert get(visitor, press.address()).answer.status == 200
    else:
        assert refusal(visitor, press.address()) == f"is not allowed by {press.address('/robots.txt')}"
        assert press.paths() == ["/robots.txt"]


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (answer(500), "has a robots.txt that answered 500 Internal Server Error, so nothing is asked for"),
        (answer(429), "has a robots.txt that answered 429 Too Many Requests, so nothing is asked for"),
        (answer(200, b"#" * 600_000), "is larger than 0.5 MiB"),
        (answer(302, Location="/robots.txt"), "has a robots.txt that redirects more than 5 times"),
        (reset, "broke off (Connection reset by peer)"),
    ],
    ids=["error", "too-often", "huge", "loop", "reset"],
)
def test_without_a_robots_txt_that_can_be_read_nothing_is_asked(
    reply: object, reason: str, press: PressServer, visitor: Visitor
) -> None:
    press.replies |= {"/robots.txt": reply, "/rss.xml": feed(PIER)}  # type: ignore[dict-item]
    assert refusal(visitor, press.address()) == reason
    assert "/rss.xml" not in press.paths()


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_host_without_a_robots_txt_allows_everything(status: int, press: PressServer, visitor: Visitor) -> None:
    press.replies |= {"/robots.txt": answer(status), "/rss.xml": feed(PIER)}
    assert get(visitor, press.address()).answer.status == 200


def test_a_robots_txt_that_changes_is_noticed_within_a_day(
    press: PressServer, watching: Watching, hours: Hours
) -> None:
    press.replies["/rss.xml"] = feed(PIER)
    watch = watching()
    [outcome] = watch.round()
    assert not outcome.failed
    press.replies["/robots.txt"] = answer(200, b"User-agent: *\nDisallow: /rss.xml")
    hours.sleep(DAY)
    [outcome] = watch.round()
    assert outcome.said == f"{press.address()} is not allowed by {press.address('/robots.txt')}"
    assert outcome.next_try.timestamp() - hours.seconds == pytest.approx(DAY, abs=60)
    press.replies["/robots.txt"] = answer(404)
    hours.sleep(DAY)
    [outcome] = watch.round()
    assert not outcome.failed


@pytest.mark.parametrize(
    ("asked", "waited"),
    [("", 5.0), ("1", 5.0), ("30", 30.0), ("86400", LONGEST_DELAY_SECONDS), ("inf", None), ("nan", None), ("-3", 5.0)],
)
def test_between_two_visits_a_host_is_left_in_peace(
    asked: str, waited: float | None, press: PressServer, visitor: Visitor, hours: Hours
) -> None:
    rule = f"User-agent: *\nCrawl-delay: {asked}" if asked else ""
    press.replies |= {"/robots.txt": answer(200, rule.encode()), "/rss.xml": feed(PIER)}
    get(visitor, press.address())
    get(visitor, press.address())
    [_, wait] = hours.waits
    assert wait == waited if waited else wait in {5.0, LONGEST_DELAY_SECONDS}


def test_rules_hold_for_a_day_whatever_the_clock_does() -> None:
    rules = Rules.parse(b"", 1_000_000.0)
    assert rules.valid_seconds(1_000_000.0 + DAY - 1) == 1
    assert rules.valid_seconds(1_000_000.0 + DAY) <= 0
    assert rules.valid_seconds(999_999.0) <= 0


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_a_lasting_one_is_told(status: int, press: PressServer, watching: Watching) -> None:
    press.replies |= {"/rss.xml": answer(status, Location="/new.xml?a=1"), "/new.xml?a=1": feed(PIER)}
    [outcome] = watching().round()
    assert outcome.report is not None
    assert outcome.report.new == 1
    moved = f"; has moved to '{press.address('/new.xml?a=1')}' for good" if status in {301, 308} else ""
    assert outcome.said == f"read{moved}"


def test_redirects_without_end_are_given_up(press: PressServer, visitor: Visitor) -> None:
    press.replies |= {"/rss.xml": answer(302, Location="/b.xml"), "/b.xml": answer(302, Location="/rss.xml")}
    assert refusal(visitor, press.address()) == "redirects more than 5 times"
    assert len(press.paths()) == 1 + 6


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "is no http or https address"),
        ("ftp://example.org/rss.xml", "is no http or https address"),
        ("javascript:alert(1)", "is no http or https address"),
        ("https://", "is no http or https address"),
        ("http://[::1/", "is no address"),
        ("http://10.0.0.1/", "is at 10.0.0.1, which is not on the public internet"),
        ("http://169.254.169.254/latest/meta-data/", "is at 169.254.169.254, which is not on the public internet"),
        ("http://me:secret@example.org/", "carries a user's name"),
        ("http://example.org/" + "a" * 3_000, "is longer than 2,000 characters"),
        ("/gone.xml", "answered 404 Not Found"),
    ],
)
def test_a_redirect_leads_to_web_addresses_only(
    location: str, reason: str, press: PressServer, visitor: Visitor
) -> None:
    press.replies["/rss.xml"] = answer(302, Location=location)
    said = refusal(visitor, press.address())
    assert said.startswith("redirects to '")
    assert said.endswith(f"which {reason}")
    assert len(said) < 200


def test_what_a_feed_may_do_on_this_machine_no_redirect_may(press: PressServer, visitor: Visitor) -> None:
    with serving() as inner:
        inner.replies["/"] = answer(200, b"for the people of this house only")
        press.replies["/rss.xml"] = answer(302, Location=inner.address("/"))
        said = refusal(visitor, press.address())
        assert said.endswith("is at 127.0.0.1, which is not on the public internet")
        assert inner.asked == []


def test_nothing_of_this_machine_is_asked_unless_that_is_wanted(press: PressServer, hours: Hours) -> None:
    press.replies["/rss.xml"] = feed(PIER)
    outsider = Visitor("https://example.org/who", hours.clock())
    assert refusal(outsider, press.address()) == "is at 127.0.0.1, which is not on the public internet"
    assert press.asked == []


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f.0.0.1/", "http://localhost/"),
        *("http://0.0.0.0/", "http://10.1.2.3/", "http://192.168.0.1/", "http://172.16.0.1/", "http://100.64.0.1/"),
        *("http://169.254.169.254/", "http://[::1]/", "http://[::]/", "http://[fe80::1]/", "http://[fd00::1]/"),
        *("http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://224.0.0.1/"),
        *("file:///etc/passwd", "gopher://127.0.0.1/", "//example.org/", "example.org/rss", "", "http://a@8.8.8.8/"),
        *("http://[::1", "http://8.8.8.8:99999/", "http://a..b/", "http://" + "a" * 64 + ".example/"),
    ],
)
def test_addresses_that_are_not_of_the_public_web_are_refused(address: str) -> None:
    with pytest.raises((RefusedAddressError, OSError)):
        resolve(address)


@pytest.mark.parametrize("ip", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_public(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize(
    ("address", "asked", "path", "authority"),
    [
        ("http://8.8.8.8", "http://8.8.8.8/", "/", "8.8.8.8"),
        ("HTTPS://8.8.8.8:443/A?b=c#d", "https://8.8.8.8:443/A?b=c", "/A?b=c", "8.8.8.8"),
        ("http://8.8.8.8:8080/ю y", "http://8.8.8.8:8080/%D1%8E%20y", "/%D1%8E%20y", "8.8.8.8:8080"),
        ("http://8.8.8.8/a\r\nX: y", "http://8.8.8.8/a%0D%0AX:%20y", "/a%0D%0AX:%20y", "8.8.8.8"),
        ("http://[2001:4860:4860::8888]/", "http://[2001:4860:4860::8888]/", "/", "[2001:4860:4860::8888]"),
    ],
)
def test_an_address_is_asked_as_it_is_written(address: str, asked: str, path: str, authority: str) -> None:
    target = resolve(address)
    assert (target.address, target.path, target.authority) == (asked, path, authority)
    assert endpoint_of(address)[0] == target.ips[0]


def test_what_one_address_recognises_its_answer_by_is_told_to_no_other(press: PressServer, visitor: Visitor) -> None:
    press.replies |= {
        "/rss.xml": answer(302, Location="/a.xml"),
        "/a.xml": feed(PIER, ETag='"1"'),
        "/b.xml": feed(PIER),
    }
    known = get(visitor, press.address()).validators
    assert known == Validators(press.address("/a.xml"), '"1"', "")
    press.replies["/rss.xml"] = answer(302, Location="/b.xml")
    get(visitor, press.address(), known)
    assert not any("if-none-match" in asked.headers for asked in press.asked)
    press.replies |= {"/rss.xml": answer(302, Location="/a.xml"), "/a.xml": answer(304)}
    assert get(visitor, press.address(), known).unchanged
    assert [a.path for a in press.asked if "if-none-match" in a.headers] == ["/a.xml"]
