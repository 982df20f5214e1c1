"""Dates of year, month or day precision: what is one, which days it spans, and what today is."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model.dates import PartialDate, first_day, latest_today

DAYS = st.dates(min_value=dt.date(1, 1, 1))
LENGTHS = {"year": 4, "month": 7, "day": 10}
DATES = st.builds(lambda day, length: PartialDate.parse(day.isoformat()[:length]), DAYS, st.sampled_from([4, 7, 10]))


@given(DAYS, st.sampled_from(sorted(LENGTHS)))
def test_a_date_is_written_as_it_was_read(day: dt.date, precision: str) -> None:
    text = day.isoformat()[: LENGTHS[precision]]
    date = PartialDate.parse(text)
    assert str(date) == text
    assert date.precision == precision


@given(DAYS, DATES)
def test_a_date_spans_exactly_the_days_that_begin_with_it(day: dt.date, date: PartialDate) -> None:
    assert (day in date) == day.isoformat().startswith(str(date))
    assert date.first_day in date
    assert date.last_day in date
    assert first_day(str(date)) == date.first_day.isoformat()


@given(DATES)
def test_a_date_ends_on_the_day_before_the_next(date: PartialDate) -> None:
    if date.last_day < dt.date.max:
        assert date.last_day + dt.timedelta(days=1) not in date
    if date.first_day > dt.date.min:
        assert date.first_day - dt.timedelta(days=1) not in date


@given(DATES, DATES)
def test_two_dates_overlap_when_one_is_the_other_with_less_known_of_it(one: PartialDate, other: PartialDate) -> None:
    shared = min(len(str(one)), len(str(other)))
    assert one.overlaps(other) == other.overlaps(one) == (str(one)[:shared] == str(other)[:shared])


@given(st.text(alphabet="0123456789-T:W ", max_size=12) | st.text(max_size=12))
def test_a_text_is_a_date_or_is_refused_without_another_error(text: str) -> None:
    if PartialDate.is_valid(text):
        assert str(PartialDate.parse(text)) == text
    else:
        with pytest.raises(ValueError, match=r"not a date|month|day|year"):
            PartialDate.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "45",
        "0000",
        "1945-13",
        "1945-00",
        "1945-8",
        "2021-02-29",
        "19450815",
        "1945-",
        "1945-08-15T00:00",
        "１９４５",  # noqa: RUF001  digits, but not those of an ISO date
    ],
)
def test_what_is_not_on_the_calendar_or_of_another_form_is_no_date(text: str) -> None:
    assert not PartialDate.is_valid(text)


def test_today_is_the_day_that_has_begun_somewhere() -> None:
    behind, ahead = (dt.timezone(dt.timedelta(hours=h)) for h in (12, 14))
    before = dt.datetime.now(tz=behind).date()
    assert before <= latest_today() <= dt.datetime.now(tz=ahead).date()
    assert latest_today() >= dt.datetime.now(tz=dt.UTC).date()
