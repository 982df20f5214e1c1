"""What becomes HTML or script: hostile texts in the data stay text."""

from __future__ import annotations

import dataclasses
import html
import json
from collections.abc import Callable
from html.parser import HTMLParser
from types import MappingProxyType
from typing import TypeVar

import pytest

from geo import text
from geo.cells import ISLANDS, IslandId, Row
from geo.dossier import Dossier, Island
from geo.messages import date, number, say
from geo.names import NAMINGS
from geo.select import Selection, select
from geo.view import View

R = TypeVar("R", bound=Row)

HOSTILE = "\"'><img src=x onerror=alert(1)>`${alert(1)}`{{ 7*7 }}</script><script>alert(2)</script>"
FREE_TEXT = {
    "name",
    "latin",
    "reading",
    "title",
    "publisher",
    "url",
    "code",
    "code_system",
    "matched",
    "quote",
    "note_en",
    "definition_en",
    "document_en",
    "position_en",
    "basis_en",
    "since_en",
    "area_definition_en",
}
TAGS = {
    "a",
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "i",
    "li",
    "mark",
    "ol",
    "p",
    "section",
    "small",
    "span",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
}
ATTRIBUTES = {"aria-hidden", "class", "href", "lang", "scope", "target", "title", "rel"}
ROOMS: tuple[Callable[[Selection], str], ...] = (
    text.panel,
    text.positions,
    text.figures,
    text.distances,
    text.excerpts,
)


