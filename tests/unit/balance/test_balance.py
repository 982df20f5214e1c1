"""The balance of both sides can fail, and what is accepted says why; what the tables rest on is counted by class."""

from __future__ import annotations

import csv
import dataclasses
import json
import shutil
from pathlib import Path

import pytest

from geo.__main__ import main
from geo.balance.sides import LEAST_OWN_PRIMARY, SideTotals, balance, imbalances
from geo.balance.sources import by_class
from geo.loading.dossier import Dossier
from geo.model.balance import AcceptedImbalance
from geo.model.fields import ISLANDS, SOURCE_CLASSES, STATES
from geo.paths import DATA

EVEN = SideTotals("all", "jp", 10, 0, 300, 6, 6, 4)


def sides(**of_russia: int) -> tuple[SideTotals, SideTotals]:
    return EVEN, dataclasses.replace(EVEN, state="ru", **of_russia)  # type: ignore[arg-type]


def accepted(measure: str, favours: str, up_to: str) -> list[AcceptedImbalance]:
    row = {"measure": measure, "favours": favours, "up_to": up_to, "reason_en": "Because."}
    return [AcceptedImbalance.model_validate(row)]


def test_both_sides_with_the_same_are_in_balance() -> None:
    assert imbalances(sides(), []) == []
    assert imbalances(sides(words=450, positions=15, own_primary=6, excerpts=6), []) == []


@pytest.mark.parametrize(
    ("of_russia", "measure"),
    [
        ({"words": 451}, "words"),
        ({"words": 199}, "words"),
        ({"positions": 16, "own_primary": 9}, "positions"),
        ({"excerpts": 7}, "excerpts"),
        ({"excerpts": 0}, "excerpts"),
        ({"own_primary": 10}, "own_primary"),
    ],
)
def test_over_one_and_a_half_times_is_out_of_balance(of_russia: dict[str, int], measure: str) -> None:
    (found,) = imbalances(sides(**of_russia), [])
    assert found.measure == measure
    assert found.reason == ""
    assert str(found).startswith(f"all: {measure} of ")


def test_a_side_without_texts_of_its_own_is_out_of_balance_even_when_the_other_has_as_few() -> None:
    poor = [dataclasses.replace(side, own_primary=3) for side in sides()]
    assert poor[0].share("own_primary") < LEAST_OWN_PRIMARY
    assert [i.measure for i in imbalances(poor, [])] == ["own_primary", "own_primary"]


def test_what_is_accepted_has_its_reason_only_for_the_side_and_the_measure_it_names() -> None:
    more = sides(words=500)
    assert [i.reason for i in imbalances(more, accepted("words", "ru", "2"))] == ["Because."]
    assert [i.reason for i in imbalances(more, accepted("words", "ru", ""))] == ["Because."]
    assert [i.reason for i in imbalances(more, accepted("words", "ru", "1.6"))] == [""]
    assert [i.reason for i in imbalances(more, accepted("words", "jp", "2"))] == ["", ""]


def test_an_acceptance_of_what_is_no_longer_there_is_told() -> None:
    (found,) = imbalances(sides(), accepted("words", "ru", "2"))
    assert "has no more" in str(found)
    assert found.reason == ""


def test_the_data_are_in_balance_but_for_what_is_accepted(dossier: Dossier) -> None:
    totals = balance(dossier)
    assert [(t.island, t.state) for t in totals] == [(i, s) for i in (*ISLANDS, "all") for s in STATES]
    assert [str(i) for i in imbalances(totals, dossier.accepted) if not i.reason] == []


def test_the_command_says_why_an_imbalance_is_accepted(capsys: pytest.CaptureFixture[str], dossier: Dossier) -> None:
    assert main(["balance", "--format", "json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == [dataclasses.asdict(t) for t in balance(dossier)]
    for row in dossier.accepted:
        assert printed.err.count(f"because: {row.reason_en}") == 1


def test_the_command_fails_without_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    (data / "balance.csv").write_text("measure,favours,up_to,reason_en\n", encoding="utf-8")
    assert main(["balance", "--data", str(data)]) == 1
    assert "all: excerpts of ru 6, of jp 0: over 1.5 times" in capsys.readouterr().err.splitlines()


def test_the_report_of_sources_counts_every_citation_once(dossier: Dossier, capsys: pytest.CaptureFixture[str]) -> None:
    *classes, total = by_class(dossier)
    assert [c.source_class for c in classes] == [*SOURCE_CLASSES]
    assert total.sources == len(dossier.sources)
    counted = 0
    for path in DATA.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            citing = [c for c in rows.fieldnames or () if c.endswith("source_id") and path.name != "sources.csv"]
            counted += sum(bool(row[c]) for row in rows for c in citing)
    assert total.citations == counted == sum(c.citations for c in classes)
    assert sum(c.percent for c in classes) == pytest.approx(100, abs=0.5)
    assert main(["sources", "--format", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(SOURCE_CLASSES) + 2


def test_encyclopedias_are_under_a_tenth_and_behind_no_reading(dossier: Dossier) -> None:
    (encyclopedias,) = [c for c in by_class(dossier) if c.source_class == "encyclopedia"]
    assert encyclopedias.percent < 10
    assert (encyclopedias.jp_positions, encyclopedias.ru_positions) == (0, 0)


def test_both_sides_speak_for_themselves_in_at_least_a_third_of_their_positions(dossier: Dossier) -> None:
    for side in balance(dossier):
        assert side.share("own_primary") >= LEAST_OWN_PRIMARY, side
