"""A store on a server: away and back again, held by one writer and one watch, and never read by an older program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from postgres_server import PostgresServer, serving

from geo.__main__ import main
from geo.errors import GeoError
from geo.news.ingest import ingest
from geo.news.store.address import ServerAddress, StoreAddress, store_address
from geo.news.store.database import AwayError, BusyError
from geo.news.store.opening import writing
from geo.news.store.postgresql import connect
from geo.news.watch.state import SourceState, alone, load, save
from geo.page import press
from geo.page.view import View
from geo.paths import DATA

LAMP = {"text": "A lamp was lit on Shikotan.", "source": "NHK", "date": "2024-05-01", "url": "https://nhk.or.jp/1"}


@pytest.fixture(scope="module")
def own_server() -> Iterator[PostgresServer]:
    """Start a server that may be stopped."""
    with serving() as running:
        yield running


@pytest.fixture
def store(own_server: PostgresServer, request: pytest.FixtureRequest) -> ServerAddress:
    address = store_address(own_server.made(request.node.name.lower()[:60]))
    assert isinstance(address, ServerAddress)
    return address


def lit(folder: Path) -> Path:
    (folder / "a.jsonl").write_text(json.dumps(LAMP), "utf-8")
    return folder / "a.jsonl"


def test_away(
    own_server: PostgresServer, store: ServerAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page shows what is shipped while the server is away, says so, and has all again when it is back."""
    monkeypatch.setattr(press, "_AWAY_SECONDS", 0.0)
    ingest([lit(tmp_path)], store, DATA)
    assert press.ask(DATA, store, View(words="lamp"), 5).total == 1
    own_server.stop("immediate")
    away = press.ask(DATA, store, View(words="treaty"), 5)
    assert away.is_away
    assert away.total > 0
    with pytest.raises(AwayError, match="cannot be reached"):
        ingest([tmp_path / "a.jsonl"], store, DATA)
    own_server.start()
    back = press.ask(DATA, store, View(words="lamp"), 5)
    assert (back.is_away, back.total) == (False, 1)


def test_a_second_writer_is_refused_and_may_write_afterwards(
    store: ServerAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.news.store.postgresql._HOLD_SECONDS", 0.1)
    with writing(store), pytest.raises(BusyError, match="Another process is writing"):
        ingest([lit(tmp_path)], store, DATA)
    assert ingest([lit(tmp_path)], store, DATA).new == 1


def test_tables_of_a_newer_version_are_refused(store: ServerAddress) -> None:
    with closing(connect(store)) as database:
        database.execute("INSERT INTO migrations (version) VALUES (99)")
    with pytest.raises(GeoError, match="of version 99, newer than this program"):
        connect(store)


def test_a_watch_is_alone_on_its_store_and_remembers_in_it(
    store: ServerAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.news.store.postgresql._HOLD_SECONDS", 0.1)
    states = {"https://rubezh.example.ru/rss.xml": SourceState(status="read", failures=2)}
    with alone(store):
        save(store, states)
        assert load(store) == (states, "")
        with pytest.raises(BusyError, match="Another watch"), alone(store):
            pass


def test_a_password_is_in_no_message() -> None:
    address: StoreAddress = store_address("postgresql://reader:secret@db.example.org/press?sslmode=require")
    assert str(address) == "postgresql://db.example.org/press"
    assert "secret" not in repr(address)


def test_the_command_says_in_a_line_that_a_server_is_away(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "lamp", "--store", "postgresql:///press?host=/nonexistent"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("The store postgresql:///press cannot be reached")
    assert told.count("\n") == 1
