"""A server, a clock that waits without waiting, and a watch of that server's feeds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from geo.news.extract import ExtractionContext
from geo.news.find.mentions import Finder
from geo.news.normalize.publishers import Publishers
from geo.news.watch.addresses import endpoint_of
from geo.news.watch.feeds import Feed, Sources
from geo.news.watch.fetch import Clock, Visitor
from geo.news.watch.state import load
from geo.news.watch.watch import Watch
from geo.paths import DATA

from .press_server import PressServer, serving

START = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)
Watching = Callable[..., Watch]


class Hours:
    """A time that passes only when somebody waits for it."""

    def __init__(self) -> None:
        self.seconds = START.timestamp()
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.waits.append(seconds)
        self.seconds += seconds

    def clock(self) -> Clock:
        """Return the clock that shows it."""
        return Clock(lambda: self.seconds, self.sleep)


def folder_of(watch: Watch) -> Path:
    """Return the folder of the store of a watch."""
    assert isinstance(watch.store, Path)
    return watch.store


@pytest.fixture(scope="session")
def context() -> ExtractionContext:
    return ExtractionContext(Finder.from_data(DATA), Publishers.from_data(DATA))


@pytest.fixture
def press() -> Iterator[PressServer]:
    with serving() as server:
        yield server


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def visitor(press: PressServer, hours: Hours) -> Visitor:
    return Visitor("https://example.org/who", hours.clock(), {endpoint_of(press.address())})


@pytest.fixture
def watching(press: PressServer, hours: Hours, tmp_path: Path, context: ExtractionContext) -> Watching:
    """Return what makes a watch of feeds at paths of the server, as a new process makes it."""

    def make(*paths: str, pages: bool = False) -> Watch:
        feeds = tuple(
            Feed(address=press.address(path), publisher="Rubezh Weekly", country="RU", language="en", pages=pages)
            for path in paths or ("/rss.xml",)
        )
        sources = Sources(contact="https://example.org/who", feed=feeds)
        store = tmp_path / "store"
        store.mkdir(exist_ok=True)
        visitor = Visitor(sources.contact, hours.clock(), {endpoint_of(press.address())})
        return Watch(sources, store, context, visitor, hours.clock(), load(store)[0])

    return make
