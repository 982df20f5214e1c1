"""The data folder as it stands: sources, quotations and recorded hashes."""

from __future__ import annotations

import csv
import hashlib
import json
import re

import pytest

from geo.cells import ISLANDS
from geo.dossier import Dossier
from geo.rows import Excerpt, Source
from geo.tables import DATA

EXCERPTS = [Excerpt.model_validate_json(line) for line in (DATA / "excerpts.jsonl").read_text("utf-8").splitlines()]
# a full stop, question or exclamation mark, with what closes a quotation, before a blank or the end
SENTENCE_END = re.compile(r"[.?!]['\"\u201d\u2019]?(?=\s|$)")


def cited() -> set[str]:
    found: set[str] = set()
    for path in DATA.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found |= {v for k, v in row.items() if k.endswith("source_id") and path.name != "sources.csv"}
    for path in DATA.glob("*.geojson"):
        features = json.loads(path.read_text("utf-8"))["features"]
        found |= {feature["properties"]["source_id"] for feature in features}
    return found - {""}


def test_every_source_is_cited_and_every_citation_has_its_source(dossier: Dossier) -> None:
    assert cited() == set(dossier.sources)


def test_every_row_and_every_polygon_cites_a_source() -> None:
    for path in DATA.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert row.get("source_id", "its own source"), (path.name, row)
    for path in DATA.glob("*.geojson"):
        assert all(f["properties"]["source_id"] for f in json.loads(path.read_text("utf-8"))["features"])


def test_every_source_says_what_it_is_who_made_it_its_licence_and_what_was_taken(dossier: Dossier) -> None:
    assert set(Source.model_fields) == {
        "source_id",
        "title",
        "publisher",
        "date",
        "url",
        "licence",
        "kind",
        "changes",
    }
    for source in dossier.sources.values():
        assert all((source.title, source.publisher, source.licence, source.kind, source.changes)), source


def test_a_source_without_an_address_is_our_own_or_a_rule(dossier: Dossier) -> None:
    without = {s.source_id: s.kind for s in dossier.sources.values() if not s.url}
    assert set(without.values()) <= {"own", "rule"}, without


@pytest.mark.parametrize("excerpt", EXCERPTS, ids=lambda e: f"{e.island}-{e.matched[:12]}")
def test_a_quotation_is_short_and_marks_the_words_it_says(excerpt: Excerpt) -> None:
    assert len(excerpt.quote) <= 300
    assert 1 <= len(SENTENCE_END.findall(excerpt.quote)) <= 2
    assert excerpt.quote == excerpt.quote.strip()
    assert excerpt.quote[excerpt.start : excerpt.end] == excerpt.matched
    assert excerpt.matched.strip()


def test_a_quotation_names_the_island_or_only_the_four_together() -> None:
    stems = {"iturup": "Iturup", "kunashir": "Kunashir", "shikotan": "Shikotan", "habomai": "Habomai"}
    for excerpt in EXCERPTS:
        assert (stems[excerpt.island] in excerpt.matched) == (excerpt.kind == "named")
        assert (stems[excerpt.island] in excerpt.quote) == (excerpt.kind == "named")


def test_every_island_has_a_quotation_that_names_it(dossier: Dossier) -> None:
    assert {e.island for e in EXCERPTS if e.kind == "named"} == set(ISLANDS)
    assert {e.article for e in EXCERPTS} == set(dossier.articles)


def test_no_more_than_a_few_sentences_of_an_article_are_kept(dossier: Dossier) -> None:
    for article in dossier.articles:
        assert sum(len(quote) for quote in {e.quote for e in EXCERPTS if e.article == article}) < 1500


def test_built_files_have_their_recorded_hashes() -> None:
    lines = [line.split() for line in (DATA / "SHA256SUMS").read_text("utf-8").splitlines()]
    assert {name for _, name in lines} == {path.name for path in DATA.glob("*.geojson")}
    for digest, name in lines:
        assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == digest


def test_built_files_say_their_licence() -> None:
    for path in DATA.glob("*.geojson"):
        collection = json.loads(path.read_text("utf-8"))
        assert (collection["license"], collection["attribution"]) == ("ODbL-1.0", "© OpenStreetMap contributors")


def test_a_figure_has_the_unit_of_its_kind(dossier: Dossier) -> None:
    units = {"area": "km2", "population": "persons", "households": "households", "elevation": "m", "length": "km"}
    assert all(f.unit == units[f.attribute] for facts in dossier.facts.values() for f in facts)


def test_nothing_in_the_dossier_can_be_changed(dossier: Dossier) -> None:
    with pytest.raises(AttributeError):
        dossier.islands = {}  # type: ignore[misc]
    with pytest.raises(TypeError):
        dossier.islands["iturup"] = dossier.islands["kunashir"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        dossier.islands["iturup"].claims = {}  # type: ignore[misc]
