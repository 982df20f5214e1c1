"""What becomes HTML or script: hostile texts in the data stay text."""

from __future__ import annotations

import base64
import dataclasses
import html
import json
import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from types import MappingProxyType
from typing import TypeVar

import pytest

from geo.i18n import date, number, tr
from geo.loading.dossier import Dossier, Island, Line, MeaningOfKuril
from geo.map.drawing import drawing
from geo.model.fields import ISLANDS, IslandId
from geo.model.history import steps
from geo.model.names import NAMINGS, Naming
from geo.model.row import Row
from geo.news.model import BatchResult, FailureLog, ReadFailure
from geo.page import escaping, labels, nearness, panels
from geo.page.press import Answer, Piece, Quotation
from geo.page.selection import Selection, select
from geo.page.view import View

R = TypeVar("R", bound=Row)
K = TypeVar("K")

HOSTILE = "\"'><img src=x onerror=alert(1)>`${alert(1)}`{{ 7*7 }}</script><script>alert(2)</script>"
# beside every column that ends in _en
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
    "term",
}
TAGS = {
    "a",
    "b",
    "blockquote",
    "br",
    "button",
    "caption",
    "code",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "i",
    "img",
    "li",
    "mark",
    "nav",
    "ol",
    "p",
    "section",
    "small",
    "span",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
}
ATTRIBUTES = {
    *("aria-hidden", "aria-label", "class", "href", "id", "lang", "scope", "target", "title", "rel"),
    *("alt", "height", "src", "width"),
    *("aria-sort", "colspan", "data-name", "data-value", "role", "tabindex", "type"),
}
# a picture of our own, with its text
PICTURE = re.compile(
    r'<img class="chart" alt="[^"<>]+" width="\d+" height="\d+" src="data:image/svg\+xml;base64,([\w+/=]+)">'
)


def history(selection: Selection) -> str:
    """Write every dated state of the border, one below the other."""
    return "\n".join(panels.history(selection, e.date) for e in steps(selection.dossier.events))


def sea(selection: Selection) -> str:
    return nearness.sea(selection, all_pairs=True)


def reference(selection: Selection) -> str:
    return panels.others(selection.dossier) + panels.words(selection.dossier) + panels.events(selection)


