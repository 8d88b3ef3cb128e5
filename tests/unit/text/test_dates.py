"""Dates are read where one reading is certain, and what is read is a date."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from seedlint.text.dates import DateAndTime, days_between, is_later, is_to_come, read_date
from seedlint.text.formats import FORMATS


@pytest.mark.parametrize(
    ("text", "day", "time", "offset"),
    [
        ("2024-02-05", "2024-02-05", "", ""),
        ("2024/2/5", "2024-02-05", "", ""),
        ("2024.02.05", "2024-02-05", "", ""),
        ("20240205", "2024-02-05", "", ""),
        ("05.02.2024", "2024-02-05", "", ""),
        ("5. 2. 2024", "2024-02-05", "", ""),
        ("25/02/2024", "2024-02-25", "", ""),
        ("02/25/2024", "2024-02-25", "", ""),
        ("05/05/2024", "2024-05-05", "", ""),
        ("5 February 2024", "2024-02-05", "", ""),
        ("5th of February, 2024", "2024-02-05", "", ""),
        ("Feb. 5, 2024", "2024-02-05", "", ""),
        ("Monday, 5 February 2024", "2024-02-05", "", ""),
        ("5. März 2024", "2024-03-05", "", ""),
        ("1er mars 2024", "2024-03-01", "", ""),
        ("5 de febrero de 2024", "2024-02-05", "", ""),
        ("5 febbraio 2024", "2024-02-05", "", ""),
        ("2024年2月5日", "2024-02-05", "", ""),
        ("2024년 2월 5일", "2024-02-05", "", ""),
        ("2024-02-05 16:18", "2024-02-05", "16:18:00", ""),
        ("2024-02-05 16:18:57.5", "2024-02-05", "16:18:57.5", ""),
        ("2024-02-05T16:18:57+0100", "2024-02-05", "16:18:57", "+01:00"),
        ("2024-02-05 16:18:57 -05", "2024-02-05", "16:18:57", "-05:00"),
        ("2024-02-05 16:18:57 UTC", "2024-02-05", "16:18:57", "Z"),
        ("Feb 5, 2024 4:18 PM", "2024-02-05", "16:18:00", ""),
        ("Feb 5, 2024 at 12:00 a.m.", "2024-02-05", "00:00:00", ""),
        ("05.02.2024, 16:18 Uhr", "2024-02-05", "16:18:00", ""),
        ("Mon, 05 Feb 2024 16:18:57 +0000", "2024-02-05", "16:18:57", "+00:00"),
        ("2024-02-05\u00a016:18", "2024-02-05", "16:18:00", ""),
    ],
)
def test_dates_that_are_read(text: str, day: str, time: str, offset: str) -> None:
    assert read_date(text) == DateAndTime(day, time, offset)


def test_dates_with_two_readings() -> None:
    assert read_date("05/02/2024") == DateAndTime("2024-02-05", other_day="2024-05-02")


@pytest.mark.parametrize(
    "text",
    [
        "", "tuesday", "2024", "02/2024", "2024-02-30", "30/30/2024", "5 Foo 2024", "5.2.24",
        "2024-02-05 25:00", "2024-02-05 13:00 pm", "2024-02-05 and more", "12 16:18",
        "2024-02-05T16:18:57+9999", "2" * 100, "٢٠٢٤-٠٢-٠٥",
    ],
)  # fmt: skip
def test_dates_that_are_not_read(text: str) -> None:
    assert read_date(text) is None


@settings(derandomize=True, deadline=None, max_examples=500, database=None)
@given(
    st.lists(
        st.sampled_from(
            [*"0123456789-/.: ,T+Zz", "2024", "02", "31", "feb", "mai", "pm", "年", "月", "日"]
        ),
        max_size=14,
    ).map("".join)
)
def test_what_is_read_is_a_date(text: str) -> None:
    found = read_date(text)
    if found is None:
        return
    assert FORMATS["date"](found.day)
    assert not found.other_day or FORMATS["date"](found.other_day)
    if found.time:
        assert FORMATS["date-time"](f"{found.day}T{found.time}{found.offset or 'Z'}")


laws = settings(derandomize=True, deadline=None, max_examples=300, database=None)
DAYS = st.dates(date(1, 1, 2), date(9998, 12, 30))
ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=ZONES)


def read(text: str) -> DateAndTime:
    found = read_date(text)
    assert found is not None, text
    return found


@laws
@given(DAYS, DAYS)
@example(date(2024, 2, 29), date(2024, 3, 1))
@example(date(2023, 12, 31), date(2024, 1, 1))
def test_days_are_counted_as_the_standard_library_does(one: date, other: date) -> None:
    dates = read(one.isoformat()), read(other.isoformat())
    assert days_between(*dates) == abs((one - other).days)
    assert is_later(*dates) == (one > other)
    assert is_later(*dates, 3) == ((one - other).days > 3)


@laws
@given(MOMENTS, MOMENTS, st.integers(0, 3))
def test_moments_are_compared_as_the_standard_library_does(
    one: datetime, other: datetime, days: int
) -> None:
    later = is_later(read(one.isoformat()), read(other.isoformat()), days)
    assert later == (one - other > timedelta(days))


@pytest.mark.parametrize(
    ("one", "other", "later"),
    [
        ("2024-05-02T10:00", "2024-05-02T09:00", True),
        ("2024-05-02T10:00", "2024-05-02", False),
        ("2024-05-02", "2024-05-02T10:00:00Z", False),
        # One of the two readings of the day is not later.
        ("2024-05-02T00:30:00+02:00", "2024-05-01", False),
        ("2024-05-01T23:30:00-05:00", "2024-05-01", False),
        ("2024-05-02T12:00:00Z", "2024-05-01", True),
        ("2024-05-02T10:00:00.000000002Z", "2024-05-02T10:00:00.000000001Z", True),
        ("2024-05-02T10:00:00.5Z", "2024-05-02T10:00:00.25Z", True),
    ],
)
def test_dates_of_several_kinds(one: str, other: str, later: bool) -> None:
    assert is_later(read(one), read(other)) is later


NOON = datetime(2024, 5, 1, 12, tzinfo=timezone.utc).timestamp()


@pytest.mark.parametrize(
    ("text", "hours", "days", "to_come"),
    [
        ("2024-05-01T23:59:59Z", 0, 0, False),
        ("2024-05-02T00:00:00Z", 0, 0, True),
        ("2024-05-02T00:00:00Z", 0, 1, False),
        ("2024-05-02T01:00:00+02:00", 0, 0, False),
        ("2024-05-01T23:00:00-02:00", 0, 0, True),
        # On Kiritimati it is tomorrow from ten o'clock on.
        ("2024-05-02", 0, 0, False),
        ("2024-05-02", -3, 0, True),
        ("2024-05-03", 0, 0, True),
        ("2024-05-03", 0, 1, False),
        ("1969-12-31", -24 * 366 * 60, 0, True),
    ],
)
def test_dates_to_come(text: str, hours: int, days: int, to_come: bool) -> None:
    assert is_to_come(read(text), NOON + hours * 3600, days) is to_come


@laws
@given(MOMENTS, st.integers(0, 10**10), st.integers(0, 10**9), st.integers(0, 3))
def test_what_has_come_stays_so(moment: datetime, now: int, later: int, days: int) -> None:
    """So that a clean seed needs no second look on another day."""
    for text in (moment.isoformat(), moment.date().isoformat()):
        if not is_to_come(read(text), now, days):
            assert not is_to_come(read(text), now + later, days)
