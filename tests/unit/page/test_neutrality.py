"""Both states get the same fields, the same room and the same care; our own text takes no side."""

from __future__ import annotations

import ast
import csv
import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from geo.i18n import CATALOGUES
from geo.loading.dossier import Dossier
from geo.loading.frame import joined_rows
from geo.map.drawing import drawing
from geo.map.scenes import strip
from geo.model.dispute import Claim
from geo.model.fields import AREAS, ISLANDS, STATES, IslandId, StateId
from geo.model.history import steps
from geo.model.names import NAMINGS
from geo.model.translations import TRANSLATIONS
from geo.page import nearness, panels
from geo.page.selection import select
from geo.page.view import View
from geo.paths import DATA

ROOT = DATA.parent
with (DATA / "questions.csv").open(encoding="utf-8", newline="") as table:
    QUESTIONS = [row["question_id"] for row in csv.DictReader(table)]


def pattern(cell: str) -> str:
    """Make a pattern of one cell of ``lint``: blanks between, ``*`` for any ending, ``_`` for a blank."""
    found: list[str] = []
    for entry in cell.split():
        words, any_ending = entry.removesuffix("*").replace("_", " "), entry.endswith("*")
        # Japanese has no blanks between words and Russian has prefixes: both are looked for as they stand
        found.append(rf"\b{words}{'' if any_ending else chr(92) + 'b'}" if words.isascii() else re.escape(words))
    return "|".join(found)


with (DATA / "glossary.csv").open(encoding="utf-8", newline="") as glossary:
    LINT = [row["lint"] for row in csv.DictReader(glossary) if row["lint"]]
# these belong to one side or the other: only an attributed quotation, and the glossary's own words, may hold them
PARTISAN = re.compile("|".join(map(pattern, LINT)), re.IGNORECASE)
# a quotation in the marks of each language; one that is left open is no quotation
QUOTED = re.compile("\u201c[^\u201c\u201d]*\u201d|「[^「」]*」|«[^«»]*»")
# what the glossary must not lose: a sample of every word that our own text was held to before it had one
HELD_BEFORE = (
    "occupy",
    "occupied",
    "occupies",
    "occupying",
    "occupier",
    "occupation",
    "occupations",
    "illegal",
    "illegally",
    "illegality",
    "unlawful",
    "unlawfully",
    "unjust",
    "unjustly",
    "returned",
    "returning",
    "liberate",
    "liberated",
    "liberation",
    "liberators",
    "ancestral",
    "inherent",
    "inherently",
    "primordial",
    "recover",
    "recovers",
    "recovered",
    "recovery",
    "reclaim",
    "reclaimed",
    "regain",
    "regains",
    "seize",
    "seized",
    "seizing",
    "seizure",
    "annexed",
    "annexes",
    "annexing",
    "annexation",
    "annexations",
    "invade",
    "invaded",
    "invader",
    "invasion",
    "aggression",
    "aggressive",
    "aggressors",
    "rightful",
    "rightfully",
    "so-called",
    "stolen",
    "stole",
    "usurped",
    "usurpation",
    "reunified",
    "reunification",
    "motherland",
    "fatherland",
)


