"""Commands that write a store, as kills.py starts and kills them: an ingest of two workers, and a watch."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import corpus
import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "unit" / "watch"))

from press_server import feed, serving  # type: ignore[import-not-found]  # noqa: E402 - of the tests of the watch

# gives the command that writes a store
Command = Callable[[Path], list[str]]
_GONE_SECONDS = 5.0
# a watch waits so long between robots.txt and the feed: half of the kills come after that
_POLITE_SECONDS = 5.0
_ENTRIES = 150


def ingesting(folder: Path, articles: int) -> Command:
    """Return an ingest of two workers, of files of several formats."""
    source = folder / "articles"
    source.mkdir()
    for number in range(4):
        corpus.write(source / f"{number}.jsonl", articles // 4, seed=corpus.SEED + number)
    return lambda store: ["ingest", str(source), "--workers", "2", "--store", str(store)]


@contextlib.contextmanager
def watching(folder: Path, articles: int) -> Iterator[Command]:
    """Return a watch of a feed of a server on this machine, and of a folder."""
    source = folder / "watched"
    source.mkdir()
    corpus.write(source / "a.jsonl", articles)
    told = [
        (f"https://rubezh.example.ru/{n}", f"Ship {n} of {n * 7} came to Shikotan, and {n + 3} men of port {n} saw it.")
        for n in range(_ENTRIES)
    ]
    with serving() as press:
        press.replies["/rss.xml"] = feed(*told)
        feeds = folder / "feeds.toml"
        feeds.write_text(
            'contact = "me@example.org"\n'
            f'[[feed]]\naddress = "{press.address()}"\npublisher = "Rubezh Weekly"\ncountry = "RU"\nlanguage = "en"\n'
            f'[[folder]]\npath = "{source}"\n',
            "utf-8",
        )
        yield lambda store: ["watch", "--once", "--allow-local", "--feeds", str(feeds), "--store", str(store)]


def run(command: list[str]) -> float:
    """Let a command come to its end, and return how long that took, in seconds."""
    started = time.monotonic()
    subprocess.run([sys.executable, "-m", "geo", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started


def kill(command: list[str], longest: float, dice: random.Random, faults: list[str]) -> str:
    """Kill a command after a time, and return how; empty when it had come to its end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "geo", *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(dice.uniform(*dice.choice(((0, longest), (_POLITE_SECONDS % longest, longest)))))
    how = ""
    if process.poll() is None:
        how = dice.choice(("SIGKILL of the command", "SIGKILL of all", "SIGINT of all"))
        number = signal.Signals[how.partition(" ")[0]]
        with contextlib.suppress(ProcessLookupError):
            (os.kill if how.endswith("command") else os.killpg)(process.pid, number)
    out, said = process.communicate()
    # a command that had ended before it was killed has ended well
    if not how and process.returncode:
        faults.append(f"ended with {process.returncode}: {said.decode()[-300:]}")
    if left := _left(process.pid):
        faults.append(f"outlived by {left} processes")
    # a watch that is asked to end ends well, and says so
    return how if process.returncode or out.endswith(b"stopped\n") else ""


def _left(session: int) -> int:
    """Return how many processes of a session there are when it has been over for seconds."""
    until = time.monotonic() + _GONE_SECONDS
    while True:
        left = sum(_session_of(number) == session for number in psutil.pids())
        if not left or time.monotonic() > until:
            return left
        time.sleep(0.02)


def _session_of(number: int) -> int:
    try:
        return os.getsid(number)
    except ProcessLookupError:
        return 0
