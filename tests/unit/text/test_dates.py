"""Dates are read where one reading is certain, and what is read is a date."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.text.dates import DateAndTime, read_date
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
