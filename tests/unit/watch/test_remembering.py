"""What a watch remembers, what of it a crash may take, and what it reads of folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from geo.errors import GeoError
from geo.news.extract import ExtractionContext
from geo.news.watch.feeds import Folder, Sources
from geo.news.watch.fetch import Visitor
from geo.news.watch.state import FILE, alone, load
from geo.news.watch.watch import Watch

from .conftest import Hours, Watching, folder_of
from .press_server import PressServer, answer, feed

PIER = ("https://rubezh.example.ru/1", "A pier was opened on Shikotan on Monday.")


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"version": 2, "sources": {}}', b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_memory_is_told_and_everything_is_asked_anew(
    damage: bytes, press: PressServer, watching: Watching
) -> None:
    press.replies["/rss.xml"] = feed(PIER)
    watch = watching()
    list(watch.round())
    (folder_of(watch) / FILE).write_bytes(damage)
    states, remark = load(folder_of(watch))
    assert states == {}
    assert remark == "watch.json is damaged or from a newer version; every source is asked as if for the first time"
    [outcome] = watching().round()
    assert outcome.report is not None
    assert outcome.report.duplicates == 1


def test_a_memory_that_cannot_be_written_is_told(press: PressServer, watching: Watching) -> None:
    press.replies["/rss.xml"] = answer(404)
    watch = watching()
    (folder_of(watch) / FILE).mkdir()
    with pytest.raises(GeoError, match=r"watch\.json cannot be written"):
        list(watch.round())
    assert [path.name for path in folder_of(watch).iterdir()] == [FILE]


def test_a_time_far_ahead_was_written_by_a_wrong_clock(press: PressServer, watching: Watching, hours: Hours) -> None:
    press.replies["/rss.xml"] = feed(PIER)
    hours.seconds += 20 * 365 * 24 * 3600
    list(watching().round())
    hours.seconds -= 20 * 365 * 24 * 3600
    [outcome] = watching().round()
    assert not outcome.failed


def test_two_watches_of_one_store_do_not_run_at_once(tmp_path: Path) -> None:
    with alone(tmp_path):
        left = tmp_path / f".{FILE}-killed"
        left.touch()
        with pytest.raises(GeoError, match="Another watch is running"), alone(tmp_path):
            pass
        assert left.exists()
    with alone(tmp_path):
        assert not left.exists()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def of_inbox(inbox: Path, tmp_path: Path, context: ExtractionContext, hours: Hours) -> Watch:
    """Return a watch of a folder whose clock stands where the files' times are."""
    hours.seconds = inbox.stat().st_mtime + 3600
    store = tmp_path / "store"
    store.mkdir()
    sources = Sources(contact="me@example.org", folder=(Folder(path=inbox),))
    return Watch(sources, store, context, Visitor("me@example.org", hours.clock()), hours.clock())


def read(watch: Watch, hours: Hours) -> tuple[int, int, list[str]]:
    """Return how many articles were read, how many were new, and the faults, by file name."""
    hours.sleep(600)
    [outcome] = watch.round()
    assert outcome.report is not None
    told = [f"{Path(f.path).name}: {f.reason}" for f in outcome.report.faults.listed]
    return outcome.report.read, outcome.report.new, told


def written(path: Path, text: str, seconds: float) -> None:
    path.write_text(text, "utf-8")
    os.utime(path, (seconds, seconds))


def test_of_a_folder_only_what_came_since_is_read(inbox: Path, of_inbox: Watch, hours: Hours) -> None:
    now = hours.seconds
    written(inbox / "a.txt", "A pier was opened on Shikotan.", now - 900)
    (inbox / "deep").mkdir()
    written(inbox / "deep" / "b.txt", "A school was opened on Kunashir.", now - 900)
    assert read(of_inbox, hours) == (2, 2, [])
    assert read(of_inbox, hours) == (0, 0, [])
    written(inbox / "c.txt", "An airport was opened on Iturup.", hours.seconds + 300)
    written(inbox / "d.bin", "?", hours.seconds + 300)
    told = ["d.bin: of a kind that is not read"]
    count, new, faults = read(of_inbox, hours)
    assert (count, new, [fault[: len(told[0])] for fault in faults]) == (1, 1, told)
    assert read(of_inbox, hours) == (0, 0, [])


def test_a_file_that_is_moved_into_a_folder_is_read_however_old_it_is(
    inbox: Path, of_inbox: Watch, hours: Hours
) -> None:
    hours.seconds = inbox.stat().st_mtime - 700
    assert read(of_inbox, hours) == (0, 0, [])
    written(inbox.parent / "old.txt", "A pier was opened on Shikotan.", 1_000_000)
    (inbox.parent / "old.txt").rename(inbox / "old.txt")
    assert read(of_inbox, hours) == (1, 1, [])


def test_a_folder_that_is_away_is_told_and_read_when_it_is_back(inbox: Path, of_inbox: Watch, hours: Hours) -> None:
    inbox.rmdir()
    assert read(of_inbox, hours) == (0, 0, ["inbox: cannot be read (No such file or directory)"])
    inbox.mkdir()
    written(inbox / "a.txt", "A pier was opened on Shikotan.", hours.seconds)
    assert read(of_inbox, hours) == (1, 1, [])
