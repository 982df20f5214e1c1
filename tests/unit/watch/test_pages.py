"""The pages that a feed links to are read when that is wanted, each once, a few a round, and never at any price."""

from __future__ import annotations

from pathlib import Path

from geo.news.limits import PAGES_A_ROUND
from geo.news.watch.watch import Outcome, Watch

from .conftest import Hours, Watching, folder_of
from .press_server import PressServer, Reply, answer, feed, serving

HALF_AN_HOUR = 30 * 60
TEASER = "News of the islands: a pier was opened on Iturup."
STORY = "A pier was opened on Shikotan on Monday, and the first ferry of the year came in with forty people on board."


def page(text: str, **headers: str) -> Reply:
    body = (
        f"<!doctype html><html><head><title>Rubezh</title></head><body><article><p>{text}</p></article></body></html>"
    )
    return answer(200, body.encode(), **{"Content_Type": "text/html; charset=utf-8", **headers})


def ask(watch: Watch) -> Outcome:
    [outcome] = watch.round()
    return outcome


def faults(outcome: Outcome) -> list[str]:
    assert outcome.report is not None
    return [str(fault) for fault in outcome.report.faults.listed]


def kept(store: Path) -> bytes:
    return b"".join(path.read_bytes() for path in store.iterdir())


def test_a_feed_is_read_alone_unless_pages_are_wanted(press: PressServer, watching: Watching) -> None:
    press.replies |= {"/rss.xml": feed((press.address("/1"), TEASER)), "/1": page(STORY)}
    ask(watching())
    assert "/1" not in press.paths()


def test_the_page_is_quoted_and_not_the_teaser(press: PressServer, watching: Watching) -> None:
    press.replies |= {"/rss.xml": feed((press.address("/1"), TEASER)), "/1": page(STORY)}
    outcome = ask(watching(pages=True))
    assert outcome.report is not None
    assert (outcome.report.new, faults(outcome)) == (1, [])
    store = kept(folder_of(watching()))
    assert b"opened on Shikotan on Monday" in store
    assert b"Rubezh Weekly" in store
    assert press.address("/1").encode() in store
    assert b"Iturup" not in store


def test_a_page_is_asked_once_while_the_feed_links_to_it(press: PressServer, watching: Watching, hours: Hours) -> None:
    press.replies |= {"/rss.xml": feed((press.address("/1"), TEASER)), "/1": page(STORY), "/2": page(STORY)}
    ask(watching(pages=True))
    hours.sleep(HALF_AN_HOUR)
    press.replies["/rss.xml"] = feed((press.address("/2"), TEASER), (press.address("/1"), TEASER))
    ask(watching(pages=True))
    assert sorted(press.paths()) == ["/1", "/2", "/robots.txt", "/robots.txt", "/rss.xml", "/rss.xml"]


def test_a_feed_whose_pages_are_all_read_is_asked_for_what_is_new(
    press: PressServer, watching: Watching, hours: Hours
) -> None:
    press.replies |= {"/rss.xml": feed((press.address("/1"), TEASER)), "/1": page(STORY)}
    ask(watching(pages=True))
    hours.sleep(HALF_AN_HOUR)
    press.replies["/rss.xml"] = feed((press.address("/1"), TEASER), ETag='"2"')
    outcome = ask(watching(pages=True))
    assert outcome.report is not None
    assert (outcome.said, outcome.report.read, faults(outcome)) == ("read", 0, [])
    hours.sleep(HALF_AN_HOUR)
    ask(watching(pages=True))
    assert press.asked[-1].headers["if-none-match"] == '"2"'


def test_a_long_feed_is_read_in_rounds_and_not_called_unchanged_before_its_end(
    press: PressServer, watching: Watching, hours: Hours
) -> None:
    links = [press.address(f"/{number}") for number in range(PAGES_A_ROUND + 5)]
    press.replies["/rss.xml"] = feed(*((link, TEASER) for link in links), ETag='"1"')
    press.replies |= {f"/{number}": page(f"{STORY} Number {number}.") for number in range(len(links))}
    ask(watching(pages=True))
    assert sum(path[1:].isdigit() for path in press.paths()) == PAGES_A_ROUND
    hours.sleep(HALF_AN_HOUR)
    ask(watching(pages=True))
    assert sum(path[1:].isdigit() for path in press.paths()) == len(links)
    assert not any("if-none-match" in asked.headers for asked in press.asked)
    hours.sleep(HALF_AN_HOUR)
    ask(watching(pages=True))
    assert "if-none-match" in press.asked[-1].headers


def test_where_a_page_cannot_be_had_the_feeds_own_words_are_read(press: PressServer, watching: Watching) -> None:
    with serving() as inner:
        links = (press.address("/gone"), press.address("/private/1"), inner.address("/admin"), "javascript:alert(1)")
        press.replies["/robots.txt"] = answer(200, b"User-agent: *\nDisallow: /private/")
        press.replies["/pdf"] = answer(200, b"%PDF-1.7", Content_Type="application/pdf")
        texts = ("Shikotan in spring", "Kunashir in spring", "Iturup in spring", "Habomai in spring")
        press.replies["/rss.xml"] = feed(*((link, f"{text}.") for link, text in zip(links, texts, strict=True)))
        outcome = ask(watching(pages=True))
        assert inner.asked == []
    instead = "; the feed's own words were read instead"
    assert faults(outcome) == [
        f"{links[0]}: answered 404 Not Found{instead}",
        f"{links[1]}: is not allowed by {press.address('/robots.txt')}{instead}",
        f"{links[2]}: is at 127.0.0.1, which is not on the public internet{instead}",
    ]
    store = kept(folder_of(watching()))
    assert all(text.encode() in store for text in texts)


def test_a_host_that_has_enough_is_asked_for_no_further_page(
    press: PressServer, watching: Watching, hours: Hours
) -> None:
    links = [press.address(f"/{number}") for number in range(4)]
    press.replies["/rss.xml"] = feed(*((link, TEASER) for link in links))
    press.replies |= {f"/{number}": page(f"{STORY} Number {number}.") for number in range(4)}
    press.replies["/1"] = answer(429, Retry_After="7200")
    outcome = ask(watching(pages=True))
    assert faults(outcome) == [f"{links[1]}: answered 429 Too Many Requests; it and what follows wait"]
    assert outcome.next_try.timestamp() - hours.seconds == 7200
    assert press.paths()[2:] == ["/0", "/1"]
    press.replies["/1"] = page(f"{STORY} Number 1.")
    hours.sleep(7200)
    ask(watching(pages=True))
    assert press.paths()[-3:] == ["/1", "/2", "/3"]
