"""Files that once ended an ingest, or took all memory there is: each is one line, and the file beside it is read."""

from __future__ import annotations

import gzip
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.news.limits import MIB

ROOT = Path(__file__).parents[3]
GOOD = "The ferry reached Shikotan on Monday."
# of any one process; press.md asks for no more
MOST_BYTES = 600 * MIB
PADDING_EN = "The regional council met and spoke of roads and schools. "
PADDING_JA = "地域の議会は道路と学校の予算を審議した。"


def zeros(path: Path, size: int) -> None:
    with gzip.open(path, "wb", 1) as file:
        for _ in range(size // MIB):
            file.write(bytes(MIB))


def endless_header(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"WARC/1.0\r\nWARC-Type: response\r\nX: ")
        for _ in range(300):
            file.write(b"a" * MIB)


def old_name(path: Path) -> None:
    (path.parent / os.fsdecode("Кунашир.txt".encode("cp1251"))).write_text("The bus on Kunashir was late.")


INPUTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "header.warc": (
        lambda p: p.write_bytes(b"WARC/1.0\r\nWARC-Type: response\r\nX: a"),
        "is no WARC from here on (it is damaged)",
    ),
    "old name": (old_name, ""),
    "zeros.warc.gz": (lambda p: zeros(p, 1024 * MIB), "a line longer than 8 MiB"),
    "line.warc": (endless_header, "a line longer than 8 MiB"),
    "japanese.txt": (lambda p: p.write_text(PADDING_JA * 250_000 + "国後島は霧だ。"), ""),
    "english.txt": (lambda p: p.write_text(PADDING_EN * 180_000 + "Kunashir was foggy."), ""),
    "rule.txt": (lambda p: p.write_text(f"Page 1 {'-' * 200}\n\nA new pier was opened on Kunashir."), ""),
    "accounts.txt": (lambda p: p.write_text("(@reporter) " * 400_000 + "On Kunashir it snowed."), ""),
    "lines.txt": (lambda p: p.write_text("The council met and spoke of roads\n" * 300_000 + "Kunashir.\n"), ""),
}


@pytest.mark.parametrize("name", INPUTS)
def test_no_file_ends_an_ingest_or_takes_all_memory(tmp_path: Path, name: str) -> None:
    make, reason = INPUTS[name]
    folder = tmp_path / "in"
    folder.mkdir()
    make(folder / name)
    (folder / "good.txt").write_text(GOOD)
    command = [sys.executable, "-m", "geo", "ingest", str(folder), "--store", str(tmp_path / "store")]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == int(bool(reason))
    assert reason in done.stderr
    assert b"good.txt" in (tmp_path / "store" / "store.sqlite").read_bytes()
    # of the largest process there was; in kilobytes on Linux
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < max(MOST_BYTES, before * 1024 + 1)
