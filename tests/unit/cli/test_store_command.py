"""A store is written as JSON Lines and taken in by another: to move it, keep versions of it, read it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geo.__main__ import main

TEXT = "The snow, the ice " * 20 + "reached  Kunashir " + "with fog and rain " * 20
RECORDS = (
    {"text": "A pier was opened on Shikotan.", "publisher": "TASS", "date": "2024-05-01", "url": "https://a.example/1"},
    {"text": TEXT, "publisher": "Kyodo News", "date": "2024-06-01"},
)


@pytest.fixture
def store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, RECORDS)), "utf-8")
    assert main(["ingest", str(tmp_path / "a.jsonl"), "--store", str(tmp_path / "store")]) == 0
    capsys.readouterr()
    return tmp_path / "store"


def test_what_is_exported_and_taken_in_by_another_store_is_the_same(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, other, again = tmp_path / "first", tmp_path / "other", tmp_path / "again"
    assert main(["store", "export", str(first), "--store", str(store)]) == 0
    assert capsys.readouterr().out.startswith("2 articles in ")
    assert main(["store", "import", str(first), "--store", str(other)]) == 0
    assert capsys.readouterr().out == f"2 new articles in {other}\n"
    assert main(["store", "export", str(again), "--store", str(other)]) == 0
    for name in ("articles.jsonl", "excerpts.jsonl"):
        assert (first / name).read_bytes() == (again / name).read_bytes()
    [cut] = [
        row
        for row in map(json.loads, (again / "excerpts.jsonl").read_text("utf-8").splitlines())
        if "Kunashir" in row["quote"]
    ]
    assert (cut["cut_start"], cut["cut_end"], cut["repaired"]) == (True, True, True)
    capsys.readouterr()
    assert main(["search", "pier", "--store", str(other)]) == 0
    assert "A pier was opened on Shikotan." in capsys.readouterr().out


def test_a_second_import_changes_nothing(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["store", "export", str(tmp_path / "lines"), "--store", str(store)]) == 0
    capsys.readouterr()
    assert main(["store", "import", str(tmp_path / "lines"), "--store", str(store)]) == 0
    assert capsys.readouterr().out == f"0 new articles in {store}\n"


def test_a_damaged_line_is_named_and_the_rest_is_taken_in(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines, other = tmp_path / "lines", tmp_path / "other"
    assert main(["store", "export", str(lines), "--store", str(store)]) == 0
    first, *rest = (lines / "excerpts.jsonl").read_text("utf-8").splitlines(keepends=True)
    (lines / "excerpts.jsonl").write_text("".join([first[:20] + "\n", *rest]), "utf-8")
    capsys.readouterr()
    assert main(["store", "import", str(lines), "--store", str(other)]) == 1
    told = capsys.readouterr()
    assert told.out == f"2 new articles in {other}\n"
    assert told.err.startswith(f"failed: {lines / 'excerpts.jsonl'}, line 1: expected one JSON object")


@pytest.mark.parametrize("action", ["export", "import"])
def test_what_is_not_there_is_told_as_a_wrong_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], action: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["store", action, str(tmp_path / "none"), "--store", str(tmp_path / "store")])
    assert ended.value.code == 2
    assert str(tmp_path) in capsys.readouterr().err
    assert not (tmp_path / "store").exists()
