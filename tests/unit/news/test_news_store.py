"""The store is as it was or as it is after, whatever happens; the same text is kept once, with all its outlets."""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from geo.errors import GeoError
from geo.news.extract import ExtractionContext
from geo.news.find.mentions import Finder
from geo.news.ingest import IngestReport, ingest
from geo.news.normalize.publishers import Publishers
from geo.news.store import postgresql
from geo.news.store.address import StoreAddress
from geo.news.store.database import Database
from geo.news.store.export import export_store
from geo.news.store.opening import writing
from geo.news.store.sqlite import FILE, connect
from geo.news.store.store import Store
from geo.paths import DATA

BACKGROUND = (
    "Boats have sailed to the island since the spring, when the ice left the harbour and the new crane was tried. "
    "The mayor of the town said that the timetable would be printed in the first week of May, and that tickets for "
    "residents would cost as much as last year. A doctor, two teachers and a vet were among the first passengers."
)

NewStore = Callable[[], StoreAddress]


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


def lines(store: StoreAddress, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in contents(store)[name].decode().splitlines()]


def contents(store: StoreAddress) -> dict[str, bytes]:
    """Return what a store keeps, as its export has it."""
    with tempfile.TemporaryDirectory() as folder, writing(store) as connection:
        export_store(connection, Path(folder))
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def counts(account: IngestReport) -> tuple[int, int, int, int, int]:
    return account.read, account.new, account.outlets, account.duplicates, account.nothing


def test_ingesting_the_same_twice_changes_no_byte(tmp_path: Path, tools: ExtractionContext) -> None:
    source, store = many(tmp_path / "a.jsonl", 40), tmp_path / "store"
    assert counts(ingest([source], store, tools)) == (40, 30, 0, 0, 10)
    before, touched = contents(store), (store / FILE).read_bytes()
    assert counts(ingest([source], store, tools)) == (40, 0, 0, 30, 10)
    assert contents(store) == before
    assert (store / FILE).read_bytes() == touched


def test_reading_in_two_parts_keeps_what_reading_at_once_keeps(
    new_store: NewStore, tmp_path: Path, tools: ExtractionContext
) -> None:
    once, twice = new_store(), new_store()
    records = [ferry("a"), ferry("b"), {"text": "On Iturup it snowed."}, ferry("c"), {"text": "On Kunashir it rained."}]
    ingest([corpus(tmp_path / "all.jsonl", *records)], once, tools)
    for part in (records[:2], records[2:]):
        ingest([corpus(tmp_path / "all.jsonl", *part)], twice, tools)
    assert contents(once) == contents(twice)


def test_one_text_in_six_outlets_is_one_excerpt_with_all_of_them(
    new_store: NewStore, tmp_path: Path, tools: ExtractionContext
) -> None:
    store = new_store()
    copies = [ferry(outlet, more=f"Reporting by {outlet.upper()}.") for outlet in "abcdef"]
    account = ingest([corpus(tmp_path / "a.jsonl", *copies)], store, tools)
    assert (account.new, account.outlets) == (1, 5)
    [excerpt] = lines(store, "excerpts.jsonl")
    articles = lines(store, "articles.jsonl")
    assert [article["publisher"] for article in articles] == list("abcdef")
    assert excerpt["article"] == articles[0]["article_id"]
    assert excerpt["also"] == [article["article_id"] for article in articles[1:]]


def test_articles_that_share_their_background_only_stay_apart(
    new_store: NewStore, tmp_path: Path, tools: ExtractionContext
) -> None:
    store = new_store()
    news = [
        "A school opened on Shikotan. Thirty children moved in, and their desks came by sea from the south.",
        "A road was closed on Iturup. Lorries wait at the bridge while the river falls after a week of rain.",
    ]
    records = [{"text": f"{text}\n\n{BACKGROUND}", "url": f"https://{n}.example.jp/"} for n, text in enumerate(news)]
    account = ingest([corpus(tmp_path / "a.jsonl", *records)], store, tools)
    assert (account.new, account.outlets) == (2, 0)


