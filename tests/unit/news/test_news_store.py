"""The store is as it was or as it is after, whatever happens; the same text is kept once, with all its outlets."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from geo.errors import GeoError
from geo.news.extract import ExtractionContext
from geo.news.find.mentions import Finder
from geo.news.ingest import IngestReport, ingest
from geo.news.normalize.publishers import Publishers
from geo.paths import DATA

BACKGROUND = (
    "Boats have sailed to the island since the spring, when the ice left the harbour and the new crane was tried. "
    "The mayor of the town said that the timetable would be printed in the first week of May, and that tickets for "
    "residents would cost as much as last year. A doctor, two teachers and a vet were among the first passengers."
)


@pytest.fixture(scope="session")
def tools() -> ExtractionContext:
    return ExtractionContext(Finder.from_data(DATA), Publishers.from_data(DATA))


def corpus(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    return path


def ferry(outlet: str = "a", date: str = "2024-05-01", more: str = "") -> dict[str, Any]:
    text = f"The ferry reached Shikotan on Monday. {BACKGROUND} {more}"
    return {"text": text, "publisher": outlet, "date": date, "url": f"https://{outlet}.example.jp/{date}"}


def many(path: Path, count: int) -> Path:
    named = ("Shikotan", "Iturup", "Kunashir", "Nemuro")
    texts = ({"text": f"Ship number {n} of {n * 7} sailed to {named[n % 4]} on day {n}."} for n in range(count))
    return corpus(path, *texts)


def lines(store: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (store / name).read_text("utf-8").splitlines()]


def contents(store: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in store.glob("*.jsonl")}


def counts(account: IngestReport) -> tuple[int, int, int, int, int]:
    return account.read, account.new, account.outlets, account.duplicates, account.nothing


def test_ingesting_the_same_twice_changes_no_byte(tmp_path: Path, tools: ExtractionContext) -> None:
    source, store = many(tmp_path / "a.jsonl", 40), tmp_path / "store"
    assert counts(ingest([source], store, tools)) == (40, 30, 0, 0, 10)
    before, touched = contents(store), (store / "articles.jsonl").stat().st_mtime_ns
    assert counts(ingest([source], store, tools)) == (40, 0, 0, 30, 10)
    assert contents(store) == before
    assert (store / "articles.jsonl").stat().st_mtime_ns == touched


def test_reading_in_two_parts_keeps_what_reading_at_once_keeps(tmp_path: Path, tools: ExtractionContext) -> None:
    records = [ferry("a"), ferry("b"), {"text": "On Iturup it snowed."}, ferry("c"), {"text": "On Kunashir it rained."}]
    ingest([corpus(tmp_path / "all.jsonl", *records)], tmp_path / "once", tools)
    for part in (records[:2], records[2:]):
        ingest([corpus(tmp_path / "all.jsonl", *part)], tmp_path / "twice", tools)
    assert contents(tmp_path / "once") == contents(tmp_path / "twice")


def test_one_text_in_six_outlets_is_one_excerpt_with_all_of_them(tmp_path: Path, tools: ExtractionContext) -> None:
    copies = [ferry(outlet, more=f"Reporting by {outlet.upper()}.") for outlet in "abcdef"]
    account = ingest([corpus(tmp_path / "a.jsonl", *copies)], tmp_path / "store", tools)
    assert (account.new, account.outlets) == (1, 5)
    [excerpt] = lines(tmp_path / "store", "excerpts.jsonl")
    articles = lines(tmp_path / "store", "articles.jsonl")
    assert [article["publisher"] for article in articles] == list("abcdef")
    assert excerpt["article"] == articles[0]["article_id"]
    assert excerpt["also"] == [article["article_id"] for article in articles[1:]]


def test_articles_that_share_their_background_only_stay_apart(tmp_path: Path, tools: ExtractionContext) -> None:
    news = [
        "A school opened on Shikotan. Thirty children moved in, and their desks came by sea from the south.",
        "A road was closed on Iturup. Lorries wait at the bridge while the river falls after a week of rain.",
    ]
    records = [{"text": f"{text}\n\n{BACKGROUND}", "url": f"https://{n}.example.jp/"} for n, text in enumerate(news)]
    account = ingest([corpus(tmp_path / "a.jsonl", *records)], tmp_path / "store", tools)
    assert (account.new, account.outlets) == (2, 0)


def test_a_text_that_comes_again_weeks_later_is_another_article(tmp_path: Path, tools: ExtractionContext) -> None:
    source = corpus(tmp_path / "a.jsonl", ferry(date="2024-05-01"), ferry(date="2024-05-20"))
    assert ingest([source], tmp_path / "store", tools).new == 2


@pytest.mark.parametrize("known", ["2024-99-99", "2024", "2024-05", "2024-05-03", ""])
def test_a_date_in_the_store_that_is_less_than_a_day_does_not_keep_a_copy_apart(
    known: str, tmp_path: Path, tools: ExtractionContext
) -> None:
    store = tmp_path / "store"
    ingest([corpus(tmp_path / "a.jsonl", ferry("a"))], store, tools)
    path = store / "articles.jsonl"
    path.write_text(path.read_text("utf-8").replace('"date":"2024-05-01"', f'"date":"{known}"'), encoding="utf-8")
    source = corpus(tmp_path / "b.jsonl", ferry("b"))
    assert counts(ingest([source], store, tools)) == (1, 0, 1, 0, 0)


def test_an_article_edited_at_its_address_is_not_kept_twice(tmp_path: Path, tools: ExtractionContext) -> None:
    source = corpus(tmp_path / "a.jsonl", ferry(), ferry(more="Corrected."))
    assert counts(ingest([source], tmp_path / "store", tools)) == (2, 1, 0, 1, 0)


def test_two_workers_keep_what_one_keeps(tmp_path: Path, tools: ExtractionContext) -> None:
    sources = [many(tmp_path / f"{name}.jsonl", 200) for name in "abcd"]
    one = ingest(sources, tmp_path / "one", tools)
    two = ingest(sources, tmp_path / "two", tools, workers=2)
    assert counts(one) == counts(two)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def started(source: Path, store: Path, **options: Any) -> subprocess.Popen[str]:  # noqa: ANN401 - of Popen
    command = [sys.executable, "-m", "geo", "ingest", str(source), "--store", str(store)]
    return subprocess.Popen(
        command, cwd=DATA.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


def test_a_process_killed_in_the_middle_leaves_the_store_as_it_was(tmp_path: Path, tools: ExtractionContext) -> None:
    store = tmp_path / "store"
    ingest([many(tmp_path / "a.jsonl", 20)], store, tools)
    before = contents(store)
    # enough to be in the middle of when the new files have been begun
    folder = tmp_path / "in"
    folder.mkdir()
    many(folder / "b.jsonl", 30_000)
    process = started(folder, store)
    while not list(store.glob(".new-*")) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    assert process.returncode == -signal.SIGKILL
    assert contents(store) == before
    assert list(store.glob(".new-*"))
    # the next one takes away what was left and does all of the work
    ingest([many(tmp_path / "c.jsonl", 40)], store, tools)
    assert not list(store.glob(".new-*"))
    assert len(lines(store, "articles.jsonl")) == 30


def test_a_full_disk_leaves_the_store_as_it_was_and_says_so(tmp_path: Path, tools: ExtractionContext) -> None:
    store = tmp_path / "store"
    ingest([many(tmp_path / "a.jsonl", 20)], store, tools)
    before = contents(store)

    def nearly_full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    process = started(many(tmp_path / "b.jsonl", 3_000), store, preexec_fn=nearly_full)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.count("\n") == 1
    assert "could not be written" in said
    assert "stands as it was" in said
    assert contents(store) == before
    assert not list(store.glob(".new-*"))


def test_a_crash_between_the_two_files_counts_as_if_nothing_was_kept(tmp_path: Path, tools: ExtractionContext) -> None:
    store = tmp_path / "store"
    ingest([corpus(tmp_path / "a.jsonl", ferry("a"))], store, tools)
    articles = (store / "articles.jsonl").read_bytes()
    ingest([corpus(tmp_path / "b.jsonl", ferry("b"), {"text": "On Iturup it snowed."})], store, tools)
    whole = contents(store)
    (store / "articles.jsonl").write_bytes(articles)
    ingest([tmp_path / "b.jsonl"], store, tools)
    assert contents(store) == whole


def test_a_store_that_is_being_written_is_not_written_by_another(tmp_path: Path, tools: ExtractionContext) -> None:
    (tmp_path / "store").mkdir()
    with FileLock(tmp_path / "store" / ".lock"), pytest.raises(GeoError, match="Another process is writing"):
        ingest([corpus(tmp_path / "a.jsonl", ferry())], tmp_path / "store", tools)


def test_a_spoilt_store_is_a_fault_that_names_the_line(tmp_path: Path, tools: ExtractionContext) -> None:
    store = tmp_path / "store"
    ingest([corpus(tmp_path / "a.jsonl", ferry())], store, tools)
    with (store / "articles.jsonl").open("a") as file:
        file.write("{broken\n")
    with pytest.raises(GeoError, match=r"articles\.jsonl, line 2: expected one JSON object"):
        ingest([tmp_path / "a.jsonl"], store, tools)


def test_a_file_in_the_place_of_the_store_is_told(tmp_path: Path, tools: ExtractionContext) -> None:
    (tmp_path / "store").write_text("")
    with pytest.raises(GeoError, match="cannot be written"):
        ingest([corpus(tmp_path / "a.jsonl", ferry())], tmp_path / "store", tools)
