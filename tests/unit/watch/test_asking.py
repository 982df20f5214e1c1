"""What a feed's server may answer, and for each answer what is kept, what is said and when it is asked again."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime

import pytest

from geo.news.watch.watch import Outcome, Watch

from .conftest import START, Hours, Watching, folder_of
from .press_server import PressServer, Reply, answer, endless, feed, raw, reset, rss

PIER = ("https://rubezh.example.ru/1", "A pier was opened on Shikotan on Monday.")
SCHOOL = ("https://rubezh.example.ru/2", "A school was opened on Kunashir on Monday.")
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"


def ask(watch: Watch) -> Outcome:
    [outcome] = watch.round()
    return outcome


def minutes(outcome: Outcome, hours: Hours) -> float:
    return (outcome.next_try.timestamp() - hours.seconds) / 60


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    """Return how many articles were read, new, known, and how many faults there were."""
    assert outcome.report is not None
    return outcome.report.read, outcome.report.new, outcome.report.duplicates, outcome.report.failed


def test_a_feed_is_quoted_under_its_publishers_name(press: PressServer, watching: Watching, hours: Hours) -> None:
    press.replies["/rss.xml"] = feed(PIER, SCHOOL, ("https://rubezh.example.ru/3", "Nothing of note."))
    outcome = ask(watching())
    assert (outcome.name, outcome.said, outcome.failed) == (f"Rubezh Weekly ({press.address()})", "read", False)
    assert counts(outcome) == (3, 2, 0, 0)
    assert minutes(outcome, hours) == 30
    kept = next(path.read_bytes() for path in folder_of(watching()).iterdir() if b"Rubezh Weekly" in path.read_bytes())
    assert b"All of it" not in kept


def test_a_request_says_who_asks_and_what_for(press: PressServer, watching: Watching) -> None:
    press.replies["/rss.xml"] = feed(PIER)
    ask(watching())
    robots, request = press.asked
    assert (robots.path, request.path) == ("/robots.txt", "/rss.xml")
    assert robots.headers["user-agent"] == request.headers["user-agent"] == "FourIslands (+https://example.org/who)"
    assert request.headers["host"] == f"127.0.0.1:{press.port}"
    assert request.headers["accept-language"] == "en"
    assert request.headers["accept"].startswith("application/rss+xml")
    assert not {"cookie", "referer", "if-none-match", "if-modified-since"} & set(request.headers)


def test_a_feed_that_has_not_changed_is_not_sent_again(press: PressServer, watching: Watching, hours: Hours) -> None:
    told = {"ETag": '"v1"', "Last_Modified": "Mon, 02 Nov 2026 10:00:00 GMT"}
    press.replies["/rss.xml"] = feed(PIER, **told)
    ask(watching())
    hours.sleep(30 * 60)
    press.replies["/rss.xml"] = answer(304)
    outcome = ask(watching())
    conditions = press.asked[-1].headers
    assert (conditions["if-none-match"], conditions["if-modified-since"]) == ('"v1"', told["Last_Modified"])
    assert (outcome.said, outcome.report, outcome.failed) == ("nothing new", None, False)
    assert minutes(outcome, hours) == 30
    hours.sleep(30 * 60)
    press.replies["/rss.xml"] = feed(PIER, SCHOOL)
    assert counts(ask(watching())) == (2, 1, 1, 0)


def test_nothing_is_asked_before_it_is_due(press: PressServer, watching: Watching, hours: Hours) -> None:
    press.replies["/rss.xml"] = feed(PIER)
    ask(watching())
    hours.sleep(29 * 60)
    assert list(watching().round()) == []
    assert press.paths() == ["/robots.txt", "/rss.xml"]
    hours.sleep(60)
    assert counts(ask(watching())) == (1, 0, 1, 0)


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        (404, ("answered 404 Not Found", 60)),
        (410, ("answered 410 Gone", 30 * 24 * 60)),
        (403, ("answered 403 Forbidden", 60)),
        (500, ("answered 500 Internal Server Error", 60)),
        (204, ("answered 204 No Content", 60)),
        (299, ("answered 299", 60)),
        (302, ("answered 302 Found without saying where", 60)),
    ],
)
def test_an_answer_without_a_feed_is_told_and_asked_later(
    status: int, wanted: tuple[str, float], press: PressServer, watching: Watching, hours: Hours
) -> None:
    said, next_minutes = wanted
    press.replies["/rss.xml"] = answer(status, b"" if status in {204, 304} else rss(PIER).encode())
    outcome = ask(watching())
    assert (outcome.said, outcome.failed, outcome.report) == (f"{press.address()} {said}", True, None)
    assert minutes(outcome, hours) == next_minutes


def test_a_feed_that_fails_is_asked_less_and_less_often_until_it_answers(
    press: PressServer, watching: Watching, hours: Hours
) -> None:
    press.replies["/rss.xml"] = answer(503)
    pauses = []
    for _ in range(8):
        outcome = ask(watching())
        pauses.append(minutes(outcome, hours))
        hours.sleep(outcome.next_try.timestamp() - hours.seconds)
    assert pauses == [60, 120, 240, 480, 960, 1440, 1440, 1440]
    press.replies["/rss.xml"] = feed(PIER)
    outcome = ask(watching())
    assert (counts(outcome), minutes(outcome, hours)) == ((1, 1, 0, 0), 30)


@pytest.mark.parametrize(
    ("retry_after", "next_minutes"),
    [
        ("7200", 120),
        ("60", 30),
        (format_datetime(START + dt.timedelta(hours=5), usegmt=True), 300),
        ("Tue, 24 Nov 2020 00:00:00 GMT", 30),
        ("9" * 400, 30 * 24 * 60),
        ("-5", 60),
        ("soon", 60),
        ("Fri, 99 Nov 99999 00:00:00 GMT", 60),
        ("", 60),
    ],
    ids=["seconds", "sooner-than-usual", "date", "past", "ages", "negative", "word", "no-date", "empty"],
)
def test_a_server_that_is_asked_too_often_says_when_to_come_again(
    retry_after: str, next_minutes: float, press: PressServer, watching: Watching, hours: Hours
) -> None:
    press.replies["/rss.xml"] = answer(429, Retry_After=retry_after)
    outcome = ask(watching())
    assert outcome.said == f"{press.address()} answered 429 Too Many Requests"
    # two visits, a few seconds apart
    assert minutes(outcome, hours) == pytest.approx(next_minutes, abs=0.2)


def test_a_host_that_wants_to_be_left_alone_is_left_alone_by_all_its_feeds(
    press: PressServer, watching: Watching, hours: Hours
) -> None:
    press.replies |= {"/a.xml": answer(429, Retry_After="7200"), "/b.xml": feed(PIER)}
    watch = watching("/a.xml", "/b.xml")
    assert len(list(watch.round())) == 1
    assert "/b.xml" not in press.paths()
    hours.sleep(7200)
    press.replies["/a.xml"] = feed(SCHOOL)
    assert [counts(outcome)[1] for outcome in watching("/a.xml", "/b.xml").round()] == [1, 1]


HOSTILE: dict[str, tuple[Reply, str]] = {
    "reset": (reset, "broke off (Connection reset by peer)"),
    "reset-in-the-body": (raw(HEAD, b"Content-Length: 500\r\n\r\n<rss", then=reset), "broke off"),
    "cut-short": (raw(HEAD, b"Content-Length: 500\r\n\r\n<rss"), "sent no answer that can be read"),
    "nothing": (raw(b""), "sent no answer that can be read"),
    "not-http": (raw(b"SSH-2.0-OpenSSH_9.6\r\n"), "sent no answer that can be read"),
    "endless-header": (raw(b"HTTP/1.1 200 OK\r\nA: ", then=endless), "sent no answer that can be read"),
    "endless-headers": (raw(b"HTTP/1.1 200 OK\r\n", b"A: b\r\n" * 5_000), "sent no answer that can be read"),
    "bad-chunks": (raw(HEAD, b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), "sent no answer that can be read"),
    "endless-body": (raw(HEAD, b"\r\n", then=endless), "is larger than 4 MiB"),
    "not-gzip": (answer(200, b"<rss></rss>", Content_Encoding="gzip"), "sent no answer that can be read"),
    "packed-as-asked-by-nobody": (answer(200, b"x", Content_Encoding="gzip, gzip, gzip"), "is packed as"),
    "picture": (answer(200, b"\x89PNG", Content_Type="image/png"), "is of the type 'image/png' and no feed"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_broken_or_hostile_answer_is_one_line_and_ends_nothing(
    case: str, press: PressServer, watching: Watching, hours: Hours
) -> None:
    reply, said = HOSTILE[case]
    press.replies |= {"/bad.xml": reply, "/rss.xml": feed(PIER)}
    bad, good = watching("/bad.xml", "/rss.xml").round()
    assert (bad.failed, bad.report) == (True, None)
    assert bad.said.startswith(f"{press.address('/bad.xml')} {said}")
    assert bad.said.isprintable()
    assert len(bad.said) < 250
    assert minutes(bad, hours) == pytest.approx(60, abs=0.2)
    assert counts(good) == (1, 1, 0, 0)


CONTENT: dict[str, tuple[bytes, tuple[int, int, int, int], str]] = {
    "page-in-place-of-a-feed": (b"<!doctype html><title>Sorry</title><p>Shikotan is back soon.", (0, 0, 0, 1), "is no"),
    "empty": (b"  \n", (0, 0, 0, 1), "is empty"),
    "no-entries": (rss().encode(), (0, 0, 0, 1), "is a feed without entries"),
    "path": (b"/etc/passwd", (0, 0, 0, 1), "is no feed"),
    "cut": (rss(PIER).encode()[:-60], (1, 1, 0, 0), ""),
}


@pytest.mark.parametrize("case", CONTENT)
def test_what_is_no_feed_is_told_and_asked_for_anew(
    case: str, press: PressServer, watching: Watching, hours: Hours
) -> None:
    body, wanted, reason = CONTENT[case]
    press.replies["/rss.xml"] = answer(200, body, Content_Type="text/xml", ETag='"v1"')
    outcome = ask(watching())
    assert counts(outcome) == wanted
    assert outcome.report is not None
    assert all(f.path == press.address() and f.reason.startswith(reason) for f in outcome.report.faults.listed)
    # the server is well: no longer pause, and no talk of what has not changed
    assert minutes(outcome, hours) == 30
    hours.sleep(30 * 60)
    ask(watching())
    assert ("if-none-match" in press.asked[-1].headers) == (wanted[0] > 0)


@pytest.mark.parametrize(
    ("encoding", "stated"), [("windows-1251", "utf-8"), ("utf-8", "windows-1251"), ("koi8-r", "iso-8859-1")]
)
def test_a_wrong_charset_spoils_no_quotation(
    encoding: str, stated: str, press: PressServer, watching: Watching
) -> None:
    text = "На Шикотане построили новый причал, и жители этому рады."  # noqa: RUF001
    press.replies["/rss.xml"] = feed(
        (PIER[0], text), encoding=encoding, Content_Type=f"application/rss+xml; charset={stated}"
    )
    outcome = ask(watching())
    assert counts(outcome) == (1, 1, 0, 0)
    kept = b"".join(path.read_bytes() for path in folder_of(watching()).iterdir())
    assert "На Шикотане построили новый причал".encode() in kept  # noqa: RUF001


@pytest.mark.parametrize("system", ["file:///etc/passwd", "{address}", "bomb"])
def test_entities_of_a_hostile_feed_lead_nowhere(system: str, press: PressServer, watching: Watching) -> None:
    entity = f'<!ENTITY z SYSTEM "{system}">'.replace("{address}", press.address("/secret"))
    if system == "bomb":
        doubling = (f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(25))
        entity = '<!ENTITY a "lol">' + "".join(doubling)
    body = rss((PIER[0], "Shikotan &z; today.")).replace("?>", f"?><!DOCTYPE r [{entity}]>", 1)
    press.replies["/rss.xml"] = answer(200, body.encode(), Content_Type="text/xml")
    outcome = ask(watching())
    assert outcome.report is not None
    kept = b"".join(path.read_bytes() for path in folder_of(watching()).iterdir())
    assert b"root:" not in kept
    assert b"lollol" not in kept
    assert "/secret" not in press.paths()


def test_a_watch_goes_on_until_it_is_ended(press: PressServer, watching: Watching, hours: Hours) -> None:
    press.replies["/rss.xml"] = feed(PIER)
    outcomes = watching().forever()
    told = [next(outcomes) for _ in range(4)]
    assert [counts(outcome)[1:3] for outcome in told] == [(1, 0), (0, 1), (0, 1), (0, 1)]
    assert hours.seconds == pytest.approx(START.timestamp() + 3 * 30 * 60, abs=60)
    assert press.paths() == ["/robots.txt"] + ["/rss.xml"] * 4
