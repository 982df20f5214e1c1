"""A feeds.toml is checked key by key, and the one that ships asks nobody before it is made one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.errors import FaultyDataError
from geo.news.watch.feeds import Feed, Folder, read_sources
from geo.paths import DATA

FEED = """
[[feed]]
address = "https://example.org/rss.xml"
publisher = "Rubezh"
country = "RU"
language = "ru"
"""
CONTACT = 'contact = "me@example.org"\n'
EXAMPLE = DATA.parent / "docs" / "feeds.toml"


def faults(path: Path, text: str | bytes) -> list[str]:
    file = path / "feeds.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(FaultyDataError) as raised:
        read_sources(file)
    return str(raised.value).splitlines()


def test_feeds_and_folders_are_read_with_what_is_usual(tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text(f'{CONTACT}{FEED}pages = true\nevery = 60\n[[folder]]\npath = "inbox"\n', "utf-8")
    sources = read_sources(file)
    assert sources.contact == "me@example.org"
    feed = Feed(
        address="https://example.org/rss.xml", publisher="Rubezh", country="RU", language="ru", pages=True, every=60
    )
    assert sources.each == (feed, Folder(path=tmp_path / "inbox", every=10))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (FEED, "key contact: expected your web or mail address, so that publishers can reach you"),
        ('contact = ""' + FEED, "key contact: found nothing, expected your web or mail address"),
        ('contact = "me@example.org\\r\\nX: y"' + FEED, "key contact: found 'me@example.org\\r\\nX: y', expected your"),
        (CONTACT, "expected at least one table [[feed]] or [[folder]]"),
        (CONTACT + FEED + FEED, "found 'https://example.org/rss.xml', expected each feed and folder once"),
        (
            CONTACT + FEED.replace("https:", "file:"),
            "key feed[1].address: found 'file://example.org/rss.xml', expected",
        ),
        (CONTACT + FEED.replace("//", "//me:pw@"), "key feed[1].address: found 'https://me:pw@example.org/rss.xml'"),
        (CONTACT + FEED.replace('"RU"', '"Russia"'), "key feed[1].country: found 'Russia', expected the publisher's"),
        (CONTACT + FEED.replace('"ru"', '"de"'), "key feed[1].language: found 'de', expected one of en, ja, ru"),
        (CONTACT + FEED.replace("publisher", "publisherr"), "key feed[1].publisher: expected the publisher's name"),
        (CONTACT + FEED + "every = 1", "key feed[1].every: found '1', expected a whole number of minutes from 5"),
        (CONTACT + FEED + 'every = "30"', "key feed[1].every: found '30', expected a whole number of minutes"),
        (CONTACT + FEED + "pages = 1", "key feed[1].pages: found '1', expected true"),
        (CONTACT + FEED + "[[folder]]\npath = 3", "key folder[1].path: found '3', expected a folder"),
        (CONTACT + "feed = 3", "key feed: found '3', expected tables [[feed]]"),
        (CONTACT + "feeds = []" + FEED, "key feeds: found '[]', expected only the keys contact, feed, folder"),
        (CONTACT + "[[feed", "expected TOML ("),
        (b"\xff\xfe", "expected text in UTF-8"),
    ],
)
def test_a_fault_names_the_file_and_the_key(text: str | bytes, fault: str, tmp_path: Path) -> None:
    told = faults(tmp_path, text)
    assert any(line.startswith((f"feeds.toml, {fault}", f"feeds.toml: {fault}")) for line in told), told


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FaultyDataError, match=r"feeds\.toml: expected a readable file \(No such file or directory\)"):
        read_sources(tmp_path / "feeds.toml")


def test_the_example_asks_nobody_until_somebody_has_put_a_name_to_it(tmp_path: Path) -> None:
    text = EXAMPLE.read_text("utf-8")
    assert [fault.partition(":")[0] for fault in faults(tmp_path, text)] == ["feeds.toml, key contact"]


def test_the_example_has_publishers_of_both_sides(tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text(EXAMPLE.read_text("utf-8").replace('contact = ""', CONTACT), "utf-8")
    feeds = read_sources(file).feeds
    countries = [feed.country for feed in feeds]
    assert countries.count("JP") == countries.count("RU") >= 3
    assert {feed.language for feed in feeds} == {"en", "ja", "ru"}
    assert not any(feed.pages for feed in feeds)
