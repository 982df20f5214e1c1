"""Each folder of tests/counterexamples spoils a copy of the data: every fault is told, once, and nothing else.

A case holds what differs from ``data/``: files laid over the copy (a folder in a file's place makes it unreadable),
``REMOVE`` with the names to delete, or ``edits.json`` with small changes; and ``expected.txt``, all of stderr.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from spoilt_data import without_translations

from geo.__main__ import main
from geo.paths import DATA

CASES = Path(__file__).resolve().parents[2] / "counterexamples"
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir())
OWN = {"expected.txt", "edits.json", "REMOVE"}
# only reading articles asks for it, and does without
READ_BY_THE_PRESS = {"outlets.csv"}


def csv_line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


def edit(data: Path, change: dict[str, Any]) -> None:
    """Apply one change to a cell, a line (said otherwise, twice or not at all), a column, or put in a long text."""
    path = data / change["file"]
    lines = path.read_text(encoding="utf-8").splitlines()
    at, header = change.get("line", 1) - 1, next(csv.reader(lines))
    match change["what"]:
        case "cell":
            cells = next(csv.reader([lines[at]]))
            cells[header.index(change["column"])] = change["value"]
            lines[at] = csv_line(cells)
        case "line":
            lines[at] = change["text"]
        case "insert":
            lines.insert(at, change["text"])
        case "again":
            lines.insert(at, lines[at])
        case "drop":
            del lines[at]
        case "drop column" | "repeat column":
            column, times = header.index(change["column"]), 2 if change["what"] == "repeat column" else 0
            rows = list(csv.reader(lines))
            lines = [csv_line(r[:column] + times * [r[column]] + r[column + 1 :]) for r in rows]
        case "repeat":
            lines = [change["text"] * change["times"]]
        case other:
            raise ValueError(other)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def without_lines_and_points(data: Path) -> None:
    """Leave out border lines and control points: they are about the real land, and a case may bring its own."""
    cited: set[str] = set()
    for name in ("lines.csv", "points.csv"):
        header, *rows = csv.reader((data / name).read_text(encoding="utf-8").splitlines())
        cited |= {
            cell for row in rows for column, cell in zip(header, row, strict=True) if column.endswith("source_id")
        }
        (data / name).write_text(csv_line(header) + "\n", encoding="utf-8")
    lines = json.loads((data / "lines.geojson").read_text(encoding="utf-8"))
    (data / "lines.geojson").write_text(json.dumps({**lines, "features": []}), encoding="utf-8")
    # a source that only they cite would be told as one that nobody does
    others = [path.read_text(encoding="utf-8") for path in data.glob("*.csv") if path.name != "sources.csv"]
    orphans = {source for source in cited if not any(f",{source}" in text for text in others)}
    sources = (data / "sources.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in sources if line.split(",", 1)[0] not in orphans]
    (data / "sources.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")


def lay(case: Path, data: Path) -> None:
    without_translations(data)
    if any((case / name).exists() for name in ("islands.geojson", "context.geojson")):
        without_lines_and_points(data)
    for item in case.iterdir():
        if item.is_dir():
            (data / item.name).unlink()
            shutil.copytree(item, data / item.name)
        elif item.name not in OWN:
            shutil.copyfile(item, data / item.name)
    if (case / "REMOVE").exists():
        for name in (case / "REMOVE").read_text(encoding="utf-8").split():
            (data / name).unlink()
    if (case / "edits.json").exists():
        for change in json.loads((case / "edits.json").read_text(encoding="utf-8")):
            edit(data, change)


def expected(name: str) -> list[str]:
    return sorted((CASES / name / "expected.txt").read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("name", NAMES)
def test_a_counterexample_is_told_fault_by_fault_and_nothing_else(
    name: str, data_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(CASES / name, data_copy)
    # the same function as behind ``python -m geo``: a process for each case would take two minutes
    code = main(["check", "--data", str(data_copy)])
    told = capsys.readouterr()
    assert sorted(told.err.splitlines()) == expected(name)
    assert (code, told.out) == (1, "")


@pytest.mark.parametrize("name", ["several-faults-at-once", "unreadable-file", "not-utf-8"])
def test_the_command_itself_tells_faults_on_stderr_and_exits_1_without_a_traceback(name: str, data_copy: Path) -> None:
    lay(CASES / name, data_copy)
    command = [sys.executable, "-m", "geo", "check", "--data", str(data_copy)]
    told = subprocess.run(command, cwd=DATA.parent, capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert "Traceback" not in told.stderr
    assert sorted(told.stderr.splitlines()) == expected(name)
    assert (told.returncode, told.stdout) == (1, "")


def test_a_folder_that_does_not_exist_gives_one_line_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["check", "--data", str(tmp_path / "nowhere")])
    told = capsys.readouterr()
    found = {path.name for path in DATA.iterdir() if path.suffix in {".csv", ".jsonl", ".geojson"}}
    files = sorted(found - READ_BY_THE_PRESS)
    assert sorted(told.err.splitlines()) == [f"{f}: expected a file of this name in the data folder" for f in files]
    assert (code, told.out) == (1, "")


def test_the_small_islands_that_the_cases_spoil_are_sound_themselves(
    data_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    without_lines_and_points(data_copy)
    without_translations(data_copy)
    shutil.copyfile(CASES / "small-islands.geojson", data_copy / "islands.geojson")
    assert main(["check", "--data", str(data_copy)]) == 0
    assert capsys.readouterr().err == ""