def own_texts() -> Iterator[tuple[str, str]]:
    """Give every text we wrote ourselves with the place it stands in."""
    for path in sorted(DATA.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for line, row in enumerate(csv.DictReader(file), start=2):
                yield from (
                    (f"{path.name}, line {line}, {column}", cell)
                    for column, cell in row.items()
                    if column.endswith("_en") or column == "changes"
                )
    for path in [p for s in ("html", "js", "css") for p in sorted((ROOT / "geo").rglob(f"*.{s}"))]:
        yield path.name, path.read_text(encoding="utf-8")
    for path in [ROOT / "README.md", ROOT / "CHANGELOG.md", DATA / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    for path in [*sorted((ROOT / "geo").rglob("*.py")), ROOT / "dashboard.py"]:
        yield from ((path.name, message) for message in messages(path))


def translated_texts() -> Iterator[tuple[str, str]]:
    """Give every text that we wrote in another language, with the place it stands in."""
    for model in TRANSLATIONS.values():
        with (DATA / model.FILE).open(encoding="utf-8", newline="") as file:
            for line, row in enumerate(csv.DictReader(file), start=2):
                yield f"{model.FILE}, line {line}", row["text"]
    for path in sorted(CATALOGUES.rglob("*.po")):
        with path.open("rb") as written:
            for message in read_po(written):
                yield from ((f"{path.parents[1].name}: {message.id}", form) for form in forms(message))


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else [*(message.string or ())]


def messages(path: Path) -> Iterator[str]:
    """Find what is said in a module: ``tr("...")``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
            yield from (str(a.value) for a in node.args if isinstance(a, ast.Constant))


def unquoted(said: str) -> str:
    """Give what is said outside of quotation marks: a quotation belongs to the one quoted."""
    return QUOTED.sub(" ", said)


def words(claims: Iterable[Claim]) -> int:
    return sum(len(claim.position_en.split()) for claim in claims)


def ratio(one: int, other: int) -> float:
    return max(one, other) / min(one, other)


def test_our_own_text_takes_no_side() -> None:
    assert [(place, found[0]) for place, said in own_texts() if (found := PARTISAN.search(unquoted(said)))] == []


def test_our_own_text_in_other_languages_takes_no_side() -> None:
    assert [(place, found[0]) for place, said in translated_texts() if (found := PARTISAN.search(unquoted(said)))] == []


def test_a_quotation_with_its_owner_may_hold_the_words_that_our_own_text_may_not() -> None:
    assert PARTISAN.search(unquoted("Japan speaks of \u201cillegal occupation\u201d by Russia")) is None
    assert PARTISAN.search(unquoted("the illegal occupation that Japan calls \u201cunacceptable\u201d"))
    assert PARTISAN.search(unquoted("an \u201cillegal occupation, and no end to the quotation"))


def test_every_quotation_in_the_tables_is_closed() -> None:
    for path in sorted(DATA.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for line, row in enumerate(csv.DictReader(file), start=2):
                for column, cell in row.items():
                    if column.endswith("_en"):
                        place = f"{path.name}, line {line}, {column}"
                        assert cell.count("\u201c") == cell.count("\u201d") == len(QUOTED.findall(cell)), place


def test_what_the_map_says_takes_no_side(dossier: Dossier) -> None:
    drawn = drawing(dossier)
    assert PARTISAN.search(unquoted(json.dumps(drawn, ensure_ascii=False))) is None


@pytest.mark.parametrize("island", [None, *ISLANDS])
def test_what_the_panels_say_takes_no_side(dossier: Dossier, island: IslandId | None) -> None:
    selection = select(dossier, View(island))
    totals = [
        panels.answer(selection),
        panels.claims(selection),
        panels.arguments(selection),
        nearness.distances(selection),
    ]
    totals += [panels.history(selection, e.date) for e in steps(dossier.events)]
    totals += [panels.figures(selection)] if island else []
    for room in totals:
        # a source's own title, in an attribute, is a quotation; so is its publisher's name
        said = re.sub(r"<a [^>]*>.*?</a>|<[^>]*>", " ", room, flags=re.DOTALL)
        assert PARTISAN.search(unquoted(html.unescape(said))) is None


@pytest.mark.parametrize(
    "word",
    [
        *HELD_BEFORE,
        "native land",
        "Illegal",
        "不法占拠",
        "固有の領土",
        "返還",
        "実効支配",
        "оккупация",
        "незаконный",
        "исконная",
    ],
)
def test_the_words_looked_for_are_found_inside_a_sentence(word: str) -> None:
    assert PARTISAN.search(f"the {word}, islands")
    assert not word.isascii() or not PARTISAN.search(f"x{word}x")


@pytest.mark.parametrize(
    "said",
    [
        "a transfer to Japan",
        "returns from Sakhalin",
        "administered by Russia",
        "claimed by Japan",
        "a landing",
        "legal",
    ],
)
def test_the_words_that_this_page_says_are_not_looked_for(said: str) -> None:
    assert PARTISAN.search(said) is None


def test_a_word_that_is_kept_out_is_not_what_the_glossary_says_instead(dossier: Dossier) -> None:
    for term in dossier.terms:
        assert PARTISAN.search(f"{term.we_say_en} / {term.meaning_en}") is None, term.term_id


def test_the_glossary_keeps_words_of_both_states_out(dossier: Dossier) -> None:
    assert {t.used_by for t in dossier.terms if t.lint} >= {"jp", "ru", "both"}
    users = Counter(t.used_by for t in dossier.terms)
    assert users["jp"] > 3
    assert users["ru"] > 3


def test_many_own_texts_are_looked_at() -> None:
    places = {place.split(",")[0] for place, _ in own_texts()}
    tables = {"claims", "questions", "status", "facts", "events", "history", "recognition", "glossary", "lines"}
    assert places >= {f"{name}.csv" for name in tables} | {
        "perspectives.csv",
        "definitions.csv",
        "definition_areas.csv",
    }
    templates = {
        "answer.html",
        "claims.html",
        "arguments.html",
        "history.html",
        "others.html",
        "words.html",
        "macros.html",
    }
    assert places >= templates | {
        "map.js",
        "chart.js",
        "scenes.py",
        "labels.py",
        "view.py",
        "panels.py",
        "controls.py",
        "dashboard.py",
    }


@pytest.mark.parametrize("island", ISLANDS)
def test_both_states_have_about_as_many_readings_and_words_on_an_island(dossier: Dossier, island: IslandId) -> None:
    claims = dossier.islands[island].claims
    assert all(c.stance == "position" for state in STATES for c in claims[state])
    assert min(len(claims[state]) for state in STATES) >= 3
    assert ratio(len(claims["jp"]), len(claims["ru"])) <= 1.5
    assert ratio(words(claims["jp"]), words(claims["ru"])) <= 1.5


def test_both_states_have_about_as_many_readings_and_words_in_all(dossier: Dossier) -> None:
    jp, ru = (
        tuple(dict.fromkeys(c for island in dossier.islands.values() for c in island.claims[state])) for state in STATES
    )
    assert {c.claim_id for c in (*jp, *ru)} == {c.claim_id for c in dossier.claims.values() if c.stance == "position"}
    assert ratio(len(jp), len(ru)) <= 1.5
    assert ratio(words(jp), words(ru)) <= 1.5


def test_every_question_is_put_to_both_states_on_every_island_it_bears_on(dossier: Dossier) -> None:
    for question in dossier.questions:
        for state in STATES:
            rows = [c for c in dossier.claims.values() if (c.question_id, c.state) == (question.question_id, state)]
            assert sorted(i for c in rows for i in c.island_ids) == sorted(question.island_ids), (question, state)


@pytest.mark.parametrize("question", QUESTIONS)
def test_neither_state_has_twice_the_words_on_a_question(dossier: Dossier, question: str) -> None:
    positions = [c for c in dossier.claims.values() if (c.question_id, c.stance) == (question, "position")]
    counted = {state: words(c for c in positions if c.state == state) for state in STATES}
    unaddressed = any(c.stance != "position" for c in dossier.claims.values() if c.question_id == question)
    assert all(counted.values())
    assert ratio(*counted.values()) <= 2 or unaddressed


@pytest.mark.parametrize("state", STATES)
def test_every_reading_says_whose_it_is_and_on_which_document(dossier: Dossier, state: StateId) -> None:
    owners = {"jp": ("Japan",), "ru": ("Russia", "Soviet", "Moscow")}[state]
    positions = [c for c in dossier.claims.values() if (c.state, c.stance) == (state, "position")]
    for claim in positions:
        assert any(owner in claim.position_en for owner in owners), claim.claim_id
        assert claim.position_en.endswith(".")
        assert claim.document_en
    answering = [c for c in positions if c.answers]
    assert len(answering) >= len(positions) / 2


def test_the_perspectives_of_both_states_have_the_same_fields_and_about_as_many_words(dossier: Dossier) -> None:
    jp, ru = (dossier.perspectives[state] for state in STATES)
    assert list(jp) == list(ru) == list(AREAS)
    for naming in NAMINGS:
        one, other = (len(strip(dossier, state, naming).split()) for state in STATES)
        assert ratio(one, other) <= 1.2
    for state in STATES:
        assert [line for line in dossier.lines if state in line.boundary.drawn_in]


@pytest.mark.parametrize("island", ISLANDS)
def test_both_states_have_a_status_and_units_on_every_island(dossier: Dossier, island: IslandId) -> None:
    found = dossier.islands[island]
    assert (found.claimed.state, found.claimed.role) == ("jp", "claims")
    assert (found.administered.state, found.administered.role) == ("ru", "administers")
    assert {state: [s.role for s in rows] for state, rows in found.statuses.items()} == {
        "jp": ["claims"],
        "ru": ["administers", "claims"],
    }
    for status in (s for rows in found.statuses.values() for s in rows):
        assert all((status.since, status.since_en, status.document_en, status.document_date))
    for state in STATES:
        assert {u.level for u in found.units[state]} >= {"region", "district"}
        assert all(u.state == state for u in found.units[state])


def test_the_table_has_the_same_columns_for_both_states_all_filled(dossier: Dossier) -> None:
    for row in joined_rows(dossier):
        columns = {state: {k.removeprefix(f"{state}_") for k in row if k.startswith(f"{state}_")} for state in STATES}
        assert columns["jp"] == columns["ru"]
        assert all(row[f"{state}_{column}"] for state in STATES for column in columns[state])
        assert (row["jp_role"], row["ru_role"]) == ("claims", "administers and claims")


def test_the_table_names_each_states_units_by_that_states_own_names(dossier: Dossier) -> None:
    for row in joined_rows(dossier):
        assert "Hokkaidō" in row["jp_units"]
        assert "Sakhalinskaya oblast\u2019" in row["ru_units"]


@pytest.mark.parametrize("naming", NAMINGS)
def test_the_card_of_every_island_gives_both_states_the_same_room(dossier: Dossier, naming: str) -> None:
    for island in drawing(dossier)["islands"].values():
        rows = island["cards"][naming]["rows"]
        administered = dict(rows["administered"])
        assert list(administered) == ["Administered by", "Claimed by"]
        assert administered["Administered by"].startswith("Russia: ")
        assert administered["Claimed by"].startswith("Japan: ")
        jp, ru = dict(rows["jp"]), dict(rows["ru"])
        assert list(jp) == ["As Japan claims", "Disputed by"]
        assert list(ru) == ["As Russia claims", "Disputed by"]
        assert jp["As Japan claims"] == administered["Claimed by"]
        assert ru["As Russia claims"] == administered["Administered by"]
        assert jp["Disputed by"].startswith("Russia")
        assert ru["Disputed by"].startswith("Japan")


@pytest.mark.parametrize("island", ISLANDS)
def test_where_surveys_disagree_both_figures_stand_with_their_owners(dossier: Dossier, island: IslandId) -> None:
    heights = {f.stated_by: f.value for f in dossier.islands[island].facts if f.attribute == "elevation"}
    assert set(heights) >= {"jp", "ru"} or island == "habomai"
