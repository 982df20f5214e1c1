# ruff: noqa: RUF001 - Russian and Japanese sentences
"""Quotations are short, whole, word for word and few; the command line prints them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from geo.__main__ import main
from geo.model.fields import ISLANDS
from geo.model.press import Excerpt
from geo.news.find.mentions import Finder
from geo.news.model import Article
from geo.news.quote.excerpts import excerpts_of
from geo.news.sentences import Sentences

MARKS = ("cut_start", "cut_end", "repaired")
FILLER = {
    "en": "The committee met again in spring and talked at length about the budget of the port. ",
    "ru": "Весной комиссия собралась снова и долго обсуждала бюджет морского порта. ",
    "ja": "委員会は春に再び集まり、港湾の予算について長い時間をかけて話し合った。",
}
NAMED = {"en": "Iturup saw snow.", "ru": "На Итурупе шёл снег.", "ja": "択捉島で雪が降った。"}


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder.from_data()


def quoted(finder: Finder, text: str, language: str = "") -> tuple[Excerpt, ...]:
    excerpts = excerpts_of(Article("a", text, language=language), finder)
    for excerpt in excerpts:
        assert excerpt.quote in text
        assert len(excerpt.quote) <= (150 if excerpt.language == "ja" else 300)
        assert excerpt.quote == excerpt.quote.strip()
    return excerpts


def test_one_sentence_is_a_valid_article(finder: Finder) -> None:
    text = "Iturup saw snow"
    assert [e.model_dump(exclude={"also"}) for e in quoted(finder, text)] == [
        {
            "article": "a",
            "island": "iturup",
            "kind": "named",
            "quote": text,
            "start": 0,
            "end": 6,
            "matched": "Iturup",
            "language": "en",
            "cut_start": False,
            "cut_end": False,
            "repaired": False,
        }
    ]


def test_a_group_gives_a_line_for_each_of_its_islands(finder: Finder) -> None:
    assert [(e.island, e.kind) for e in quoted(finder, "北方領土の日")] == [(i, "group") for i in ISLANDS]


def test_an_island_named_beside_its_group_is_named(finder: Finder) -> None:
    excerpts = quoted(finder, "Shikotan belongs to the Lesser Kuril Chain.")
    assert [(e.island, e.kind, e.matched) for e in excerpts] == [
        ("shikotan", "named", "Shikotan"),
        ("habomai", "group", "Lesser Kuril Chain"),
    ]


@pytest.mark.parametrize("language", ["en", "ru", "ja"])
def test_at_most_a_quarter_of_a_text_and_five_passages_an_island_are_quoted(finder: Finder, language: str) -> None:
    for repeats in (1, 3, 12):
        text = (FILLER[language] * repeats + NAMED[language] + " ") * 30
        quotes = {e.quote for e in quoted(finder, text)}
        assert 1 <= len(quotes) <= 5
        assert sum(map(len, quotes)) <= len(text) / 4


@pytest.mark.parametrize("language", ["en", "ru", "ja"])
def test_a_passage_is_whole_sentences_two_at_most(finder: Finder, language: str) -> None:
    text = FILLER[language] * 4 + NAMED[language] + " " + FILLER[language] * 4
    [excerpt] = quoted(finder, text)
    assert excerpt.quote == f"{NAMED[language]} {FILLER[language]}".strip()


def test_a_long_sentence_is_cut_between_words_with_the_mention_inside(finder: Finder) -> None:
    for before, after in ((0, 90), (90, 0), (60, 60)):
        text = "snow and ice " * before + "reached Kunashir " + "with fog and rain " * after
        [excerpt] = quoted(finder, text.strip())
        assert 200 < len(excerpt.quote) <= 300
        assert f" {excerpt.quote} " in f" {text} "


def test_a_long_japanese_sentence_is_cut_after_a_clause(finder: Finder) -> None:
    text = "春には霧が深く、" * 20 + "国後島の港では船が動けず、" + "秋には風が強く、" * 20
    [excerpt] = quoted(finder, text)
    assert "国後島" in excerpt.quote
    assert excerpt.quote.startswith("春には")
    assert excerpt.quote.endswith("、")


def test_the_islands_named_are_quoted_before_those_spoken_of_in_a_group(finder: Finder) -> None:
    text = "The Northern Territories were on the agenda in Tokyo. " + FILLER["en"] * 2 + "Then Shikotan was mentioned."
    assert {e.island for e in quoted(finder, text) if e.kind == "named"} == {"shikotan"}


@pytest.mark.parametrize(
    ("text", "language", "sentences"),
    [
        (
            "TOKYO, Dec. 1. /TASS/. Mr. Sato left St. Petersburg at 3.5 p.m. He was tired.",
            "en",
            ["TOKYO, Dec. 1.", "/TASS/. Mr. Sato left St. Petersburg at 3.5 p.m.", "He was tired."],
        ),
        (
            "На о. Шикотан живут 3 тыс. человек, т. е. немного. «Мы останемся!» — сказал И. И. Иванов.",
            "ru",
            ["На о. Шикотан живут 3 тыс. человек, т. е. немного.", "«Мы останемся!» — сказал И. И. Иванов."],
        ),
        (
            "首相は「島は近い。行きたい」と述べた。霧が出た！船は欠航した。",
            "ja",
            ["首相は「島は近い。行きたい」と述べた。", "霧が出た！", "船は欠航した。"],
        ),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, language: str, sentences: list[str]) -> None:
    found = Sentences(text, language)
    spans = dict.fromkeys(found.around(position)[0][found.around(position)[1]] for position in range(len(text)))
    assert [text[start:end] for start, end in spans] == sentences


def test_half_a_character_does_not_stop_the_rest(finder: Finder) -> None:
    [excerpt] = excerpts_of(Article("a", "Iturup \ud800 saw snow."), finder)
    assert excerpt.quote == "Iturup ? saw snow."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "Snow report.txt"
    path.write_text("Snow fell on Iturup and on the | South Kuril Islands.", encoding="utf-8")
    return path


def test_the_command_prints_one_object_a_line(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["excerpts", str(article)]) == 0
    told = capsys.readouterr()
    rows = [json.loads(line) for line in told.out.splitlines()]
    assert told.err == ""
    assert [(row["article"], row["island"], row["kind"]) for row in rows] == [
        ("snow-report", "iturup", "named"),
        *(("snow-report", island, "group") for island in ISLANDS[1:]),
    ]
    for row in rows:
        assert list(row) == ["article", "island", "kind", "quote", "start", "end", "matched", "language", *MARKS]
        assert row["quote"][row["start"] : row["end"]] == row["matched"]


def test_the_command_says_the_same_in_all_three_forms(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = {}
    for form in ("jsonl", "csv", "md"):
        assert main(["excerpts", str(article), "--format", form]) == 0
        printed[form] = capsys.readouterr().out
    objects = [{k: str(v) for k, v in json.loads(line).items()} for line in printed["jsonl"].splitlines()]
    assert list(csv.DictReader(io.StringIO(printed["csv"]))) == objects
    header, _, *lines = printed["md"].splitlines()
    assert len(lines) == len(objects)
    assert header.count("|") == lines[0].replace("\\|", "").count("|")


def test_a_text_that_names_no_island_prints_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("The weather in Tokyo is fine.", encoding="utf-8")
    assert main(["excerpts", str(tmp_path / "a.txt")]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_printed(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["excerpts", str(article.with_name("none.txt")), str(article)]) == 1
    told = capsys.readouterr()
    assert told.out.count("\n") == len(ISLANDS)
    assert told.err.count("\n") == 1
    assert "none.txt" in told.err


def test_faulty_spellings_end_the_command_with_their_line(
    article: Path, data_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data_copy / "gazetteer.csv").write_text(
        "surface_form,language,island_ids,kind,requires\nX,en,iturup,nobody,\n", encoding="utf-8"
    )
    assert main(["excerpts", str(article), "--data", str(data_copy)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == ("gazetteer.csv, line 2, column kind: found 'nobody', expected named or group, or nothing\n")
