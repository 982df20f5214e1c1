"""The data folder as it stands: sources, quotations and recorded hashes."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterator

import pytest

from geo.loading.dossier import Dossier
from geo.model.fields import ISLANDS
from geo.model.places import Source
from geo.model.press import Excerpt
from geo.paths import DATA

EXCERPTS = [Excerpt.model_validate_json(line) for line in (DATA / "excerpts.jsonl").read_text("utf-8").splitlines()]
# a full stop, question or exclamation mark, with what closes a quotation, before a blank or the end
SENTENCE_END = re.compile(r"[.?!]['\"\u201d\u2019]?(?=\s|$)")
# dates of documents on which no event of events.csv falls, by what cites them, with the reason
NOT_AN_EVENT = {
    (
        "ru-1855",
        "2015-02-07",
    ): "commentary on the 160 years since the treaty; its contents are the claim, no event of its own",
    (
        "ru-war-results",
        "2016-02-20",
    ): "a comment on the results of the war; its contents are the claim, no event of its own",
    ("ru-war-1945", "1989"): "said in a working group whose day the source does not give",
    ("ru-no-transfer", "2016-12-13"): "an interview before the visit of December 2016, which is the event",
    ("ru-notes-1960", "2019-05-10"): "said after talks in which nothing was agreed; its contents are the claim",
    ("ru-1875", "1989"): "said in a working group whose day the source does not give",
    ("jp-1956-talks", "1956-09-29"): "letters of the month before the Joint Declaration, which is the event",
    ("jp-notes-1960", "1960-02"): "the Japanese answer to the memorandum of 27 January, which is the event",
    ("jp-notes-1960-others", "1960-02"): "the Japanese answer to the memorandum of 27 January, which is the event",
    ("ru-tokyo-1993", "2016-04-12"): "an interview in which the minister looks back at the statements of 1993 and 2001",
    ("jp-singapore", "2018-11-15"): "said on the day after the meeting of 14 November, which is the event",
    ("jp-singapore-lesser", "2018-11-16"): "said two days after the meeting of 14 November, which is the event",
    (
        "ru-singapore",
        "2019-05-10",
    ): "said in the talks that followed the meeting of 14 November 2018, which is the event",
    ("ru-singapore-lesser", "2018-11-15"): "said on the day after the meeting of 14 November, which is the event",
    ("jp-constitution", "2021-03-02"): "an answer in the Diet on the amendment of July 2020, which is the event",
    ("ru-constitution", "2024-11-30"): "a comment on the amendment of July 2020, which is the event",
    ("constitution-2020", "2020-07-04"): "the amendment in force; the event is the decree of the day before",
    ("jp-halt", "2022-03-22"): "said on the day after the Russian statement of 21 March, which is the event",
    ("jp_usage", "2006-02-24"): "an answer in the Diet on the word alone; nothing changed on that day",
}


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
    assert set(Source.columns()) == {
        "source_id",
        "title",
        "publisher",
        "date",
        "url",
        "licence",
        "class",
        "speaks_for",
        "changes",
    }
    for source in dossier.sources.values():
        assert all((source.title, source.publisher, source.licence, source.class_, source.changes)), source


def test_a_source_without_an_address_is_our_own(dossier: Dossier) -> None:
    without = {s.source_id: s.class_ for s in dossier.sources.values() if not s.url}
    assert set(without.values()) <= {"own"}, without


def documents(dossier: Dossier) -> Iterator[tuple[str, str, str, str]]:
    """Give each document cited with what cites it: its words, its date and its source."""
    for claim in dossier.claims.values():
        if claim.document_en:
            yield claim.claim_id, claim.document_en, claim.document_date, claim.source_id
    for island in dossier.islands.values():
        for s in (s for rows in island.statuses.values() for s in rows):
            yield f"{island.island_id} {s.state} {s.role}", s.document_en, s.document_date, s.document_source_id
    for line in (line.boundary for line in dossier.lines):
        yield line.line_id, line.document_en, line.document_date, line.source_id
    for meaning in (m.definition for m in dossier.meanings.values()):
        yield meaning.definition_id, meaning.document_en, meaning.document_date, meaning.source_id
    for said in dossier.statements:
        if said.document_en:
            yield said.statement_id, said.document_en, said.date, said.source_id
    for question in dossier.questions:
        yield question.question_id, question.title_en, question.date, question.source_id


def test_every_document_cited_opens_at_its_source(dossier: Dossier) -> None:
    without = [(what, source) for what, _, _, source in documents(dossier) if not dossier.sources[source].url]
    assert without == []


def test_every_date_of_a_document_is_that_of_an_event_or_has_its_reason_here(dossier: Dossier) -> None:
    dates = {e.date for e in dossier.events} | {e.until for e in dossier.events}
    third_parties = {s.statement_id for s in dossier.statements}
    differing = {
        (what, date)
        for what, _, date, _ in documents(dossier)
        if date and date not in dates and what not in third_parties
    }
    assert differing == set(NOT_AN_EVENT)


def test_a_reason_for_a_date_outside_of_the_events_is_given_in_words() -> None:
    assert all(len(reason.split()) > 3 for reason in NOT_AN_EVENT.values())


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
    units = {
        "area": "km2",
        "population": "persons",
        "households": "households",
        "elevation": "m",
        "length": "km",
        "width": "km",
        "depth": "m",
        "former_residents": "persons",
        "mean_age": "years",
        "reserve": "t",
    }
    assert all(f.unit == units[f.attribute] for facts in dossier.facts.values() for f in facts)


def test_nothing_in_the_dossier_can_be_changed(dossier: Dossier) -> None:
    with pytest.raises(AttributeError):
        dossier.islands = {}  # type: ignore[misc]
    with pytest.raises(TypeError):
        dossier.islands["iturup"] = dossier.islands["kunashir"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        dossier.islands["iturup"].claims = {}  # type: ignore[misc]
