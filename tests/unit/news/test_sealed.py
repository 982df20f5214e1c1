"""The sentences kept from whoever writes the rules: they are those that were sealed, and no rule has seen them."""

from __future__ import annotations

import hashlib
import json
import runpy
import shutil
from pathlib import Path
from typing import Any

import pytest

from geo.model.fields import ISLANDS, LANGUAGES

TESTS = Path(__file__).resolve().parents[2]


def rows(folder: str, language: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (TESTS / folder / f"{language}.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def score() -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(TESTS / "bench"))
        return runpy.run_path(str(TESTS / "sealed" / "score.py"))


def test_the_sealed_sentences_are_those_that_were_sealed() -> None:
    lines = [line.split() for line in (TESTS / "sealed" / "SHA256SUMS").read_text("utf-8").splitlines()]
    recorded = {name: digest for digest, name in lines}
    assert recorded == {
        f"{language}.jsonl": hashlib.sha256((TESTS / "sealed" / f"{language}.jsonl").read_bytes()).hexdigest()
        for language in LANGUAGES
    }


def test_a_changed_label_breaks_the_seal(
    tmp_path: Path, score: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SHA256SUMS", *(f"{language}.jsonl" for language in LANGUAGES)):
        shutil.copy(TESTS / "sealed" / name, tmp_path)
    monkeypatch.setitem(score["broken_seals"].__globals__, "SEALED", tmp_path)
    assert score["broken_seals"]() == []
    (tmp_path / "ja.jsonl").write_bytes((tmp_path / "ja.jsonl").read_bytes() + b"\n")
    assert score["broken_seals"]() == ["ja.jsonl"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sealed_sentence_is_a_short_quotation_with_its_address_and_known_islands(language: str) -> None:
    sealed = rows("sealed", language)
    assert len(sealed) >= 150
    assert len({row["text"] for row in sealed}) == len({row["id"] for row in sealed}) == len(sealed)
    for row in sealed:
        assert 0 < len(row["text"]) <= 300
        assert row["url"].startswith("http")
        assert set(row["named"]) <= set(row["islands"]) <= set(ISLANDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_rule_was_mended_on_a_sealed_sentence(language: str) -> None:
    mended_on = {row["text"] for row in rows("labelled", language)}
    assert not mended_on & {row["text"] for row in rows("sealed", language)}


def test_a_score_of_whole_sentences_has_a_wider_interval_than_one_of_pairs(score: dict[str, Any]) -> None:
    scored = score["scored"]([(4, 4, 4)] * 40 + [(0, 4, 4)] * 10)
    assert (scored["precision"], scored["recall"], scored["wrong_sentences"]) == (0.8, 0.8, 10)
    low, high = scored["recall_interval"]
    pairs_low, pairs_high = score["wilson"](160, 200)
    assert low < pairs_low
    assert high > pairs_high


def test_a_score_without_a_fault_is_not_certain_and_one_without_a_sentence_says_nothing(score: dict[str, Any]) -> None:
    assert score["scored"]([(1, 1, 1)] * 20)["precision_interval"] == score["wilson"](20, 20)
    assert score["scored"]([])["recall_interval"] == (0.0, 1.0)


def test_an_island_found_where_there_is_none_is_counted(score: dict[str, Any]) -> None:
    scored = score["scored"]([(1, 1, 1), (0, 2, 0), (0, 0, 0)])
    assert (scored["without_an_island"], scored["of_these_wrongly_found"], scored["precision"]) == (2, 1, 0.3333)


def test_the_scores_are_printed_without_a_sentence_the_doubtful_apart(
    tmp_path: Path, score: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "SHA256SUMS").write_text("")
    for language in LANGUAGES:
        own = [
            {"text": "Kunashir is an island.", "islands": ["kunashir"]},
            {"text": "The harbour was rebuilt.", "islands": ["shikotan"], "doubtful": True},
        ]
        (tmp_path / f"{language}.jsonl").write_text("\n".join(json.dumps(row) for row in own))
    monkeypatch.setitem(score["main"].__globals__, "SEALED", tmp_path)
    score["main"]()
    printed = capsys.readouterr().out
    assert "island." not in printed
    parts = json.loads(printed)
    assert parts["sealed"]["all"] | {"precision_interval": 0, "recall_interval": 0} == {
        "sentences": 3,
        "pairs": 3,
        "wrong_sentences": 0,
        "without_an_island": 0,
        "of_these_wrongly_found": 0,
        "precision": 1.0,
        "precision_interval": 0,
        "recall": 1.0,
        "recall_interval": 0,
    }
    assert (parts["doubtful"]["en"]["sentences"], parts["doubtful"]["en"]["recall"]) == (1, 0.0)