TEMPLATE = "A wind of {speed} metres a second was measured on {island} in the night. " + BACKGROUND


@pytest.mark.parametrize(
    "subjects",
    [
        [("Shikotan", "12"), ("Iturup", "12"), ("Kunashir", "12")],
        [("Shikotan", "12"), ("Shikotan", "15"), ("Shikotan", "12.5")],
    ],
    ids=["islands", "figures"],
)
def test_bulletins_of_one_template_about_different_things_stay_apart(
    subjects: list[tuple[str, str]], new_store: NewStore, tmp_path: Path, tools: ExtractionContext
) -> None:
    store = new_store()
    records = [
        {"text": TEMPLATE.format(island=island, speed=speed), "url": f"https://{n}.example.jp/"}
        for n, (island, speed) in enumerate(subjects)
    ]
    account = ingest([corpus(tmp_path / "a.jsonl", *records, ferry())], store, tools)
    assert (account.new, account.outlets) == (4, 0)
    again = [record | {"url": f"{record['url']}copy"} for record in records]
    account = ingest([corpus(tmp_path / "b.jsonl", *again)], store, tools)
    assert (account.new, account.outlets) == (0, 3)


def test_a_text_that_comes_again_weeks_later_is_another_article(
    new_store: NewStore, tmp_path: Path, tools: ExtractionContext
) -> None:
    store = new_store()
    source = corpus(tmp_path / "a.jsonl", ferry(date="2024-05-01"), ferry(date="2024-05-20"))
    assert ingest([source], store, tools).new == 2


@pytest.mark.parametrize("known", ["2024-99-99", "2024", "2024-05", "2024-05-03", ""])
def test_a_date_in_the_store_that_is_less_than_a_day_does_not_keep_a_copy_apart(
    known: str, new_store: NewStore, tmp_path: Path, tools: ExtractionContext
) -> None:
    store = new_store()
    ingest([corpus(tmp_path / "a.jsonl", ferry("a"))], store, tools)
    with writing(store) as connection:
        connection.execute("UPDATE articles SET date = ?", [known])
    source = corpus(tmp_path / "b.jsonl", ferry("b"))
    assert counts(ingest([source], store, tools)) == (1, 0, 1, 0, 0)


def test_an_article_edited_at_its_address_is_not_kept_twice(
    new_store: NewStore, tmp_path: Path, tools: ExtractionContext
) -> None:
    store = new_store()
    source = corpus(tmp_path / "a.jsonl", ferry(), ferry(more="Corrected."))
    assert counts(ingest([source], store, tools)) == (2, 1, 0, 1, 0)


def test_two_workers_keep_what_one_keeps(new_store: NewStore, tmp_path: Path, tools: ExtractionContext) -> None:
    first, second = new_store(), new_store()
    sources = [many(tmp_path / f"{name}.jsonl", 200) for name in "abcd"]
    one = ingest(sources, first, tools)
    two = ingest(sources, second, tools, workers=2)
    assert counts(one) == counts(two)
    assert contents(first) == contents(second)


