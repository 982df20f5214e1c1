"""Names in either convention, and the View with its codec."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.i18n import PAGE_LANGUAGES
from geo.loading.dossier import Dossier
from geo.model.fields import ISLANDS, Language
from geo.model.names import NAMINGS, Naming, conventions, shown
from geo.news.search.facets import Facets
from geo.page.selection import choices
from geo.page.view import (
    KINDS,
    LANGUAGE_CHOICES,
    LONGEST_WORDS,
    PERSPECTIVE_CHOICES,
    View,
    from_query,
    to_query,
)

PLACES = (
    *("nosappu", "nemuro", "nemuro_port", "notsuke", "rausu", "shiretoko"),
    *("yuzhno_kurilsk", "kurilsk", "malokurilskoye"),
    *("yuzhno_sakhalinsk", "sapporo", "moscow", "tokyo"),
)
ORIGINS = (*PLACES, "43.33,145.58", "-33.45,-70.66667")
HOSTILE = "<script>alert('ru')</script>"
ROSTER = Facets(("TASS", "UrduPoint"), ("PK", "RU"))


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
        # Russian acts have no name for the Habomai islets as a group
        assert (names["ja"].official, names["ru"].official) == ("jp", "" if subject == "habomai" else "ru")


def test_a_naming_lists_its_conventions() -> None:
    assert [conventions(naming) for naming in NAMINGS] == [("ja",), ("ru",), ("ja", "ru")]


def views(dossier: Dossier) -> Iterator[View]:
    """Give views with every value of every field, and the fields in all pairs of the first and the last value."""
    dates = [None, "1644", "1855-02-07", "1945-09", "1945-09-03", "2022-03-21"]
    yield from itertools.starmap(View, itertools.product((None, *ISLANDS), NAMINGS, ORIGINS))
    yield from (
        View(perspective=perspective, date=date, kuril=kuril)
        for perspective, date, kuril in itertools.product(PERSPECTIVE_CHOICES, dates, (None, *dossier.meanings))
    )
    kurils = (None, *dossier.meanings)
    ends = [(v[0], v[-1]) for v in ((None, *ISLANDS), NAMINGS, ORIGINS, PERSPECTIVE_CHOICES, dates, kurils)]
    yield from itertools.starmap(View, itertools.product(*ends))


def test_every_view_comes_back_from_its_address_as_it_was(dossier: Dossier) -> None:
    seen = 0
    for view in views(dossier):
        assert from_query(to_query(view), choices(dossier, ROSTER.publishers, ROSTER.countries)) == (view, ())
        seen += 1
    assert seen > 200


def test_every_field_of_the_view_has_its_own_parameter(dossier: Dossier) -> None:
    place = {"island": "iturup", "naming": "ja", "origin": "nemuro"}
    scene = {"perspective": "both", "date": "1945-09-03", "kuril": "ru_usage", "zones": "24", "lang": "ja"}
    wanted = {"words": "peace treaty", "language": "en", "kind": "named", "publisher": "TASS", "country": "RU"}
    address = {**place, **scene, **wanted, "since": "2020", "until": "2025-12-01"}
    view, notes = from_query(address, choices(dossier, ROSTER.publishers, ROSTER.countries))
    assert notes == ()
    assert to_query(view) == address
    assert all(getattr(view, f.name) != getattr(View(), f.name) for f in dataclasses.fields(View))
    assert len(to_query(view)) == len(dataclasses.fields(View))


VIEWS = st.builds(
    View,
    island=st.sampled_from([None, *ISLANDS]),
    naming=st.sampled_from(NAMINGS),
    origin=st.sampled_from(ORIGINS),
    perspective=st.sampled_from(PERSPECTIVE_CHOICES),
    date=st.none() | st.dates(dt.date(1644, 1, 1), dt.date(2026, 1, 1)).map(str),
    kuril=st.sampled_from([None, "ru_usage", "jp_usage"]),
    language=st.sampled_from(PAGE_LANGUAGES),
    words=st.text(max_size=LONGEST_WORDS).map(lambda text: " ".join(text.split())),
    press_language=st.sampled_from(LANGUAGE_CHOICES),
    kind=st.sampled_from(KINDS),
    publisher=st.sampled_from(["", *ROSTER.publishers]),
    country=st.sampled_from(["", *ROSTER.countries]),
    since=st.sampled_from(["", "2020", "2021-04", "2021-04-27"]),
    until=st.sampled_from(["", "2025", "2025-12"]),
)


@given(view=VIEWS, browser=st.sampled_from(PAGE_LANGUAGES))
def test_any_view_comes_back_from_its_address_whatever_language_the_browser_asks_for(
    dossier: Dossier, view: View, browser: Language
) -> None:
    query = to_query(view, browser)
    assert from_query(query, choices(dossier, ROSTER.publishers, ROSTER.countries, browser)) == (view, ())
    # a link says in which language it was copied, unless any browser of that language would open it so
    assert ("lang" in query) == (view.language != browser)


def test_a_link_that_names_no_language_opens_in_the_browsers_own(dossier: Dossier) -> None:
    view, notes = from_query({"island": "iturup"}, choices(dossier, language="ja"))
    assert (view, notes) == (View("iturup", language="ja"), ())


def test_an_older_link_to_a_language_of_the_press_keeps_its_meaning(dossier: Dossier) -> None:
    view, notes = from_query({"language": "ru"}, choices(dossier, language="ja"))
    assert (view, notes) == (View(language="ja", press_language="ru"), ())


def test_the_usual_view_has_an_empty_address() -> None:
    assert to_query(View()) == {}
    assert to_query(View("kunashir")) == {"island": "kunashir"}
    assert to_query(View(date="1875-05-07")) == {"date": "1875-05-07"}


def test_the_origins_of_the_address_are_those_of_the_data(dossier: Dossier) -> None:
    assert dossier.origins == PLACES


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("43.33,145.58", "43.33,145.58"),
        (" 43.330, 145.5800 ", "43.33,145.58"),
        ("43.33 145.58", "43.33,145.58"),
        ("+43.33;145.58", "43.33,145.58"),
        ("90,180", "90,180"),
        ("-0.000001,0", "0,0"),
        ("43.123456789,145", "43.12346,145"),
    ],
)
def test_a_point_comes_by_the_address_however_it_is_written(dossier: Dossier, written: str, kept: str) -> None:
    view, notes = from_query({"from": written}, choices(dossier))
    assert (view.origin, notes) == (kept, ())
    assert to_query(view) == {"from": kept}


@pytest.mark.parametrize("written", ["", "here", "43.33", "nan,145", "91,145", "43,181", HOSTILE, "4" * 500])
def test_a_point_that_is_none_is_refused_in_a_sentence(dossier: Dossier, written: str) -> None:
    view, (note,) = from_query({"from": written}, choices(dossier))
    assert view == View()
    assert "such as 43.33, 145.58" in note
    assert HOSTILE not in note


@pytest.mark.parametrize("key", ["island", "naming", "origin", "perspective", "kuril"])
@pytest.mark.parametrize("value", [HOSTILE, "", "Iturup", "ja,ru", "urup", "JP", "none", "administered "])
def test_an_unknown_value_falls_back_with_a_note_that_does_not_echo_it(dossier: Dossier, key: str, value: str) -> None:
    view, notes = from_query({key: value}, choices(dossier, ROSTER.publishers, ROSTER.countries))
    assert view == View()
    assert len(notes) == 1
    assert key in notes[0]
    assert not value or value not in notes[0]


@pytest.mark.parametrize(
    "date",
    [
        "1644",
        "1644-01-01",
        "1700",
        "1798",
        "1855-02-06",
        "1855-02-07",
        "1945",
        "1945-08",
        "1945-08-28",
        "2024-02-29",
        dt.datetime.now(tz=dt.UTC).date().isoformat(),
        # it may be tomorrow already in Tokyo and on the islands
        dt.datetime.now(tz=dt.timezone(dt.timedelta(hours=11))).date().isoformat(),
        dt.datetime.now(tz=dt.UTC).strftime("%Y-%m"),
        dt.datetime.now(tz=dt.UTC).strftime("%Y"),
    ],
)
def test_a_day_a_month_or_a_year_since_the_first_event_opens_the_map_on_it(dossier: Dossier, date: str) -> None:
    assert from_query({"date": date}, choices(dossier, ROSTER.publishers, ROSTER.countries)) == (View(date=date), ())


@pytest.mark.parametrize(
    "date",
    [
        "",
        "1643",
        "1643-12-31",
        "1200",
        "0000",
        "2999",
        "2999-01-01",
        (dt.datetime.now(tz=dt.UTC) + dt.timedelta(days=2)).date().isoformat(),
        "1945-02-30",
        "2023-02-29",
        "1945-13",
        "1945-00",
        "1945-9-3",
        "19450903",
        "3.9.1945",
        "1945-W36-1",
        "1945-09-03T00:00",
        " 1945",
        "1945\n",
        "-1945",
        "１９４５",  # noqa: RUF001  digits, but not those of an ISO date
        "yesterday",
        "jp",
        HOSTILE,
        "1945" * 10_000,
    ],
)
def test_a_date_off_the_calendar_or_outside_of_the_history_falls_back_to_today_with_a_note(
    dossier: Dossier, date: str
) -> None:
    view, notes = from_query(
        {"date": date, "island": "shikotan"}, choices(dossier, ROSTER.publishers, ROSTER.countries)
    )
    assert view == View("shikotan")
    assert len(notes) == 1
    assert "date" in notes[0]
    assert not date or date not in notes[0]
    assert len(notes[0]) < 200


def test_each_unknown_value_has_a_note_and_the_known_ones_are_kept(dossier: Dossier) -> None:
    hostile = {"naming": HOSTILE, "origin": HOSTILE, "perspective": HOSTILE, "date": HOSTILE, "kuril": HOSTILE}
    view, notes = from_query({"island": "shikotan", **hostile}, choices(dossier, ROSTER.publishers, ROSTER.countries))
    assert view == View("shikotan")
    assert sorted(key for note in notes for key in hostile if key in note) == sorted(hostile)
    assert len(notes) == len(hostile)
    assert not any("alert" in note or "<" in note for note in notes)


def test_a_parameter_of_someone_else_is_left_alone(dossier: Dossier) -> None:
    assert from_query({"utm_source": HOSTILE}, choices(dossier, ROSTER.publishers, ROSTER.countries)) == (View(), ())
