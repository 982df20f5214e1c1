"""What a single cell may hold: dates, plain text, ids, numbers and addresses."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from geo.cells import Date, Identifier, Kilometres, Latitude, Longitude, OptionalDate, Text, WebAddress
from geo.dispute import Claim
from geo.rows import Place

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
    "label_side": "e",
    "source_id": "x",
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
    row = {
        "claim_id": "x",
        "state": "jp",
        "island_ids": " iturup  habomai ",
        "position_en": "x",
        "basis_en": "x",
        "document_en": "x",
        "document_date": "",
        "source_id": "x",
    }
    assert Claim.model_validate({k: v for k, v in row.items() if k in Claim.model_fields}).island_ids == (
        "iturup",
        "habomai",
    )


def test_a_row_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Place.model_validate(PLACE).lon = 146  # type: ignore[misc]