def started(source: Path, store: StoreAddress, **options: Any) -> subprocess.Popen[str]:  # noqa: ANN401 - of Popen
    command = [sys.executable, "-m", "geo", "ingest", str(source), "--store", text_of(store)]
    return subprocess.Popen(
        command, cwd=DATA.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


def test_a_process_killed_in_the_middle_leaves_what_it_had_finished_and_the_next_completes_it(
    new_store: NewStore, tmp_path: Path, tools: ExtractionContext
) -> None:
    store, whole = new_store(), new_store()
    folder = tmp_path / "in"
    folder.mkdir()
    source = many(folder / "b.jsonl", 30_000)
    process = started(folder, store)
    while kept(store) == 0 and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    assert process.returncode == -signal.SIGKILL
    part = lines(store, "articles.jsonl")
    assert 0 < len(part) < 22_500
    assert {line["article"] for line in lines(store, "excerpts.jsonl")} == {line["article_id"] for line in part}
    again = ingest([source], store, tools)
    assert (again.new, again.duplicates) == (22_500 - len(part), len(part))
    ingest([source], whole, tools)
    assert contents(store) == contents(whole)


def kept(store: StoreAddress) -> int:
    """Return how many articles a store has, while another process writes it."""
    if isinstance(store, Path) and not (store / FILE).exists():
        return 0
    try:
        with closing(connected(store)) as connection, connection.told(), connection.snapshot() as at:
            return int(at.execute("SELECT count(*) FROM articles").fetchone()[0])
    except GeoError:
        return 0


def connected(store: StoreAddress) -> Database:
    return connect(store) if isinstance(store, Path) else postgresql.connect(store)


def text_of(store: StoreAddress) -> str:
    """Return an address as it is written on the command line."""
    return str(store) if isinstance(store, Path) else store.url


def test_a_full_disk_leaves_the_store_as_it_was_and_says_so(tmp_path: Path, tools: ExtractionContext) -> None:
    store = tmp_path / "store"
    ingest([many(tmp_path / "a.jsonl", 20)], store, tools)
    before = contents(store)

    def nearly_full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))

    process = started(many(tmp_path / "b.jsonl", 3_000), store, preexec_fn=nearly_full)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.count("\n") == 1
    assert "could not be written" in said
    assert "what was kept before stands" in said
    assert contents(store) == before


def test_a_store_that_is_being_written_is_not_written_by_another(tmp_path: Path, tools: ExtractionContext) -> None:
    (tmp_path / "store").mkdir()
    with FileLock(tmp_path / "store" / ".lock"), pytest.raises(GeoError, match="Another process is writing"):
        ingest([corpus(tmp_path / "a.jsonl", ferry())], tmp_path / "store", tools)


def exported(store: Path, folder: Path) -> Path:
    """Write a store as it was before there was a database: two files of JSON Lines in its folder."""
    folder.mkdir()
    for name, content in contents(store).items():
        (folder / name).write_bytes(content)
    return folder


def test_a_store_of_json_lines_is_taken_in_once_and_left_in_place(tmp_path: Path, tools: ExtractionContext) -> None:
    copies = [ferry(outlet, more=f"Reporting by {outlet.upper()}.") for outlet in "abc"]
    ingest([corpus(tmp_path / "a.jsonl", *copies), many(tmp_path / "b.jsonl", 20)], tmp_path / "store", tools)
    older = exported(tmp_path / "store", tmp_path / "older")
    files = {path.name: path.read_bytes() for path in older.iterdir()}
    assert counts(ingest([tmp_path / "a.jsonl"], older, tools)) == (3, 0, 0, 3, 0)
    assert contents(older) == contents(tmp_path / "store") == files
    assert counts(ingest([corpus(tmp_path / "c.jsonl", ferry("d"))], older, tools)) == (1, 0, 1, 0, 0)
    assert {name: (older / name).read_bytes() for name in files} == files


