"""``python -m geo watch``: what it prints, where, with which exit code, and how it ends."""

from __future__ import annotations

import json
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.__main__ import main
from geo.news.watch.state import FILE, load
from geo.paths import DATA

from .press_server import PressServer, Reply, answer, feed

PIER = ("https://rubezh.example.ru/1", "A pier was opened on Shikotan on Monday.")
STAMP = r"\d{4}-\d\d-\d\d \d\d:\d\d"


def listed(folder: Path, *addresses: str) -> Path:
    file = folder / "feeds.toml"
    feeds = (
        f'[[feed]]\naddress = "{address}"\npublisher = "Rubezh Weekly"\ncountry = "RU"\nlanguage = "en"\n'
        for address in addresses
    )
    file.write_text('contact = "me@example.org"\n' + "".join(feeds), "utf-8")
    return file


def started(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, *arguments]
    return subprocess.Popen(command, cwd=DATA.parent, stdout=-1, stderr=-1, encoding="utf-8")


def kept(store: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return the addresses of the articles of the store."""
    capsys.readouterr()
    call = ("search", "--publisher", "Rubezh Weekly", "--limit", "1000", "--format", "json", "--store", str(store))
    assert main(call) == 0
    return [hit["article"]["url"] for hit in json.loads(capsys.readouterr().out)["hits"]]


def test_once_asks_what_is_due_and_says_what_came_of_it(
    press: PressServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    press.replies["/rss.xml"] = feed(PIER)
    feeds, store = listed(tmp_path, press.address()), tmp_path / "store"
    call = ("watch", "--once", "--allow-local", "--feeds", str(feeds), "--store", str(store))
    assert main(call) == 0
    told = capsys.readouterr()
    name = re.escape(f"Rubezh Weekly ({press.address()})")
    counts = "articles 1, new 1, quotations 1, further outlets 0, kept already 0"
    assert re.fullmatch(rf"{STAMP} {name}: read: {counts}; next at {STAMP} UTC\n", told.out)
    assert told.err == ""
    assert kept(store, capsys) == [PIER[0]]
    assert main(call) == 0
    told = capsys.readouterr()
    assert re.fullmatch(rf"nothing is due before {STAMP} UTC\n", told.out)


def test_a_round_with_a_failure_exits_1_and_says_why_on_stderr(
    press: PressServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feeds, store = listed(tmp_path, press.address()), tmp_path / "store"
    call = ("watch", "--once", "--feeds", str(feeds), "--store", str(store))
    assert main(call) == 1
    told = capsys.readouterr()
    assert told.out == ""
    reason = f"{press.address()} is at 127.0.0.1, which is not on the public internet"
    assert re.fullmatch(rf"failed: {re.escape(reason)}; next at {STAMP} UTC\n", told.err)
    assert press.asked == []


def test_a_dry_run_asks_and_keeps_nothing(
    press: PressServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    press.replies["/rss.xml"] = feed(PIER)
    feeds, store = listed(tmp_path, press.address()), tmp_path / "store"
    call = ("watch", "--dry-run", "--allow-local", "--feeds", str(feeds), "--store", str(store))
    assert main(call) == 0
    assert "new 1, quotations 1" in capsys.readouterr().out
    assert not store.exists()


@pytest.mark.parametrize("arguments", [["watch"], ["watch", "--feeds"], ["watch", "--feeds", "a.toml", "--often"]])
def test_a_wrong_call_exits_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: python -m geo" in capsys.readouterr().err


def test_faults_of_the_list_exit_1_before_anybody_is_asked(
    press: PressServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feeds = listed(tmp_path, press.address(), "file:///etc/passwd")
    assert main(("watch", "--once", "--allow-local", "--feeds", str(feeds), "--store", str(tmp_path / "s"))) == 1
    told = capsys.readouterr().err
    assert told.startswith("feeds.toml, key feed[2].address: found 'file:///etc/passwd', expected an http or https")
    assert press.asked == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_watch_that_is_ended_ends_cleanly(how: signal.Signals, press: PressServer, tmp_path: Path) -> None:
    press.replies["/rss.xml"] = feed(PIER)
    feeds, store = listed(tmp_path, press.address()), tmp_path / "store"
    watch = started("-m", "geo", "watch", "--allow-local", "--feeds", str(feeds), "--store", str(store))
    assert watch.stdout is not None
    first = watch.stdout.readline()
    watch.send_signal(how)
    rest, complaints = watch.communicate(timeout=20)
    assert first.endswith(" UTC\n")
    assert (rest, complaints, watch.returncode) == ("stopped\n", "", 0)


# a watch whose time flies, so that it is always in the middle of something
RESTLESS = """
import itertools, sys
from pathlib import Path
from geo.news.extract import extraction_context
from geo.news.watch.addresses import endpoint_of
from geo.news.watch.feeds import read_sources
from geo.news.watch.fetch import Clock, Visitor
from geo.news.watch.state import alone, load
from geo.news.watch.watch import Watch
from geo.paths import DATA
sources, store, rounds = read_sources(Path(sys.argv[1])), Path(sys.argv[2]), int(sys.argv[3])
hours = itertools.count(2_000_000_000 + int(sys.argv[4]) * 10_000_000, 600)
clock = Clock(lambda: float(next(hours)), lambda seconds: None)
with alone(store):
    states, remark = load(store)
    assert not remark, remark
    visitor = Visitor(sources.contact, clock, {endpoint_of(feed.address) for feed in sources.feeds})
    watch = Watch(sources, store, extraction_context(DATA), visitor, clock, states)
    print("begun", flush=True)
    for outcome in itertools.islice(watch.forever(), rounds):
        assert not outcome.failed, outcome
print("done", flush=True)
"""
NEWS = (
    "A pier was opened on Shikotan by {n} guests from town {n}, who had come by ferry {n} of the line {n}, "
    "the mayor said in his speech number {n}, and {n} children of school {n} sang song {n}."
)


def growing(count: list[int], name: str) -> Reply:
    """Answer with a feed that has one article more each time it is asked, and an ETag of its own."""

    def reply(handler: object) -> None:
        count[0] += 1
        entries = [(f"https://rubezh.example.ru/{name}/{n}", NEWS.format(n=f"{name}{n}")) for n in range(count[0])]
        feed(*entries[-12:], ETag=f'"{count[0]}"')(handler)  # type: ignore[arg-type]

    return reply


def eventually(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something holds; a minute is far more than a slow machine needs."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_watch_that_is_killed_again_and_again_loses_nothing_it_kept(
    press: PressServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("a", "b", "c")
    counts = {name: [0] for name in names}
    press.replies |= {f"/{name}.xml": growing(counts[name], name) for name in names}
    feeds, store = listed(tmp_path, *(press.address(f"/{name}.xml") for name in names)), tmp_path / "store"
    moments, before = random.Random(9), set[str]()  # noqa: S311 - the same every time
    for number in range(5):
        watch = started("-c", RESTLESS, str(feeds), str(store), "1000000", str(number))
        assert watch.stdout is not None
        assert watch.stdout.readline() == "begun\n"
        if number == 0:
            # a feed is asked again once its first answer is kept, which may take seconds on a busy machine
            eventually(lambda: min(asked for (asked,) in counts.values()) > 1)
        time.sleep(moments.random() * 0.7)
        watch.kill()
        _, complaints = watch.communicate()
        assert complaints == ""
        load(store)
        now = kept(store, capsys)
        assert before <= set(now)
        assert len(now) == len(set(now))
        before = set(now)
    press.replies |= {f"/{name}.xml": answer(304) for name in names}
    at_rest = started("-c", RESTLESS, str(feeds), str(store), "3", "9")
    assert at_rest.communicate(timeout=60) == ("begun\ndone\n", "")
    assert sorted(path.name for path in store.iterdir() if path.name.startswith(f".{FILE}")) == []
    assert before
