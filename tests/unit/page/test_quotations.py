"""What the press says of an island: each quotation once, the newest first, with the words that put it there marked."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from geo.loading.dossier import Dossier
from geo.model.fields import ISLANDS, IslandId
from geo.page import panels
from geo.page.press import Press, answer, open_press
from geo.page.selection import select
from geo.page.view import View
from geo.paths import DATA

MANY = 1000


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    return open_press(DATA, Path(tmp_path_factory.mktemp("empty")) / "store")


def test_a_quotation_on_several_islands_stands_once_with_all_of_them(press: Press, dossier: Dossier) -> None:
    quotations = answer(press, View(), MANY).quotations
    quotes = ["".join(p.text for p in q.pieces) for q in quotations]
    assert len(set(quotes)) == len(quotes)
    told = {(quote, island) for quote, q in zip(quotes, quotations, strict=True) for island in q.islands}
    assert told == {(e.quote, e.island) for i in dossier.islands.values() for e in i.excerpts}


@pytest.mark.parametrize("island", [None, *ISLANDS])
def test_the_newest_quotations_come_first(press: Press, island: IslandId | None) -> None:
    dates = [q.article["date"] for q in answer(press, View(island), MANY).quotations]
    assert dates == sorted(dates, reverse=True)
    assert dates


@pytest.mark.parametrize("island", ISLANDS)
def test_the_words_that_put_a_quotation_on_an_island_are_marked(
    press: Press, dossier: Dossier, island: IslandId
) -> None:
    found = answer(press, View(island), MANY)
    markup = panels.press(select(dossier, View(island)), found)
    for quotation in found.quotations:
        assert island in quotation.islands
        named = {p.text for p in quotation.pieces if p.names}
        assert named == {words for _, words in quotation.reasons}
        assert all(f">{html.escape(words)}</mark>" in markup for words in named)
        assert html.escape(quotation.article["publisher"]) in markup
