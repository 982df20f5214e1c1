"""Argument and answer: both states' positions of each question, island by island, and a side that has not spoken."""

from __future__ import annotations

import html
import re

import pytest

from geo.i18n import date
from geo.loading.dossier import Dossier
from geo.model.dispute import Claim
from geo.model.fields import ISLANDS, STATES, IslandId, StateId
from geo.page import panels
from geo.page.selection import select
from geo.page.view import View

SECTION = re.compile(r'<section class="question" id="question-([a-z0-9-]+)">(.*?)</section>', re.DOTALL)
SIDE = re.compile(r'<div class="side side-(jp|ru)">(.*?)(?=<div class="side side-|$)', re.DOTALL)
NOT_ADDRESSED = "We found no statement by this side on this point."


def words(markup: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", markup))).strip()


def sides(dossier: Dossier, island: IslandId | None) -> dict[str, dict[str, str]]:
    """Give what a reader reads, by question and by state."""
    markup = panels.arguments(select(dossier, View(island)))
    return {q: {state: words(side) for state, side in SIDE.findall(part)} for q, part in SECTION.findall(markup)}


def read(dossier: Dossier, claim: Claim, island: IslandId) -> bool:
    return claim.position_en in sides(dossier, island)[claim.question_id][claim.state]


@pytest.mark.parametrize("island", [None, *ISLANDS])
def test_each_question_stands_once_with_japans_side_and_russias_beside_each_other(
    dossier: Dossier, island: IslandId | None
) -> None:
    found = sides(dossier, island)
    bearing = [q for q in dossier.questions if island is None or island in q.island_ids]
    assert list(found) == [q.question_id for q in bearing]
    for question, said in found.items():
        assert list(said) == ["jp", "ru"], question
        assert said["jp"].startswith("Japan ")
        assert said["ru"].startswith("Russia ")


@pytest.mark.parametrize("island", ISLANDS)
def test_an_island_shows_one_row_a_side_and_question_and_no_row_on_other_islands(
    dossier: Dossier, island: IslandId
) -> None:
    for pair in select(dossier, View(island)).pairs:
        for state in STATES:
            (row,) = pair.claims[state]
            assert (row.question_id, row.state) == (pair.question.question_id, state)
            assert island in row.island_ids


def test_all_four_show_every_row(dossier: Dossier) -> None:
    shown = [c for p in select(dossier, View()).pairs for state in STATES for c in p.claims[state]]
    assert sorted(c.claim_id for c in shown) == sorted(dossier.claims)


@pytest.mark.parametrize(
    ("question", "state", "lesser", "greater"),
    [
        ("treaty-1855", "jp", "jp-1855-lesser", "jp-1855"),
        ("treaty-1875", "jp", "jp-1875-lesser", "jp-1875"),
        ("surrender", "ru", "ru-scapin-lesser", "ru-scapin"),
        ("san-francisco", "jp", "jp-hokkaido", "jp-renounced"),
        ("san-francisco", "ru", "ru-san-francisco-lesser", "ru-san-francisco"),
        ("declaration-1956", "jp", "jp-1956", "jp-1956-talks"),
        ("declaration-1956", "ru", "ru-1956", "ru-no-transfer"),
        ("notes-1960", "jp", "jp-notes-1960", "jp-notes-1960-others"),
        ("singapore-2018", "jp", "jp-singapore-lesser", "jp-singapore"),
        ("singapore-2018", "ru", "ru-singapore-lesser", "ru-singapore"),
    ],
)
def test_what_holds_for_shikotan_and_habomai_and_not_for_the_other_two_is_plain(
    dossier: Dossier, question: str, state: StateId, lesser: str, greater: str
) -> None:
    one, other = dossier.claims[lesser], dossier.claims[greater]
    assert {(c.question_id, c.state) for c in (one, other)} == {(question, state)}
    assert (set(one.island_ids), set(other.island_ids)) == ({"shikotan", "habomai"}, {"iturup", "kunashir"})
    for island in ISLANDS:
        assert read(dossier, one, island) == (island in one.island_ids)
        assert read(dossier, other, island) == (island in other.island_ids)
    # side by side each says for which islands it is
    said = sides(dossier, None)[question][state]
    for claim, named in ((one, ("Shikotan", "Khabomai")), (other, ("Iturup", "Kunashir"))):
        where = said.split(claim.position_en)[0][-140:]
        assert all(name in where for name in named)


def test_only_one_side_on_two_islands_has_not_addressed_a_question_and_the_page_says_so(dossier: Dossier) -> None:
    silent = [c for c in dossier.claims.values() if c.stance == "not_addressed"]
    assert [(c.claim_id, c.island_ids) for c in silent] == [("ru-notes-1960-others", ("iturup", "kunashir"))]
    for island in ISLANDS:
        said = sides(dossier, island)["notes-1960"]
        assert (NOT_ADDRESSED in said["ru"]) == (island in {"iturup", "kunashir"})
        assert NOT_ADDRESSED not in said["jp"]
        assert ("checked:" in said["ru"]) == (NOT_ADDRESSED in said["ru"])


def test_a_side_that_has_not_spoken_is_no_reading_of_its_state(dossier: Dossier) -> None:
    for island in ISLANDS:
        found = dossier.islands[island]
        for state in STATES:
            assert all(c.stance == "position" for c in found.claims[state])
            assert all(c.stance == "not_addressed" for c in found.unaddressed[state])
    assert [c.claim_id for c in dossier.islands["iturup"].unaddressed["ru"]] == ["ru-notes-1960-others"]
    assert dossier.islands["shikotan"].unaddressed["ru"] == ()


def test_an_answer_is_to_a_reading_of_the_other_state_that_shares_an_island(dossier: Dossier) -> None:
    answering = [c for c in dossier.claims.values() if c.answers]
    assert {c.state for c in answering} == set(STATES)
    for claim in answering:
        other = dossier.claims[claim.answers]
        assert other.state != claim.state
        assert other.stance == "position"
        assert set(other.island_ids) & set(claim.island_ids), claim.claim_id


def test_each_state_answers_about_as_often_as_the_other(dossier: Dossier) -> None:
    counted = [sum(1 for c in dossier.claims.values() if c.answers and c.state == state) for state in STATES]
    assert max(counted) / min(counted) <= 1.5


def test_an_answer_names_the_state_and_the_question_it_answers(dossier: Dossier) -> None:
    said = sides(dossier, "shikotan")["declaration-1956"]
    assert re.search(r"replies to\W+Russia\W+(on\W+)?Soviet and Japanese notes, 1960", said["jp"])
    # within one question the state is enough
    assert re.search(r"replies to (the point opposite|\W*Japan)", said["ru"])


@pytest.mark.parametrize("island", ISLANDS)
def test_each_reading_gives_its_document_with_article_and_date_and_opens_its_source(
    dossier: Dossier, island: IslandId
) -> None:
    markup = panels.arguments(select(dossier, View(island)))
    said = sides(dossier, island)
    for state in STATES:
        for claim in dossier.islands[island].claims[state]:
            told = said[claim.question_id][state]
            assert claim.document_en in told
            assert claim.article_en in told
            assert not claim.document_date or date(claim.document_date) in told
            block = re.findall(rf'id="claim-{claim.claim_id}">(.*?)</div>\s*</div>', markup, re.DOTALL)[0]
            assert html.escape(dossier.sources[claim.source_id].url) in block


@pytest.mark.parametrize("island", [None, *ISLANDS])
def test_the_reader_is_told_that_these_are_positions(dossier: Dossier, island: IslandId | None) -> None:
    assert "Positions, not findings." in words(panels.arguments(select(dossier, View(island))))


@pytest.mark.parametrize("question", ["title", "treaty-1855", "treaty-1875", "yalta", "surrender", "san-francisco"])
def test_a_question_says_what_it_turns_on_in_words_of_neither_side(dossier: Dossier, question: str) -> None:
    found = next(q for q in dossier.questions if q.question_id == question)
    assert found.turns_on_en.startswith(("Do", "Did ", "Can ", "Are ", "Is ", "Which "))
    assert "?" in found.turns_on_en
    assert found.turns_on_en in words(panels.arguments(select(dossier, View())))


def test_the_questions_are_those_on_which_the_two_states_differ(dossier: Dossier) -> None:
    years = ["1855", "1875", "1945", "1945", "1945", "1951", "1956", "1960", "1993", "2018", "2020", "2022"]
    dated = [q.date[:4] for q in dossier.questions if q.date]
    assert dated == years
    assert next(q for q in dossier.questions if not q.date).question_id == "title"


def test_the_reference_shows_third_parties_with_what_they_said_and_how_firm_the_record_is(dossier: Dossier) -> None:
    markup = words(panels.others(dossier))
    for said in dossier.statements:
        assert said.statement_en in markup
        assert said.party_en in markup
    assert {"US", "GB", "EU", "CN", "UA"} <= {s.party_code for s in dossier.statements}
    assert {"supports_jp", "supports_ru", "no_side", "partly", "none_found"} == {s.sense for s in dossier.statements}
    for sense in ("supports Japan's position", "supports Russia's position", "takes no side", "no statement found"):
        assert sense in markup
    for firmness in ("official text", "official, as reported", "working paper", "second-hand"):
        assert firmness in markup


def test_a_statement_that_was_found_says_when_and_one_that_was_not_says_nothing_more(dossier: Dossier) -> None:
    for said in dossier.statements:
        assert (said.sense == "none_found") == (said.firmness == "none_found")
        assert bool(said.date) == (said.sense != "none_found")
        assert said.sense == "none_found" or dossier.sources[said.source_id].url
        assert said.sense != "none_found" or not said.document_en


def test_the_reference_shows_what_each_meaning_of_kuril_covers(dossier: Dossier) -> None:
    rows = re.findall(r"<tr>(.*?)</tr>", panels.others(dossier).split("What “Kuril” means")[1], re.DOTALL)
    head, *meanings = rows
    assert len(meanings) == len(dossier.meanings) == 4
    assert head.count("<th") == 2 + 8
    for row, meaning in zip(meanings, dossier.meanings.values(), strict=True):
        cells = re.findall(r'<td class="covers (yes|no|disputed)">(.*?)</td>', row)
        assert [c for c, _ in cells] == [c.covers for c in meaning.covers.values()]
        assert [words(said) for _, said in cells] == [c for c, _ in cells]
        assert meaning.definition.title_en in words(row)
        assert html.escape(dossier.sources[meaning.definition.source_id].url) in row


def test_the_reference_shows_contested_words_with_who_uses_them_and_what_is_said_instead(dossier: Dossier) -> None:
    part = words(panels.words(dossier))
    for term in dossier.terms:
        assert all(said in part for said in (term.term, term.meaning_en, term.we_say_en))
        assert not term.lint or term.lint not in part or term.lint in term.term
    wanted = ("administered by", "occupied", "北方領土", "Южные Курилы", "不法占拠", "итоги Второй мировой войны")
    assert all(term in part for term in wanted)


def test_the_reference_shows_every_event_with_what_it_changed_on_each_island(dossier: Dossier) -> None:
    part = words(panels.events(select(dossier, View())))
    assert f"{len(dossier.events)} dated events" in part
    for event in dossier.events:
        assert event.title_en in part
        assert all(event.effect(i) in part for i in ISLANDS)


def test_a_day_of_the_past_shows_its_event_its_clause_and_who_held_what(dossier: Dossier) -> None:
    told = words(panels.history(select(dossier, View()), "1855-02-07"))
    assert "On 7 Feb 1855" in told
    assert "the boundary between the two nations shall lie between the islands of Etorofu and Uruppu" in told
    assert "Russian Empire" in told
    assert "Japan and Russia together, undivided" in told
    assert "What each side reads in it: Treaty of Shimoda, 1855" in told
    assert dossier.claims["jp-1855"].position_en in told
    assert dossier.claims["ru-1855"].position_en in told


def test_a_day_between_two_events_shows_the_state_of_the_earlier_under_its_own_date(dossier: Dossier) -> None:
    told = words(panels.history(select(dossier, View("iturup")), "1900-01-01"))
    assert "On 1 Jan 1900" in told
    assert "Treaty of St Petersburg" in told
    assert "Kunashiri" not in told.split("Who held what")[0].split("What each side")[0]


def test_a_day_before_any_border_says_so_for_all_islands(dossier: Dossier) -> None:
    told = words(panels.history(select(dossier, View()), "1798"))
    assert told.count("no border agreed between Russia and Japan") == 10
