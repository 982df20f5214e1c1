"""Both states get the same fields, the same room and the same care; our own text takes no side."""

from __future__ import annotations

import ast
import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.cells import ISLANDS, STATES, IslandId, StateId
from geo.dispute import Claim
from geo.dossier import Dossier
from geo.drawing import drawing
from geo.names import NAMINGS
from geo.select import claims_in_view
from geo.table import joined_rows
from geo.tables import DATA

ROOT = DATA.parent
# these belong to one side or the other: only an attributed quotation may hold them
PARTISAN = re.compile(
    r"\b(occup(y|ied|ies|ying|ier|iers|ation|ations)|illegal(ly|ity)?|unlawful(ly)?|unjust(ly)?|returned|returning"
    r"|liberat(e|ed|es|ing|ion|or|ors)|ancestral|inherent(ly)?|primordial(ly)?|recover(s|ed|ing|y)?|reclaim(s|ed|ing)?"
    r"|regain(s|ed|ing)?|seiz(e|ed|es|ing|ure)|annex(ed|es|ing|ation|ations)?|invad(e|ed|es|ing|er|ers)|invasion"
    r"|aggress(ion|ive|or|ors)|rightful(ly)?|so-called|stolen|stole|usurp(ed|ation)?|reunif(y|ied|ication)"
    r"|native land|motherland|fatherland)\b",
    re.IGNORECASE,
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
    for path in [*sorted((ROOT / "geo" / "templates").iterdir()), *sorted((ROOT / "geo" / "web").iterdir())]:
        yield path.name, path.read_text(encoding="utf-8")
    for path in [*sorted((ROOT / "geo").rglob("*.py")), ROOT / "dashboard.py"]:
        yield from ((path.name, message) for message in messages(path))


def messages(path: Path) -> Iterator[str]:
    """Find what is said in a module: ``say("...")``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
            yield from (str(a.value) for a in node.args if isinstance(a, ast.Constant))


def words(claims: tuple[Claim, ...]) -> int:
    return sum(len(claim.position_en.split()) for claim in claims)


def ratio(one: int, other: int) -> float:
    return max(one, other) / min(one, other)


def test_our_own_text_takes_no_side() -> None:
    assert [(place, found[0]) for place, text in own_texts() if (found := PARTISAN.search(text))] == []


def test_what_the_map_says_takes_no_side(dossier: Dossier) -> None:
    drawn = drawing(dossier)
    quotations = {i: drawn["islands"][i].pop("quote") for i in ISLANDS}
    assert all(quotations.values())
    assert PARTISAN.search(json.dumps(drawn, ensure_ascii=False)) is None
    assert "administered by Russia, claimed by Japan" in drawn["text"]["convention"]


@pytest.mark.parametrize("word", ["occupied", "Illegal", "returned", "liberated", "ancestral", "inherent", "annexed"])
def test_the_words_looked_for_are_found_inside_a_sentence(word: str) -> None:
    assert PARTISAN.search(f"the {word}, islands")
    assert not PARTISAN.search(f"x{word}x")


def test_many_own_texts_are_looked_at() -> None:
    places = {place.split(",")[0] for place, _ in own_texts()}
    assert places >= {"claims.csv", "status.csv", "facts.csv", "panel.html", "map.js", "drawing.py", "dashboard.py"}


@pytest.mark.parametrize("island", ISLANDS)
def test_both_states_have_the_same_number_of_points_on_an_island(dossier: Dossier, island: IslandId) -> None:
    claims = dossier.islands[island].claims
    assert len(claims["jp"]) == len(claims["ru"]) >= 3


@pytest.mark.parametrize("island", ISLANDS)
def test_both_states_have_about_as_many_words_on_an_island(dossier: Dossier, island: IslandId) -> None:
    claims = dossier.islands[island].claims
    assert ratio(words(claims["jp"]), words(claims["ru"])) <= 1.5


def test_both_states_have_about_as_many_points_and_words_in_all(dossier: Dossier) -> None:
    jp, ru = (claims_in_view(tuple(dossier.islands.values()), state) for state in STATES)
    assert ratio(words(jp), words(ru)) <= 1.5
    assert ratio(len(jp), len(ru)) <= 1.2


@pytest.mark.parametrize("state", STATES)
def test_every_point_says_whose_it_is_on_which_basis_and_document(dossier: Dossier, state: StateId) -> None:
    owner = {"jp": "Japan", "ru": "Russia"}[state]
    for claim in claims_in_view(tuple(dossier.islands.values()), state):
        assert claim.position_en.startswith(f"{owner} holds that ")
        assert claim.basis_en
        assert claim.document_en


@pytest.mark.parametrize("island", ISLANDS)
def test_both_states_have_a_status_and_units_on_every_island(dossier: Dossier, island: IslandId) -> None:
    found = dossier.islands[island]
    assert (found.claimed.state, found.claimed.role) == ("jp", "claims")
    assert (found.administered.state, found.administered.role) == ("ru", "administers")
    for status in (found.claimed, found.administered):
        assert all((status.since, status.since_en, status.document_en, status.document_date))
    for state in STATES:
        assert {u.level for u in found.units[state]} >= {"region", "district"}
        assert all(u.state == state for u in found.units[state])


def test_the_table_has_the_same_columns_for_both_states_all_filled(dossier: Dossier) -> None:
    for row in joined_rows(dossier):
        columns = {state: {k.removeprefix(f"{state}_") for k in row if k.startswith(f"{state}_")} for state in STATES}
        assert columns["jp"] == columns["ru"]
        assert all(row[f"{state}_{column}"] for state in STATES for column in columns[state])
        assert (row["jp_role"], row["ru_role"]) == ("claims", "administers")


def test_the_table_names_each_states_units_by_that_states_own_names(dossier: Dossier) -> None:
    for row in joined_rows(dossier):
        assert "Hokkaidō" in row["jp_units"]
        assert "Sakhalinskaya oblast\u2019" in row["ru_units"]


@pytest.mark.parametrize("naming", NAMINGS)
def test_the_card_of_every_island_gives_both_states_the_same_room(dossier: Dossier, naming: str) -> None:
    for island in drawing(dossier)["islands"].values():
        rows = dict(island["cards"][naming]["rows"])
        assert list(rows) == ["Administered by", "Claimed by"]
        assert rows["Administered by"].startswith("Russia: ")
        assert rows["Claimed by"].startswith("Japan: ")


@pytest.mark.parametrize("island", ISLANDS)
def test_where_surveys_disagree_both_figures_stand_with_their_owners(dossier: Dossier, island: IslandId) -> None:
    heights = {f.stated_by: f.value for f in dossier.islands[island].facts if f.attribute == "elevation"}
    assert set(heights) >= {"jp", "ru"} or island == "habomai"
