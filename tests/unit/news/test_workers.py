"""Reading is done by processes that can be ended: what one file needs too much of costs no other file."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from geo.__main__ import main
from geo.news.extract import extract, extraction_context
from geo.news.limits import MIB, RANGE_BYTES
from geo.news.model import BatchResult
from geo.news.read.batches import batches, sources
from geo.news.uploads import read_uploads
from geo.news.workers import Budget, OutOfTimeError, run
from geo.paths import DATA

GOOD = "The ferry reached Shikotan on Monday."
# trafilatura takes some twenty seconds for so many links: several times every limit below, on any machine
SLOW = "<html><body><article>" + '<p><a href="/a">Shikotan</a></p>' * 240_000 + "</article></body></html>"

# over a minute
ATTRIBUTES = f"<html><body><p {' '.join(f'a{n}=1' for n in range(500_000))}>{GOOD}</p></body></html>"


def whole(results: Iterator[BatchResult]) -> BatchResult:
    total = BatchResult()
    for result in results:
        total.add(result)
    return total


def records(path: Path, count: int, length: int = 600) -> Path:
    padding = "The council met. " * (length // 17)
    with path.open("w") as file:
        for number in range(count):
            file.write(json.dumps({"text": f"{padding}\n\nBoat {number} reached Shikotan.", "id": f"r{number}"}) + "\n")
    return path


@pytest.mark.parametrize("slow", [SLOW, ATTRIBUTES], ids=["links", "attributes"])
def test_a_file_that_takes_too_long_is_told_and_the_others_are_read(tmp_path: Path, slow: str) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "b.html").write_text(slow)
    (tmp_path / "c.txt").write_text(GOOD)
    result = whole(run(batches(sources([tmp_path])), DATA, budget=Budget(1.5)))
    assert [str(f) for f in result.faults.listed] == [f"{tmp_path / 'b.html'}: took longer than 1.5 s"]
    assert [Path(q.article.path).name for q in result.quoted] == ["a.txt", "c.txt"]


def test_a_file_that_needs_too_much_memory_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "b.txt").write_text("word " * 12_000_000)
    (tmp_path / "c.txt").write_text(GOOD)
    result = whole(run(batches(sources([tmp_path])), DATA, budget=Budget(worker_bytes=220 * MIB)))
    assert [str(f) for f in result.faults.listed] == [f"{tmp_path / 'b.txt'}: needed more than 220 MiB of memory"]
    assert result.read == 2


def test_one_bad_record_costs_no_other_record_of_its_file(tmp_path: Path) -> None:
    source = records(tmp_path / "a.jsonl", 4_000)
    with source.open("a") as file:
        file.write(json.dumps({"text": SLOW}) + "\n")
        file.write(json.dumps({"text": GOOD}) + "\n")
    result = whole(run(batches(sources([source])), DATA, budget=Budget(1.5)))
    assert [str(f) for f in result.faults.listed] == [f"{source}, line 4001: took longer than 1.5 s"]
    # what was known before the process was ended is neither lost nor counted twice
    assert result.read == len(result.quoted) == 4_001


def test_two_processes_give_what_one_and_none_give(tmp_path: Path) -> None:
    for name, count in (("a.jsonl", 30), ("b.jsonl", 9_000), ("c.jsonl", 70)):
        records(tmp_path / name, count)
    assert (tmp_path / "b.jsonl").stat().st_size > RANGE_BYTES
    known = extraction_context(DATA)
    here = whole(result for batch in batches(sources([tmp_path])) for result in extract(batch, known))
    assert here.read == 9_100
    assert whole(run(batches(sources([tmp_path])), DATA)) == here
    assert whole(run(batches(sources([tmp_path])), DATA, workers=2)) == here


def test_the_lines_of_a_divided_file_keep_their_numbers(tmp_path: Path) -> None:
    source = records(tmp_path / "a.jsonl", 9_000)
    with source.open("a") as file:
        file.write("{\n")
    result = whole(run(batches(sources([source])), DATA))
    assert [failure.place for failure in result.faults.listed] == ["line 9001"]


def test_a_worker_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    source = records(tmp_path / "a.jsonl", 12_000)
    results = run(batches(sources([source])), DATA)
    total = next(results)
    for worker in psutil.Process().children(recursive=True):
        worker.kill()
    total.add(whole(results))
    assert (total.read, total.faults.listed) == (12_000, [])


def test_readers_of_the_page_come_before_what_another_uploads() -> None:
    # some two seconds of reading
    uploads = [("links.html", io.BytesIO(SLOW.encode()[:640_000]))]
    reading = threading.Thread(target=read_uploads, args=(uploads, DATA))
    reading.start()
    policies: set[int] = set()
    # a process says what it asks of the system soon after its start
    while os.SCHED_IDLE not in policies and reading.is_alive():
        policies = {os.sched_getscheduler(p.pid) for p in psutil.Process().children() if is_worker_here(p)}
    reading.join()
    assert policies == {os.SCHED_IDLE}


def is_worker_here(process: psutil.Process) -> bool:
    try:
        return "geo.news.worker" in process.cmdline()
    except psutil.Error:
        return False


def workers_of(folder: Path) -> list[psutil.Process]:
    return [p for p in psutil.process_iter(["cmdline", "cwd"]) if is_worker(p) and p.info["cwd"] == str(folder)]


def is_worker(process: psutil.Process) -> bool:
    return "geo.news.worker" in (process.info["cmdline"] or [])


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_no_worker_outlives_the_command(tmp_path: Path, sent: signal.Signals, workers: str) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(SLOW)
    command = [sys.executable, "-m", "geo", "ingest", "a.html", "b.html", "--store", "s", "--workers", workers]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not (started := workers_of(tmp_path)) and time.monotonic() < until:
        time.sleep(0.1)
    assert started
    process.send_signal(sent)
    process.wait(60)
    _, alive = psutil.wait_procs(started, 10)
    assert alive == []


def test_all_of_it_together_may_not_take_longer_than_allowed(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(SLOW)
    with pytest.raises(OutOfTimeError, match="longer than 1 s"):
        whole(run(batches(sources([tmp_path])), DATA, budget=Budget(all_seconds=1)))


def test_excerpts_and_ingest_find_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.html").write_text(f"<html><body><article><p>{GOOD} It is the largest&#32;of them.</p></article>")
    (tmp_path / "b.md").write_text(f"# Ferry\n\n{GOOD}")
    records(tmp_path / "c.jsonl", 5)
    main(["excerpts", str(tmp_path)])
    printed = [json.loads(line)["quote"] for line in capsys.readouterr().out.splitlines()]
    main(["ingest", str(tmp_path), "--store", str(tmp_path / "store")])
    capsys.readouterr()
    main(["search", "--store", str(tmp_path / "store"), "--limit", "1000", "--format", "json"])
    kept = {hit["quote"] for hit in json.loads(capsys.readouterr().out)["hits"] if hit["article"]["file"]}
    assert kept <= set(printed)
    assert len(kept) >= 7 - 1
    assert len(printed) == 7


def test_an_upload_that_takes_long_keeps_no_other_waiting() -> None:
    slow: list[BatchResult] = []
    uploads = [("slow.html", io.BytesIO(SLOW.encode()))]
    reading = threading.Thread(target=lambda: slow.append(read_uploads(uploads, DATA, budget=Budget(6))))
    reading.start()
    quick = read_uploads([("quick.txt", io.BytesIO(GOOD.encode()))], DATA)
    assert len(quick.quoted) == 1
    assert reading.is_alive()
    reading.join(60)
    assert [str(failure) for failure in slow[0].faults.listed] == ["slow.html: took longer than 6 s"]


def test_all_that_an_upload_unpacks_to_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.news.uploads.UPLOAD_UNPACKED_BYTES", 3 * MIB)
    lines = json.dumps({"text": GOOD}).encode() + b"\n"
    packed = gzip.compress(lines * (6 * MIB // len(lines)))
    result = read_uploads([("a.jsonl.gz", io.BytesIO(packed))], DATA)
    assert result.quoted
    assert "unpack to more than 3 MiB" in str(result.faults.listed[-1])


def test_excerpts_says_how_many_more_records_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_text("{\n" * 30 + json.dumps({"text": GOOD}))
    assert main(["excerpts", str(tmp_path)]) == 1
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 21
    assert told[-1] == f"failed: {tmp_path / 'a.jsonl'}: 10 more of its records, for reasons such as these"
