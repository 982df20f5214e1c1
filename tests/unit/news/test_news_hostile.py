"""Hostile and broken files: each is a clear line in the summary, none stops the rest, none hangs."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import random
import zipfile
from pathlib import Path

import pytest
from read_articles import read_articles

from geo.__main__ import main
from geo.news.limits import FAULTS_OF_A_FILE, MIB, RECORD_BYTES, WHOLE_FILE_BYTES
from geo.news.model import Article

GOOD = "The ferry reached Shikotan on Monday."


def read(path: Path) -> tuple[list[Article], list[str]]:
    found, faults = read_articles(path)
    return found, [str(fault).removeprefix(f"{path}") for fault in faults]


def noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)  # noqa: S311 - the same every time


def a_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "a" * MIB)
    return buffer.getvalue()


BROKEN = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \r\n\t ", "is empty"),
    "empty.jsonl": (b"", "is empty"),
    "empty.csv": (b"", "is empty"),
    "empty.warc": (b"", "is empty"),
    "noise.txt": (noise(20_000), "is in no encoding that is known here"),
    "nuls.txt": (b"\0" * 10_000, "is no text"),
    "a.zip": (a_zip(), "of a kind that is not read"),
    "a.docx": (a_zip(), "of a kind that is not read"),
    "no.pdf": (b"Shikotan is not a PDF.", "is no PDF"),
    "cut.pdf": (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "is a PDF that cannot be read"),
    "noise.pdf": (b"%PDF-1.7\n" + noise(20_000), "is a PDF that cannot be read"),
    "no.txt.gz": (b"not packed", "cannot be unpacked"),
    "cut.txt.gz": (gzip.compress(noise(5_000))[:-2_000], "cannot be unpacked"),
    "spoilt.txt.gz": (gzip.compress(noise(5_000))[:2_000] + noise(3_000), "cannot be unpacked"),
    "deep.json": (b"[" * 200_000 + b"]" * 200_000, "is nested too deeply"),
    "digits.json": (b'{"text": "Shikotan.", "n": ' + b"9" * 100_000 + b"}", "is no JSON"),
    "cut.json": (b'{"text": "Shikotan', "is no JSON"),
    "bare.json": (b'"Shikotan"', "is no JSON object"),
    "nothing.json": (b"[]", "has no articles in it"),
    "other.csv": (b"a,b\n1,2\n", "row 1: has no text under a name that is known (it has 'a, b')"),
    "no.warc": (b"nothing like it", "is no WARC"),
    "no.warc.gz": (gzip.compress(b"nothing like it"), "is no WARC"),
    "no.xml": (b"<svg></svg>", "is no feed"),
    "bare.html": (b"<html><body><script>Shikotan()</script></body></html>", "has no article text"),
    "tag.md": (
        b"---\ntitle: !!python/object/apply:os.system ['id']\n---\nShikotan.",
        "has front matter that cannot be read",
    ),
    "long.jsonl": (b'{"text": "' + b"a" * (RECORD_BYTES + MIB), f"line 1: is longer than {RECORD_BYTES // MIB} MiB"),
    "long.csv": (b"title,text\nA," + b"a" * (RECORD_BYTES + MIB), "is no table from here on"),
    "bomb.txt.gz": (gzip.compress(b"a" * (100 * MIB), 9), "unpacks to more than 100 times its size"),
    "bomb.jsonl.gz": (gzip.compress(b"\n" * (100 * MIB), 9), "unpacks to more than 100 times its size"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_gives_one_clear_line(tmp_path: Path, name: str) -> None:
    data, reason = BROKEN[name]
    (tmp_path / name).write_bytes(data)
    found, faults = read(tmp_path / name)
    assert found == []
    # a packed file of line ends tells of them as well
    assert any(reason in fault for fault in faults), faults
    assert all(len(fault) < 300 and fault.isprintable() for fault in faults)


def test_a_file_too_large_to_be_an_article_is_told(tmp_path: Path) -> None:
    with (tmp_path / "a.html").open("wb") as file:
        file.truncate(WHOLE_FILE_BYTES + 1)
    assert read(tmp_path / "a.html") == ([], [f": is larger than {WHOLE_FILE_BYTES // MIB} MiB"])


@pytest.mark.parametrize(
    "text", [GOOD + " a" * 5_000_000, "あ" * 3_000_000 + "色丹島。", "x" * 10_000_000 + " Shikotan."]
)
def test_ten_megabytes_on_one_line_are_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    found, faults = read(tmp_path / "a.txt")
    assert (len(found), faults) == (1, [])


def test_a_cell_of_ten_megabytes_is_read_and_so_is_the_row_after_it(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["text"], ["word " * 2_000_000], [GOOD]])
    found, faults = read(tmp_path / "a.csv")
    assert ([len(a.text) > MIB for a in found], faults) == ([True, False], [])


def test_markup_scripts_and_template_literals_stay_words_of_a_plain_text(tmp_path: Path) -> None:
    text = "<script>alert(1)</script> `${alert(1)}` {{7*7}} Shikotan"
    (tmp_path / "a.txt").write_text(text)
    assert [a.text for a in read(tmp_path / "a.txt")[0]] == [text]


def test_control_characters_and_direction_overrides_are_taken_out(tmp_path: Path) -> None:
    record = {
        "text": "The \u202eferry\u202c rea\0ched\x1b[31m Shiko\u00adtan\u2028on\u2066 Monday.",
        "title": "\u202eTitle\0",
    }
    (tmp_path / "a.json").write_text(json.dumps(record))
    [article] = read(tmp_path / "a.json")[0]
    assert article.text == "The ferry reached[31m Shikotan on Monday."
    assert article.title == "Title"


def test_half_characters_of_json_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"text": "Shikotan \\ud800 is an island."}')
    assert [a.text for a in read(tmp_path / "a.json")[0]] == ["Shikotan is an island."]


@pytest.mark.parametrize("date", ["0000-01-01", "9999-12-31", "-1", "1e999", 10**30, {"a": 1}, True, ["x"]])
def test_a_date_that_is_none_is_left_out_and_the_article_kept(tmp_path: Path, date: object) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"text": GOOD, "date": date}))
    assert [a.date for a in read(tmp_path / "a.json")[0]] == [""]


def test_nesting_without_end_in_a_page_does_not_end_the_process(tmp_path: Path) -> None:
    for name, tag in (("a.html", "div"), ("b.html", "b")):
        (tmp_path / name).write_text(f"<{tag}>" * 100_000 + GOOD)
    found, faults = read(tmp_path)
    assert len(found) + len(faults) == 2


def test_entities_that_multiply_or_name_files_are_not_followed(tmp_path: Path) -> None:
    doubling = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    for name, entity in (
        ("a.xml", f'<!ENTITY a "lol">{doubling}'),
        ("b.xml", '<!ENTITY j SYSTEM "file:///etc/passwd">'),
    ):
        feed = f'<?xml version="1.0"?><!DOCTYPE r [{entity}]><rss version="2.0"><channel><item>'
        (tmp_path / name).write_text(f"{feed}<description>Shikotan &j; today.</description></item></channel></rss>")
    found, _ = read(tmp_path)
    assert all("root:" not in a.text and len(a.text) < 100 for a in found)


@pytest.mark.parametrize("marked", [b"%s", b"%s\n", b"file://%s"], ids=["path", "line", "address"])
def test_a_feed_that_is_nothing_but_a_path_opens_no_file(tmp_path: Path, marked: bytes) -> None:
    secret = tmp_path / "secret.bin"
    secret.write_text(f"<rss version='2.0'><channel><item><description>{GOOD}</description></item></channel></rss>")
    (tmp_path / "a.xml").write_bytes(marked % bytes(secret))
    found, faults = read(tmp_path / "a.xml")
    assert found == []
    assert faults == [": is no feed (RSS or Atom)"]


def test_pipes_devices_and_broken_links_are_told_and_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to("/dev/zero")
    (tmp_path / "c.txt").symlink_to(tmp_path / "nowhere")
    found, faults = read(tmp_path)
    assert found == []
    assert faults == [
        "/a.txt: is a pipe, socket or device, not a file",
        "/b.txt: is a pipe, socket or device, not a file",
        "/c.txt: cannot be read (No such file or directory)",
    ]


def test_folders_within_folders_end_somewhere(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 80)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text(GOOD)
    found, faults = read(tmp_path)
    assert found == []
    assert "folders deep" in faults[0]


def test_a_name_that_turns_the_line_around_is_shown_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a\u202etxt.zip").write_bytes(a_zip())
    _, [fault] = read(tmp_path)
    assert fault.isprintable()
    assert "\\u202e" in fault


def test_the_summary_counts_everything_and_names_every_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(GOOD)
    (folder / "b.txt").write_text("It rained in Sapporo.")
    (folder / "c.pdf").write_text("no PDF")
    lines = [json.dumps({"text": GOOD.replace("ferry", "boat"), "date": "0000-00-00"})] + ["{"] * (FAULTS_OF_A_FILE + 5)
    (folder / "d.jsonl").write_text("\n".join(lines))
    store = str(tmp_path / "store")
    assert main(["ingest", str(folder), "--store", store]) == 1
    out, err = capsys.readouterr()
    summary = [" ".join(line.split()) for line in out.splitlines()]
    assert summary[:6] == [
        "read 3",
        "new 2 with 2 excerpts",
        "same text elsewhere 0 kept as further outlets",
        "duplicates 0 kept already",
        "nothing found 1 name none of the islands",
        f"failed {FAULTS_OF_A_FILE + 6} reasons above",
    ]
    told = err.splitlines()
    assert told[0] == f"failed: {folder / 'c.pdf'}: is no PDF"
    assert sum(line.startswith(f"failed: {folder / 'd.jsonl'}, line") for line in told) == FAULTS_OF_A_FILE
    assert told[-2] == f"failed: {folder / 'd.jsonl'}: 5 more of its records, for reasons such as these"
    assert told[-1].startswith(f"note: {folder / 'd.jsonl'}, line 1: the date '0000-00-00'")


def test_all_well_is_exit_code_0_and_nothing_on_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    assert main(["ingest", str(tmp_path / "a.txt"), "--store", str(tmp_path / "store")]) == 0
    assert capsys.readouterr().err == ""


def test_a_path_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(tmp_path / "nowhere"), "--store", str(tmp_path / "store")]) == 1
    assert "nowhere: cannot be read (No such file or directory)" in capsys.readouterr().err