@pytest.mark.parametrize(
    ("file", "damage", "told"),
    [
        ("articles.jsonl", lambda line: line[: len(line) // 2], "line 2: expected one JSON object"),
        ("articles.jsonl", lambda _: "[]", "line 2: Input should be"),
        ("articles.jsonl", lambda line: f"\ufeff{line}", "line 2: expected one JSON object"),
        ("articles.jsonl", lambda line: line.replace('"signature":"', '"signature":"A'), "line 2: signature"),
        ("articles.jsonl", lambda line: line.replace('"same_as":""', '"same_as":"nobody"'), "line 2: same_as: no art"),
        ("excerpts.jsonl", lambda line: line.replace('"start":', '"begin":'), "line 2: start"),
        ("excerpts.jsonl", lambda line: line.replace('"island":"', '"island":"x'), "line 2: island"),
        ("excerpts.jsonl", lambda line: line.replace('"start":0', '"start":1').replace('"end":', '"end":9'), "line 2:"),
        ("excerpts.jsonl", lambda line: line.replace('"article":"', '"article":"x'), "line 2: article: no article"),
    ],
)
def test_a_damaged_line_is_named_and_set_aside_and_the_rest_serves(
    file: str, damage: Callable[[str], str], told: str, tmp_path: Path, tools: ExtractionContext
) -> None:
    ingest([many(tmp_path / "a.jsonl", 12)], tmp_path / "store", tools)
    older = exported(tmp_path / "store", tmp_path / "older")
    before = (older / file).read_text("utf-8").splitlines()
    before[1] = damage(before[1])
    (older / file).write_text("\n".join(before) + "\n", "utf-8")
    account = ingest([], older, tools)
    # by its whole path: a person has to open it
    named = [str(fault) for fault in account.faults.listed if fault.path == str(older / file)]
    assert [name.startswith(f"{older / file}, {told}") for name in named] == [True]
    assert len({line["article"] for line in lines(older, "excerpts.jsonl")}) == 8
    # what is read again comes back
    assert ingest([tmp_path / "a.jsonl"], older, tools).new == 1
    assert len({line["article"] for line in lines(older, "excerpts.jsonl")}) == 9


def test_an_article_that_is_listed_twice_is_taken_in_once(tmp_path: Path, tools: ExtractionContext) -> None:
    ingest([many(tmp_path / "a.jsonl", 12)], tmp_path / "store", tools)
    older = exported(tmp_path / "store", tmp_path / "older")
    listed = (older / "articles.jsonl").read_bytes()
    (older / "articles.jsonl").write_bytes(listed * 2)
    assert ingest([], older, tools).faults.count == 0
    assert contents(older)["articles.jsonl"] == listed


def test_excerpts_that_were_deleted_come_back_when_their_article_is_read_again(
    new_store: NewStore, tmp_path: Path, tools: ExtractionContext
) -> None:
    store = new_store()
    source = many(tmp_path / "a.jsonl", 12)
    ingest([source], store, tools)
    before = contents(store)
    with writing(store) as connection:
        for statement in ("DELETE FROM passages", "DROP TABLE words"):
            connection.execute(statement)
    assert counts(ingest([source], store, tools)) == (12, 9, 0, 0, 3)
    assert contents(store) == before


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda path: path.write_bytes(b"no database at all" * 100), "is damaged (file is not a database)"),
        (lambda path: (path.unlink(), path.mkdir()), "cannot be opened: store.sqlite is no file"),
        (lambda path: run_sql(path, "PRAGMA user_version = 99"), "is of version 99, newer than this program"),
        (lambda path: run_sql(path, "PRAGMA application_id = 1"), "is the database of another program"),
    ],
)
def test_what_is_no_store_is_told_in_one_line(
    spoil: Callable[[Path], object], told: str, tmp_path: Path, tools: ExtractionContext
) -> None:
    store = tmp_path / "store"
    ingest([corpus(tmp_path / "a.jsonl", ferry())], store, tools)
    spoil(store / FILE)
    with pytest.raises(GeoError) as raised:
        ingest([tmp_path / "a.jsonl"], store, tools)
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)


def run_sql(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_writer_opens_and_closes_without_leaving_a_handle(tmp_path: Path) -> None:
    for _ in range(3):
        with Store(tmp_path / "store"):
            pass
    assert [path for path in Path("/proc/self/fd").iterdir() if str(tmp_path) in os.path.realpath(path)] == []


def test_a_file_in_the_place_of_the_store_is_told(tmp_path: Path, tools: ExtractionContext) -> None:
    (tmp_path / "store").write_text("")
    with pytest.raises(GeoError, match="cannot be written"):
        ingest([corpus(tmp_path / "a.jsonl", ferry())], tmp_path / "store", tools)


@pytest.mark.parametrize("kind", ["writers", "ingests", "watches"])
def test_nothing_kept_is_lost_and_nothing_half_is_shown_when_what_writes_is_killed(kind: str) -> None:
    bench = DATA.parent / "tests" / "bench" / "kills.py"
    options = ("--of", kind, "--kills", "12", "--seconds", "20", "--articles", "1000")
    done = subprocess.run(
        [sys.executable, str(bench), *options], capture_output=True, text=True, check=False, timeout=300
    )
    told = json.loads(done.stdout)
    assert (done.returncode, told["faults"]) == (0, [])
    assert told[kind]["killed"] > 0
