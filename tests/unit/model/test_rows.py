"""What a single cell may hold: dates, plain text, ids, numbers and addresses."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from geo.model.dispute import Claim
from geo.model.fields import (
    Date,
    Day,
    Identifier,
    Kilometres,
    Latitude,
    Longitude,
    OptionalDate,
    OptionalDay,
    StateId,
    StateList,
    Text,
    WebAddress,
)
from geo.model.places import Place

DATE, TEXT = TypeAdapter[str](Date), TypeAdapter[str](Text)
URL, IDENTIFIER = TypeAdapter[str](WebAddress), TypeAdapter[str](Identifier)
PLACE = {
    "place_id": "x",
    "kind": "town",
    "island_id": "",
    "lon": "145",
    "lat": "43",
    "rank": "1",
    "origin_rank": "",
    "origin_group": "",
    "label_side": "e",
    "source_id": "x",
}
CLAIM = {
    "claim_id": "x",
    "question_id": "x",
    "state": "jp",
    "island_ids": "iturup",
    "stance": "position",
    "position_en": "x",
    "document_en": "x",
    "article_en": "",
    "document_date": "",
    "document_source_id": "",
    "answers": "",
    "source_id": "x",
    "verified": "secondary",
}


@pytest.mark.parametrize("date", ["1945", "1945-08", "1945-08-15", "2024-02-29"])
def test_a_date_has_the_precision_that_is_known(date: str) -> None:
    assert DATE.validate_python(date) == date


@pytest.mark.parametrize(
    "date",
    ["2021-02-30", "2023-02-29", "1945-13", "1945-00", "0000", "45", "1945-8-15", "15.08.1945", "1945-08-15T00:00", ""],
)
def test_a_date_that_is_on_no_calendar_is_refused(date: str) -> None:
    with pytest.raises(ValidationError):
        DATE.validate_python(date)


def test_a_date_may_be_left_out_where_that_is_said() -> None:
    assert TypeAdapter[str](OptionalDate).validate_python("") == ""


@pytest.mark.parametrize(
    "text", ["択捉島", "Etorofu-tō", "ostrov Signal\u2019nyy", "острова Дёмина", "Q & A; 50 %", "a {b} c", "$5"]
)
def test_plain_text_of_any_script_is_taken_as_it_is(text: str) -> None:
    assert TEXT.validate_python(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "<b>",
        "a > b",
        "`x`",
        "${alert(1)}",
        "{{ x }}",
        "{% x %}",
        "&lt;",
        "&#60;",
        "&AMP;",
        "line\nbreak",
        "nul\x00",
        "\u202egnp",
        "zero\u200bwidth",
        "soft\u00adhyphen",
        "\ue000",
        "",
    ],
)
def test_markup_template_literals_and_hidden_characters_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        TEXT.validate_python(text)


@pytest.mark.parametrize("identifier", ["iturup", "yuzhno_kurilsk", "iturup-area-2025", "law-85"])
def test_an_id_is_lower_case_ascii(identifier: str) -> None:
    assert IDENTIFIER.validate_python(identifier) == identifier


@pytest.mark.parametrize("identifier", ["", "Iturup", "a b", "-a", "a-", "択捉", "a\n", "../x", 'a"b'])
def test_an_id_of_anything_else_is_refused(identifier: str) -> None:
    with pytest.raises(ValidationError):
        IDENTIFIER.validate_python(identifier)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//host", "data:text/html,x", 'https://a/"x', "https://a b", "/x"]
)
def test_only_an_http_address_becomes_a_link(url: str) -> None:
    assert URL.validate_python("https://example.org/a?b=c#d") == "https://example.org/a?b=c#d"
    with pytest.raises(ValidationError):
        URL.validate_python(url)


@pytest.mark.parametrize("number", ["nan", "inf", "-1", "0", "abc", "", "12,5", "1e400"])
def test_a_distance_is_a_finite_number_above_0(number: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter[float](Kilometres).validate_python(number)


@pytest.mark.parametrize("degrees", ["nan", "inf", "-147", "200", "43°"])
def test_a_position_lies_in_the_window_of_the_map(degrees: str) -> None:
    for kind in (Longitude, Latitude):
        with pytest.raises(ValidationError):
            TypeAdapter[float](kind).validate_python(degrees)


def test_a_place_has_both_coordinates_or_neither() -> None:
    assert Place.model_validate(PLACE).lon == 145
    assert Place.model_validate({**PLACE, "lon": "", "lat": ""}).lon is None
    with pytest.raises(ValidationError, match="both lon and lat, or neither"):
        Place.model_validate({**PLACE, "lat": ""})


def test_a_claim_on_several_islands_is_one_row() -> None:
    assert Claim.model_validate({**CLAIM, "island_ids": " iturup  habomai "}).island_ids == ("iturup", "habomai")


def test_a_reading_has_words_and_a_document_and_a_side_that_has_not_spoken_has_neither() -> None:
    silent = {**CLAIM, "stance": "not_addressed", "position_en": "", "document_en": ""}
    assert Claim.model_validate(CLAIM).stance == "position"
    assert Claim.model_validate(silent).position_en == ""
    for spoiled in (
        {**CLAIM, "position_en": ""},
        {**CLAIM, "document_en": ""},
        {**silent, "position_en": "x"},
        {**silent, "document_en": "x"},
    ):
        with pytest.raises(ValidationError, match="and neither where a side has not addressed it"):
            Claim.model_validate(spoiled)


@pytest.mark.parametrize("day", ["1945", "1945-09", "1945-9-3", "1945-02-30", "today", "45-09-03", ""])
def test_a_holding_begins_and_ends_on_a_day_of_the_calendar(day: str) -> None:
    assert TypeAdapter[str](Day).validate_python("1945-09-03") == "1945-09-03"
    assert TypeAdapter[str](OptionalDay).validate_python("") == ""
    for kind in (Day, OptionalDay) if day else (Day,):
        with pytest.raises(ValidationError):
            TypeAdapter[str](kind).validate_python(day)


def test_states_are_a_list_that_may_be_empty() -> None:
    states = TypeAdapter[tuple[StateId, ...]](StateList)
    assert states.validate_python("jp ru") == ("jp", "ru")
    assert states.validate_python("") == ()
    with pytest.raises(ValidationError):
        states.validate_python("jp us")


def test_a_row_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Place.model_validate(PLACE).lon = 146  # type: ignore[misc]
