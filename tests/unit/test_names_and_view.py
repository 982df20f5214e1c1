"""Names in either convention, and the View with its codec."""

from __future__ import annotations

import itertools

import pytest

from geo.cells import ISLANDS
from geo.dossier import Dossier
from geo.names import NAMINGS, Naming, conventions, shown
from geo.view import View, from_query, to_query

ORIGINS = ("nosappu", "nemuro", "notsuke", "shiretoko")
HOSTILE = "<script>alert('ru')</script>"


@pytest.mark.parametrize(
    ("naming", "latin"), [("ja", ["Etorofu-tō"]), ("ru", ["Iturup"]), ("both", ["Etorofu-tō", "Iturup"])]
)
def test_a_naming_shows_its_own_names_and_no_others(dossier: Dossier, naming: Naming, latin: list[str]) -> None:
    assert [name.latin for name in shown(dossier.names, "iturup", naming)] == latin


@pytest.mark.parametrize("naming", NAMINGS)
def test_a_place_with_one_name_falls_back_to_it_and_says_so(dossier: Dossier, naming: Naming) -> None:
    single = {subject: names for subject, names in dossier.names.items() if len(names) == 1}
    assert single
    for subject, names in single.items():
        (convention,) = names
        assert [name.convention for name in shown(dossier.names, subject, naming)] == [convention]


def test_every_place_islet_and_unit_has_a_name(dossier: Dossier) -> None:
    units = {u.unit_id for i in dossier.islands.values() for units in i.units.values() for u in units}
    for subject in {*ISLANDS, *dossier.islets, *dossier.places, *units}:
        for naming in NAMINGS:
            assert shown(dossier.names, subject, naming)


def test_islands_and_islets_have_a_name_with_its_reading_in_both_conventions(dossier: Dossier) -> None:
    for subject in (*ISLANDS, *dossier.islets):
        names = dossier.names[subject]
        assert list(names) == ["ja", "ru"]
        assert names["ja"].reading
        assert (names["ja"].official, names["ru"].official) == ("jp", "ru")


def test_a_naming_lists_its_conventions() -> None:
    assert [conventions(naming) for naming in NAMINGS] == [("ja",), ("ru",), ("ja", "ru")]


def test_every_view_comes_back_from_its_address_as_it_was() -> None:
    for island, naming, origin in itertools.product((None, *ISLANDS), NAMINGS, ORIGINS):
        view = View(island, naming, origin)
        assert from_query(to_query(view), ORIGINS) == (view, ())


def test_the_usual_view_has_an_empty_address() -> None:
    assert to_query(View()) == {}
    assert to_query(View("kunashir")) == {"island": "kunashir"}


def test_the_origins_of_the_address_are_those_of_the_data(dossier: Dossier) -> None:
    assert dossier.origins == ORIGINS


@pytest.mark.parametrize("key", ["island", "naming", "origin"])
@pytest.mark.parametrize("value", [HOSTILE, "", "Iturup", "ja,ru", "urup"])
def test_an_unknown_value_falls_back_with_a_note_that_does_not_echo_it(key: str, value: str) -> None:
    view, notes = from_query({key: value}, ORIGINS)
    assert view == View()
    assert len(notes) == 1
    assert key in notes[0]
    assert not value or value not in notes[0]


def test_each_unknown_value_has_a_note_and_the_known_ones_are_kept() -> None:
    view, notes = from_query({"island": "shikotan", "naming": HOSTILE, "origin": HOSTILE}, ORIGINS)
    assert view == View("shikotan")
    assert len(notes) == 2
    assert not any("alert" in note for note in notes)


def test_a_parameter_of_someone_else_is_left_alone() -> None:
    assert from_query({"utm_source": HOSTILE}, ORIGINS) == (View(), ())
