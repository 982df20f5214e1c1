"""How to cite what is in view: each style as its rules write it, and no text that TeX or HTML takes for a command."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import parse_qsl, urlsplit

import pytest

from geo.i18n import PAGE_LANGUAGES
from geo.loading.dossier import Dossier
from geo.map.assets import prepare
from geo.model.fields import ISLANDS, Language
from geo.model.names import NAMINGS
from geo.page.citation import citation, citations
from geo.page.selection import choices
from geo.page.view import View, from_query
from geo.paths import DATA

PAGE = "https://islands.example/"
VERSION = "0123456789ab"
DAY = dt.date(2026, 11, 4)
STYLES = ("APA", "BibTeX", "Chicago", "ГОСТ Р 7.0.5-2008", "SIST 02")


@pytest.fixture(scope="module")
def dossiers() -> Mapping[Language, Dossier]:
    return {lang: prepare(DATA, lang).dossier for lang in PAGE_LANGUAGES}


def cited(dossiers: Mapping[Language, Dossier], view: View, page: str = PAGE) -> dict[str, str]:
    return {way.style: way.text for way in citations(dossiers, view, page=page, version=VERSION, accessed=DAY)}


def renamed(dossier: Dossier, island: str, latin: str) -> Dossier:
    names = {c: n.model_copy(update={"name": latin, "latin": latin}) for c, n in dossier.names[island].items()}
    return replace(dossier, names=MappingProxyType({**dossier.names, island: names}))


def test_each_style_is_written_as_its_rules_say(dossiers: Mapping[Language, Dossier]) -> None:
    link = "https://islands.example/?island=kunashir&naming=ru&perspective=jp&lang=ru"
    assert cited(dossiers, View("kunashir", "ru", perspective="jp", language="ru")) == {
        "APA": "Four Islands. (n.d.). Кунашир Kunashir: As Japan claims (Data version: 0123456789ab) "
        f"[Interactive map and data set]. Retrieved November 4, 2026, from {link}",
        "BibTeX": "@misc{four-islands-kunashir-0123456789ab,\n"
        "  author = {{Four Islands}},\n"
        "  title = {{Кунашир Kunashir: As Japan claims}},\n"
        f"  howpublished = {{\\url{{{link}}}}},\n"
        "  note = {Data version: 0123456789ab. Accessed 2026-11-04},\n"
        "}",
        "Chicago": "Four Islands. “Кунашир Kunashir: As Japan claims.” Data version: 0123456789ab. "
        f"Accessed November 4, 2026. {link}.",
        "ГОСТ Р 7.0.5-2008": "Кунашир: По позиции Японии // Четыре острова : [сайт]. Версия данных: 0123456789ab. "
        f"URL: {link} (дата обращения: 04.11.2026).",
        "SIST 02": f'"Кунашир クナシル：日本の主張". 四つの島. データの版：0123456789ab. {link}, (参照 2026-11-04).',
    }


@pytest.mark.parametrize("naming", NAMINGS)
@pytest.mark.parametrize("island", [None, *ISLANDS])
def test_a_link_opens_the_view_that_was_cited(
    island: str | None, naming: str, dossiers: Mapping[Language, Dossier]
) -> None:
    query = {
        "naming": naming,
        "lang": "ja",
        "from": "43.33,145.58",
        "date": "1900",
        **({"island": island} if island else {}),
    }
    view, notes = from_query(query, choices(dossiers["ja"]))
    assert notes == ()
    for text in cited(dossiers, view).values():
        address = next(iter(re.findall(r"https://[^\s{}]+", text))).rstrip(".,")
        assert from_query(dict(parse_qsl(urlsplit(address).query)), choices(dossiers["ja"])) == (view, ())


def test_every_style_names_each_island_the_version_and_the_day(dossiers: Mapping[Language, Dossier]) -> None:
    told = cited(dossiers, View())
    assert tuple(told) == STYLES
    for text in told.values():
        assert VERSION in text
        assert "2026" in text
    for one in ("Iturup", "Etorofu", "Kunashir", "Shikotan", "Habomai"):
        assert one in told["APA"]


def test_a_date_of_the_past_stands_in_the_place_of_the_perspective(dossiers: Mapping[Language, Dossier]) -> None:
    told = cited(dossiers, View("iturup", date="1875-05-07"))
    assert "7 May 1875" in told["Chicago"]
    assert "As administered" not in told["Chicago"]


def test_specials_of_tex_are_text_in_bibtex(dossiers: Mapping[Language, Dossier]) -> None:
    spoilt = {lang: renamed(d, "iturup", r"A & B_1 #2 50% $x$ {y} ~^ \end{z}") for lang, d in dossiers.items()}
    title = next(line for line in cited(spoilt, View("iturup"))["BibTeX"].splitlines() if "title" in line)
    assert r"A \& B\_1 \#2 50\% \$x\$ \{y\} \textasciitilde{}\textasciicircum{} \textbackslash{}end\{z\}" in title
    # without what is escaped every brace has its partner
    bare = re.sub(r"\\[{}]", "", title)
    assert bare.count("{") == bare.count("}")


@pytest.mark.parametrize("page", ["https://islands.example", PAGE, f"{PAGE}map", f"{PAGE}map/"])
def test_a_page_is_cited_with_one_slash_before_its_query(page: str, dossiers: Mapping[Language, Dossier]) -> None:
    assert f"{page.rstrip('/')}/?lang=en." in cited(dossiers, View(), page)["Chicago"]


def test_an_address_ends_no_command_of_tex(dossiers: Mapping[Language, Dossier]) -> None:
    told = cited(dossiers, View(words="}\\input{x}"), page="https://islands.example/a}b\\c/")
    (line,) = [line for line in told["BibTeX"].splitlines() if "howpublished" in line]
    inside = line.strip().removeprefix("howpublished = {\\url{").removesuffix("}},")
    assert not set(inside) & set("{}\\ ")


@pytest.mark.parametrize("lang", PAGE_LANGUAGES)
def test_the_page_shows_every_style_in_its_own_language_and_escaped(
    lang: Language, dossiers: Mapping[Language, Dossier]
) -> None:
    view = View("iturup", language=lang)
    spoilt = {one: renamed(d, "iturup", '<b onclick="x">') for one, d in dossiers.items()}
    ways = citations(spoilt, view, page=PAGE, version=VERSION, accessed=DAY)
    markup = citation(dossiers[lang], view, ways)
    assert "<b onclick" not in markup
    for way in ways:
        assert f'<dd lang="{way.language}">' in markup
        assert way.text in html.unescape(markup)
