"""A reader sees whose text a row rests on, where it was read, and when no primary text was."""

from __future__ import annotations

import html
import re

import pytest

from geo.loading.dossier import Dossier
from geo.model.fields import ISLANDS, SOURCE_CLASSES, STATES, IslandId
from geo.page import panels
from geo.page.labels import class_names, deeds, state_names, state_order
from geo.page.selection import select
from geo.page.view import View

UNVERIFIED = "not verified in a primary text"


def basis(markup: str, claim: str) -> str:
    found = re.search(rf'id="claim-{claim}">.*?<div class="basis">(.*?)</div>', markup, re.DOTALL)
    assert found, claim
    return html.unescape(found[1])


def test_a_document_and_where_it_was_read_are_two_links_for_both_sides(dossier: Dossier) -> None:
    markup = panels.arguments(select(dossier, View()))
    for claim in (c for c in dossier.claims.values() if c.stance == "position"):
        document, _, read = basis(markup, claim.claim_id).partition("read in:")
        assert claim.document_en in document
        assert ("<a " in document) == bool(claim.document_source_id)
        if claim.document_source_id:
            assert f'href="{dossier.sources[claim.document_source_id].url}"' in document
        source = dossier.sources[claim.source_id]
        assert f'href="{source.url}"' in read
        assert source.publisher in read
        assert class_names()[source.class_] in read
    assert {c.state for c in dossier.claims.values() if c.document_source_id} == set(STATES)


def test_a_link_that_names_a_document_never_opens_another_text(dossier: Dossier) -> None:
    markup = html.unescape(panels.arguments(select(dossier, View())) + panels.others(dossier))
    named = [(c.document_en, c.document_source_id) for c in dossier.claims.values() if c.document_en]
    named += [(s.document_en, s.document_source_id) for s in dossier.statements if s.document_en]
    opened: dict[str, set[str]] = {}
    for document, source in named:
        opened.setdefault(document, set()).update([dossier.sources[source].url] if source else [])
    for document, addresses in opened.items():
        assert set(re.findall(rf'<a href="([^"]*)"[^>]*>{re.escape(document)}</a>', markup)) <= addresses


def test_every_class_of_source_has_a_name() -> None:
    assert set(class_names()) == set(SOURCE_CLASSES)
    assert len(set(class_names().values())) == len(SOURCE_CLASSES)


@pytest.mark.parametrize("island", ISLANDS)
def test_a_figure_or_name_that_no_primary_text_bears_says_so(dossier: Dossier, island: IslandId) -> None:
    selection = select(dossier, View(island, "both"))
    facts = panels.figures(selection)
    unverified = [f for f in dossier.facts[island] if f.verified == "unverified"]
    names = [*selection.islands[0].places, *selection.islands[0].islets]
    subjects = {getattr(row, "place_id", "") or getattr(row, "islet_id", "") for row in names}
    of_names = [n for s in subjects for n in dossier.names[s].values() if n.verified == "unverified"]
    assert facts.count(UNVERIFIED) >= len(unverified)
    assert (UNVERIFIED in facts) == bool(unverified or of_names)


def test_an_event_that_no_primary_text_bears_says_so_and_nothing_found_needs_no_text(dossier: Dossier) -> None:
    events = panels.events(select(dossier, View()))
    assert events.count(UNVERIFIED) >= sum(e.verified == "unverified" for e in dossier.events) > 0
    others = panels.others(dossier)
    said = [s for s in dossier.statements if s.verified == "unverified" and s.sense != "none_found"]
    assert others.count(f"<em>{UNVERIFIED}</em>") == len(said) > 0


def test_the_states_stand_in_the_alphabetical_order_of_their_names(dossier: Dossier) -> None:
    names = [state_names()[s] for s in state_order()]
    assert names == sorted(names)
    assert "alphabetical order" in panels.arguments(select(dossier, View()))
    assert "alphabetical order" in panels.claims(select(dossier, View()))


@pytest.mark.parametrize("island", ISLANDS)
def test_both_states_have_the_same_headings_and_fields(dossier: Dossier, island: IslandId) -> None:
    markup = panels.claims(select(dossier, View(island)))
    sections = re.findall(r'<section class="status">(.*?)</section>', markup, re.DOTALL)
    headings = [re.findall(r"<h3>(.*?)</h3>", section) for section in sections]
    assert headings == [["Japan: claims"], ["Russia: administers and claims"]]
    fields = [set(re.findall(r"<dt>(.*?)</dt>", section)) for section in sections]
    assert fields[0] == fields[1] >= {"Claims it", "Administers it", "Document"}
    assert [deeds(dossier.islands[island].statuses[s]) for s in state_order()] == ["claims", "administers and claims"]


def test_the_clause_of_1956_stands_in_both_its_languages(dossier: Dossier) -> None:
    markup = html.unescape(panels.history(select(dossier, View()), "1956-10-19"))
    (event,) = [e for e in dossier.events if e.event_id == "declaration-1956"]
    assert event.clause_ja
    assert event.clause_ru
    for clause in (event.clause_en, event.clause_ja, event.clause_ru):
        assert clause in markup


def test_the_four_together_and_the_straits_stand_beside_the_table_of_all_four(dossier: Dossier) -> None:
    together = html.unescape(panels.claims(select(dossier, View())))
    straits = [p.place_id for p in dossier.places.values() if p.kind == "strait"]
    facts = [f for subject in ("four_islands", *straits) for f in dossier.facts.get(subject, ())]
    assert {f.attribute for f in facts} >= {"area", "population", "former_residents", "mean_age", "width", "depth"}
    for fact in facts:
        assert fact.definition_en in together
        assert f'href="{dossier.sources[fact.source_id].url}"' in together


def test_every_reading_of_where_a_name_comes_from_is_shown_with_its_source(dossier: Dossier) -> None:
    dash = "\u2013"
    shown = "".join(html.unescape(panels.figures(select(dossier, View(i)))) for i in ISLANDS)
    subjects = {*ISLANDS, *dossier.islets}
    origins = [o for subject, rows in dossier.name_origins.items() for o in rows if subject in subjects]
    assert len(origins) >= 12
    for origin in origins:
        assert origin.meaning_en in shown
        assert f'lang="ain">{origin.form or dash}<' in shown