ROOMS: tuple[Callable[[Selection], str], ...] = (
    panels.answer,
    panels.claims,
    panels.arguments,
    history,
    reference,
    panels.figures,
    nearness.distances,
    sea,
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
    columns = [c for c in type(row).columns() if c in FREE_TEXT or c.endswith("_en")]
    return row.model_copy(update=dict.fromkeys(columns, HOSTILE))


def all_of(rows: tuple[R, ...]) -> tuple[R, ...]:
    return tuple(spoiled(row) for row in rows)


def each_of(rows: Mapping[K, R]) -> Mapping[K, R]:
    return MappingProxyType({key: spoiled(row) for key, row in rows.items()})


def spoiled_island(island: Island) -> Island:
    excerpts = tuple(
        e.model_copy(update={"quote": HOSTILE, "start": 0, "end": 9, "matched": HOSTILE[:9]}) for e in island.excerpts
    )
    return dataclasses.replace(
        island,
        statuses=MappingProxyType({state: all_of(rows) for state, rows in island.statuses.items()}),
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
        islets=each_of(dossier.islets),
        places=each_of(dossier.places),
        names=MappingProxyType({s: each_of(names) for s, names in dossier.names.items()}),
        name_origins=MappingProxyType({s: all_of(rows) for s, rows in dossier.name_origins.items()}),
        facts=MappingProxyType({s: all_of(facts) for s, facts in dossier.facts.items()}),
        sources=each_of(dossier.sources),
        articles=each_of(dossier.articles),
        questions=all_of(dossier.questions),
        claims=each_of(dossier.claims),
        events=all_of(dossier.events),
        history=all_of(dossier.history),
        meanings=MappingProxyType(
            {i: MeaningOfKuril(spoiled(m.definition), each_of(m.covers)) for i, m in dossier.meanings.items()}
        ),
        statements=all_of(dossier.statements),
        terms=all_of(dossier.terms),
        perspectives=MappingProxyType({s: each_of(areas) for s, areas in dossier.perspectives.items()}),
        lines=tuple(Line(spoiled(line.boundary), line.path) for line in dossier.lines),
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
        assert "<img" not in PICTURE.sub("", markup)
        assert "<script" not in markup
        for picture in PICTURE.findall(markup):
            drawn = set(re.findall(r"<(\w+)", base64.b64decode(picture).decode()))
            assert drawn <= {"svg", "style", "rect", "line", "circle", "text", "path"}
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
    figures, arguments = panels.figures(selection), panels.arguments(selection)
    for fact in selection.islands[0].facts:
        assert f'href="{html.escape(dossier.sources[fact.source_id].url)}"' in figures
    for claims in selection.islands[0].claims.values():
        for claim in claims:
            assert claim.position_en in html.unescape(arguments)
            assert f'href="{html.escape(dossier.sources[claim.source_id].url)}"' in arguments


@pytest.mark.parametrize("naming", NAMINGS)
def test_hostile_text_in_an_article_stays_text(dossier: Dossier, naming: Naming) -> None:
    record = {"title": HOSTILE, "publisher": HOSTILE, "date": "2021-05-01", "url": "https://example.org/a"}
    quoted = Quotation(
        (Piece(HOSTILE, names=True, sought=True),), "en", record, (HOSTILE,), ("iturup",), (("named", HOSTILE),)
    )
    markup = panels.press(
        select(dossier, View(naming=naming)), Answer(1, 2, (("2021", 1), ("", 1)), (quoted,), ("ja",))
    )
    seen = Seen(markup)
    assert "<img" not in PICTURE.sub("", markup)
    assert "<script" not in markup
    assert "onerror" not in seen.attributes
    assert seen.text.count(HOSTILE) >= 2


@pytest.mark.parametrize("naming", NAMINGS)
def test_hostile_text_in_a_readers_own_file_stays_text(dossier: Dossier, naming: Naming) -> None:
    record = {"title": HOSTILE, "publisher": HOSTILE, "date": "2021-05-01", "url": f"https://example.org/{HOSTILE}"}
    pieces = (Piece(HOSTILE, names=False, sought=False), Piece(HOSTILE, names=True, sought=True))
    quoted = Quotation(pieces, "en", record, (HOSTILE,), ("iturup",), (("named", HOSTILE),))
    faults = FailureLog()
    faults.add(ReadFailure(HOSTILE, HOSTILE, HOSTILE))
    markup = panels.own_press(select(dossier, View(naming=naming)), BatchResult(faults=faults), (quoted,))
    seen = Seen(markup)
    assert seen.tags <= TAGS
    assert seen.attributes <= ATTRIBUTES
    # three of the fault; both pieces, publisher, title, outlet and reason
    assert seen.text.count(HOSTILE) == 9


@pytest.mark.parametrize("language", ["en", "ja", "ru"])
def test_a_quotation_says_in_which_language_it_is(dossier: Dossier, language: str) -> None:
    record = {"title": "", "publisher": "", "date": "", "url": ""}
    quoted = Quotation((Piece("Fog", names=False, sought=False),), language, record, (), ("iturup",), ())
    selection = select(dossier, View("iturup"))
    for markup in (
        panels.press(selection, Answer(1, 1, (), (quoted,), ())),
        panels.own_press(selection, BatchResult(), (quoted,)),
    ):
        assert f'<blockquote lang="{language}">Fog</blockquote>' in markup
        assert Seen(markup).attributes <= ATTRIBUTES
        assert "publisher not known" in markup


def test_a_quotation_shows_where_it_is_cut_what_was_tidied_and_whose_text_it_is(dossier: Dossier) -> None:
    record = {"title": "", "publisher": "UrduPoint", "agency": "Sputnik", "agency_country": "RU", "date": "", "url": ""}
    pieces = (Piece("Fog on Iturup", names=False, sought=False),)
    whole = Quotation(pieces, "en", record | {"agency": "UrduPoint"}, (), ("iturup",), ())
    cut = Quotation(pieces, "en", record, (), ("iturup",), (), cut_start=True, cut_end=True, repaired=True)
    selection = select(dossier, View("iturup"))
    plain, marked = (panels.own_press(selection, BatchResult(), (q,)) for q in (whole, cut))
    assert ">Fog on Iturup</blockquote>" in plain
    assert ">[…] Fog on Iturup […]</blockquote>" in marked
    assert ("spaces tidied" in plain, "spaces tidied" in marked) == (False, True)
    assert ("text of" in plain, "text of Sputnik (RU)" in marked) == (False, True)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JavaScript:alert(1)", "\x01javascript:alert(1)", "data:text/html,<b>", "vbscript:x"]
)
def test_an_address_that_would_run_something_is_no_link(dossier: Dossier, url: str) -> None:
    record = {"title": "Fog", "publisher": "TASS", "date": "", "url": url}
    quoted = Quotation((Piece("Fog", names=False, sought=False),), "en", record, (), ("iturup",), ())
    selection = select(dossier, View("iturup"))
    assert "href" not in panels.press(selection, Answer(1, 1, (), (quoted,), ()))
    assert "href" not in panels.own_press(selection, BatchResult(), (quoted,))


def test_what_the_words_and_filters_leave_is_said_and_the_years_are_drawn(dossier: Dossier) -> None:
    selection = select(dossier, View("iturup"))
    years = (("", 1), ("2020", 1200), ("2024", 60))
    markup = panels.press(selection, Answer(1261, 5000, years, (), ("ru",)))
    assert "1,261 of 5,000 quotations fit the words and filters." in markup
    assert 'alt="Quotations by year: no date 1, 2020 1,200, 2024 60"' in markup
    drawn = base64.b64decode(re.findall(r"data:image/svg\+xml;base64,([^\"]+)", markup)[0]).decode()
    # a bar is as high as its year is rich, and the smallest is still to be seen
    heights = [float(h) for h in re.findall(r'<rect [^>]*height="([0-9.]+)"', drawn)]
    assert heights == pytest.approx([1, 56, 2.8])
    assert "No Russian-language item for this island." in markup
    whole = panels.press(selection, Answer(5, 5, (("2020", 5),), (), ()))
    assert "fit the words and filters." not in whole.replace("No quotation fits", "")
    assert "<img" not in whole


def test_nothing_found_and_nothing_there_are_told_apart(dossier: Dossier) -> None:
    selection = select(dossier, View("iturup"))
    assert "No quotation fits the words and filters." in panels.press(selection, Answer(0, 5, (), (), ()))
    assert "No quotation on this island yet." in panels.press(selection, Answer(0, 0, (), (), ("en", "ja", "ru")))
    assert "Nothing in your files fits this island" in panels.own_press(selection, BatchResult(), ())


def test_hostile_text_in_any_row_reaches_the_map_as_data_that_holds_no_markup(hostile: Dossier) -> None:
    drawn = drawing(hostile)
    assert drawn["lines"][0]["label"] == drawn["steps"][0]["title"] == HOSTILE
    written = escaping.script_json(drawn)
    assert json.loads(written) == drawn
    assert not any(unsafe in written for unsafe in ("<", ">", "`", "$", "{{", "{%"))


def sections(dossier: Dossier) -> str:
    """Write all that stands under the map at the first view, quotations aside."""
    selection = select(dossier, View())
    rooms = (panels.claims, panels.arguments, nearness.distances, sea, reference)
    return "".join(room(selection) for room in rooms)


def test_ids_of_sections_are_those_of_the_tables_and_stand_once(dossier: Dossier) -> None:
    ids = re.findall(r'\bid="([^"]*)"', sections(dossier))
    assert len(ids) == len(set(ids))
    assert {f"question-{q.question_id}" for q in dossier.questions} <= set(ids)
    assert {f"claim-{c}" for c in dossier.claims} <= set(ids)


def test_the_contents_lead_to_sections_that_are_there(dossier: Dossier) -> None:
    anchors = re.findall(r'href="#([^"]+)"', panels.contents())
    # the press has its address from the page's own heading
    assert [a for a in anchors if f'id="{a}"' not in sections(dossier)] == ["press"]
    assert Seen(panels.contents()).tags <= TAGS


def test_both_distances_stand_side_by_side(dossier: Dossier) -> None:
    seen = Seen(nearness.distances(select(dossier, View())))
    assert "36.9" in seen.text
    assert "37.4" in seen.text


@pytest.mark.parametrize(("naming", "there", "away"), [("ja", "国後島", "Кунашир"), ("ru", "Кунашир", "国後島")])
def test_a_naming_reaches_every_part_of_the_page(dossier: Dossier, naming: str, there: str, away: str) -> None:
    view = View("kunashir", next(n for n in NAMINGS if n == naming))
    panel, distances = (Seen(room(select(dossier, view))).text for room in (panels.answer, nearness.distances))
    assert there in panel
    assert there in distances
    assert away not in distances


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
    written = escaping.script_json(value)
    assert json.loads(written) == value
    for unsafe in ("<", ">", "&", "'", "`", "$", "{{", "{%", "{#", "\u2028", "\u2029"):
        assert unsafe not in written


def test_a_name_in_short_is_the_romanised_one_of_each_convention(dossier: Dossier) -> None:
    assert labels.brief_name(dossier, "kunashir", "both") == "Kunashiri-tō / Kunashir"
    assert labels.plain_name(dossier, "kunashir", "ru") == "Кунашир Kunashir"
    assert labels.plain_name(dossier, "kunashir", "both") == "国後島 Kunashiri-tō / Кунашир Kunashir"


def test_a_point_and_a_distance_are_written_with_their_units() -> None:
    assert labels.point_text((145.81694, 43.38528)) == "43.3853° N, 145.8169° E"
    assert labels.km_text(36.954) == "36.95"


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
    assert tr("From {point}", point="{x} %s") == "From {x} %s"