class Seen(HTMLParser):
    """Collects what a browser would take as tags, attributes and text."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and its attributes."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text += data


def spoiled(row: R) -> R:
    """Put hostile text where the checks would never let it through."""
    return row.model_copy(update=dict.fromkeys(FREE_TEXT & set(type(row).model_fields), HOSTILE))


def spoiled_island(island: Island) -> Island:
    def all_of(rows: tuple[R, ...]) -> tuple[R, ...]:
        return tuple(spoiled(row) for row in rows)

    excerpts = tuple(
        e.model_copy(update={"quote": HOSTILE, "start": 0, "end": 9, "matched": HOSTILE[:9]}) for e in island.excerpts
    )
    return dataclasses.replace(
        island,
        administered=spoiled(island.administered),
        claimed=spoiled(island.claimed),
        units=MappingProxyType({state: all_of(units) for state, units in island.units.items()}),
        claims=MappingProxyType({state: all_of(claims) for state, claims in island.claims.items()}),
        facts=all_of(island.facts),
        places=all_of(island.places),
        islets=all_of(island.islets),
        excerpts=excerpts,
    )


@pytest.fixture(scope="module")
def hostile(dossier: Dossier) -> Dossier:
    """Give the real dossier with every free text replaced, as if no check had been made."""
    return dataclasses.replace(
        dossier,
        islands=MappingProxyType({i: spoiled_island(island) for i, island in dossier.islands.items()}),
        islets=MappingProxyType({i: spoiled(islet) for i, islet in dossier.islets.items()}),
        places=MappingProxyType({i: spoiled(place) for i, place in dossier.places.items()}),
        names=MappingProxyType(
            {s: MappingProxyType({c: spoiled(n) for c, n in names.items()}) for s, names in dossier.names.items()}
        ),
        facts=MappingProxyType({s: tuple(spoiled(f) for f in facts) for s, facts in dossier.facts.items()}),
        sources=MappingProxyType({i: spoiled(source) for i, source in dossier.sources.items()}),
        articles=MappingProxyType({i: spoiled(article) for i, article in dossier.articles.items()}),
    )


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__)
@pytest.mark.parametrize("island", [None, *ISLANDS])
def test_hostile_text_in_any_row_stays_text(
    hostile: Dossier, room: Callable[[Selection], str], island: IslandId | None
) -> None:
    for naming in NAMINGS:
        markup = room(select(hostile, View(island, naming)))
        seen = Seen(markup)
        assert seen.tags <= TAGS
        assert seen.attributes <= ATTRIBUTES
        assert "<img" not in markup
        assert "<script" not in markup
        assert HOSTILE.replace(" ", "") in seen.text.replace(" ", "")


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__)
@pytest.mark.parametrize("island", [None, *ISLANDS])
def test_the_page_needs_no_other_tags_and_leaves_nothing_unfilled(
    dossier: Dossier, room: Callable[[Selection], str], island: IslandId | None
) -> None:
    for naming in NAMINGS:
        markup = room(select(dossier, View(island, naming)))
        seen = Seen(markup)
        assert seen.tags <= TAGS
        assert not any(left in seen.text for left in ("{{", "{%", "None", "&amp;", "&lt;"))


@pytest.mark.parametrize("island", ISLANDS)
def test_every_figure_and_claim_opens_its_source(dossier: Dossier, island: IslandId) -> None:
    selection = select(dossier, View(island))
    figures, positions = text.figures(selection), text.positions(selection)
    for fact in selection.islands[0].facts:
        assert f'href="{html.escape(dossier.sources[fact.source_id].url)}"' in figures
    for claims in selection.islands[0].claims.values():
        for claim in claims:
            assert claim.position_en in html.unescape(positions)
            assert f'href="{html.escape(dossier.sources[claim.source_id].url)}"' in positions


def test_both_distances_stand_side_by_side(dossier: Dossier) -> None:
    seen = Seen(text.distances(select(dossier, View())))
    assert "36.9" in seen.text
    assert "37.4" in seen.text


@pytest.mark.parametrize(("naming", "there", "away"), [("ja", "国後島", "Кунашир"), ("ru", "Кунашир", "国後島")])
def test_a_naming_reaches_every_part_of_the_page(dossier: Dossier, naming: str, there: str, away: str) -> None:
    view = View("kunashir", next(n for n in NAMINGS if n == naming))
    panel, distances = (Seen(room(select(dossier, view))).text for room in (text.panel, text.distances))
    assert there in panel
    assert there in distances
    assert away not in distances


def test_the_words_that_put_a_quotation_on_an_island_are_marked(dossier: Dossier) -> None:
    for island in ISLANDS:
        selection = select(dossier, View(island))
        markup = text.excerpts(selection)
        for quotation in selection.quotations:
            assert f"<mark>{html.escape(quotation.excerpt.matched)}</mark>" in markup
            assert html.escape(quotation.article.publisher) in markup


@pytest.mark.parametrize(
    "value",
    [
        HOSTILE,
        {"a": [HOSTILE, {"b": "\u2028\u2029"}], HOSTILE: None},
        "{{{{ x }}}}",
        "{#{%{{",
        "\\u003c <",
        "</SCRIPT>",
        "<!--",
        "]]>",
        "択捉島",
        [1.5, True, None],
    ],
)
def test_script_json_comes_back_as_it_was_and_holds_nothing_that_could_start_anything(value: object) -> None:
    written = text.script_json(value)
    assert json.loads(written) == value
    for unsafe in ("<", ">", "&", "'", "`", "$", "{{", "{%", "{#", "\u2028", "\u2029"):
        assert unsafe not in written


def test_a_name_in_short_is_the_romanised_one_of_each_convention(dossier: Dossier) -> None:
    assert text.brief_name(dossier, "kunashir", "both") == "Kunashiri-tō / Kunashir"
    assert text.plain_name(dossier, "kunashir", "ru") == "Кунашир Kunashir"
    assert text.plain_name(dossier, "kunashir", "both") == "国後島 Kunashiri-tō / Кунашир Kunashir"


def test_a_point_and_a_distance_are_written_with_their_units() -> None:
    assert text.point_text((145.81694, 43.38528)) == "43.3853° N, 145.8169° E"
    assert text.km_text(36.954) == "36.95"


@pytest.mark.parametrize(
    ("value", "digits", "fixed", "written"),
    [
        (3166.64, 2, False, "3,166.64"),
        (3168.0, 2, False, "3,168"),
        (3.7, 2, True, "3.70"),
        (6916, 0, False, "6,916"),
        (0.0007, 4, False, "0.0007"),
        (0, 0, False, "0"),
    ],
)
def test_a_number_is_written_for_the_reader(value: float, digits: int, fixed: bool, written: str) -> None:
    assert number(value, digits, fixed=fixed) == written


@pytest.mark.parametrize(
    ("iso", "written"), [("1945-08-28", "28 Aug 1945"), ("1945-08", "Aug 1945"), ("1945", "1945"), ("", "")]
)
def test_a_date_is_written_in_the_precision_it_has(iso: str, written: str) -> None:
    assert date(iso) == written


def test_a_message_keeps_what_is_put_into_it_as_it_is() -> None:
    assert say("From {point}", point="{x} %s") == "From {x} %s"
