"""Dates and times as people write them, read only where one reading is certain."""

from __future__ import annotations

import re

from seedlint.named_tuple import NamedTuple
from seedlint.text.formats import FORMATS

_LONGEST = 60
# By month, in English, German, French, Spanish, Italian, Portuguese and Dutch.
_MONTHS = (
    "january jan januar januari janvier janv enero ene gennaio gen janeiro",
    "february feb februar februari février fevrier févr fevr febrero febbraio fevereiro fev",
    "march mar märz maerz mär maart mrt mars marzo março marco",
    "april apr avril avr abril abr aprile",
    "may mai mei mayo maggio mag maio",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug augustus août aout agosto ago",
    "september sept sep septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_WEEKDAY = r"(?:[^\W0-9_]{2,12}\.?,? +)?"
_WORD = r"([^\W0-9_]{3,12})"
_FORMS = (
    # The year first, the order that all countries read alike.
    (r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", "ymd"),
    (r"([0-9]{4})([0-9]{2})([0-9]{2})(?![0-9])", "ymd"),
    (r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日", "ymd"),
    (r"([0-9]{4})년 ?([0-9]{1,2})월 ?([0-9]{1,2})일", "ymd"),
    # With dots nobody puts the month first.
    (r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})", "dmy"),
    (r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})", "???"),
    (
        rf"{_WEEKDAY}([0-9]{{1,2}})(?:st|nd|rd|th|er|º|\.)? +"
        rf"(?:de |of )?{_WORD}\.?,? +(?:de )?([0-9]{{4}})",
        "dmy",
    ),
    (rf"{_WEEKDAY}{_WORD}\.? +([0-9]{{1,2}})(?:st|nd|rd|th)?,? +([0-9]{{4}})", "mdy"),
)
# Dashes that a word processor makes of hyphens.
_DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2212), "-")
# Time zones whose names mean one thing, at one time of the year.
_ZONES = {
    **dict.fromkeys(("z", "utc", "gmt", "wet"), "Z"),
    **dict.fromkeys(("cet", "mez", "west"), "+01:00"),
    **dict.fromkeys(("cest", "mesz", "eet"), "+02:00"),
    **dict.fromkeys(("eest", "msk"), "+03:00"),
    "jst": "+09:00",
    "edt": "-04:00",
    "est": "-05:00",
    "pdt": "-07:00",
    "pst": "-08:00",
}
_TIME = re.compile(
    r"(?: *t{1,2} *|,? +(?:at |um |à )?|(?=[0-9]{2}:))"
    r"([0-9]{1,2})[:.h]([0-9]{2})(?:[:.]([0-9]{2})([.,][0-9]{1,9})?)? *"
    r"(am|pm|a\.m\.|p\.m\.|uhr)? *"
    rf"({'|'.join(_ZONES)}|[+-][0-9]{{2}}:?[0-9]{{2}}|[+-][0-9]{{1,2}})?"
)
# A time without marks, behind a day without any.
_COMPACT_TIME = re.compile(r" ?t ?([0-9]{2})([0-9]{2})([0-9]{2})(?![0-9:])")


class DateAndTime(NamedTuple):
    """A day, and a time and its offset from UTC, which are "" if they were not written.

    `other_day` is what the day may be as well: where day and month are both below 13 and written
    with slashes, some countries put the one first and some the other.
    """

    day: str
    time: str = ""
    offset: str = ""
    other_day: str = ""


def read_date(text: str) -> DateAndTime | None:
    """The date, and the time if there is one, of `text` as a whole; None if it is not a date."""
    if len(text) > _LONGEST:
        return None
    written = " ".join(text.replace("\u00a0", " ").split()).lower().translate(_DASHES)
    for form, order in _FORMS:
        match = re.match(form, written)
        if match is None:
            continue
        days = _days(match.groups(), order)
        rest = _COMPACT_TIME.sub(r"t\1:\2:\3", written[match.end() :], count=1)
        if not days:
            return None
        day, other = days[0], days[1] if len(days) > 1 else ""
        if not rest:
            return DateAndTime(day, other_day=other)
        time = _TIME.fullmatch(rest)
        return _with_time(day, other, time) if time else None
    return None


def _days(groups: tuple[str, ...], order: str) -> list[str]:
    """The days that three numbers or names may mean."""
    orders = ("dmy", "mdy") if order == "???" else (order,)
    found = []
    for each in orders:
        part = dict(zip(each, groups, strict=True))
        month = part["m"] if part["m"].isdecimal() else str(_MONTH.get(part["m"], 0))
        day = f"{part['y']}-{int(month):02}-{int(part['d']):02}"
        if FORMATS["date"](day) and day not in found:
            found.append(day)
    return found


def _with_time(day: str, other: str, match: re.Match[str]) -> DateAndTime | None:
    hour, minute, second, fraction, half, offset = match.groups(default="")
    number = int(hour)
    if half[:1] in ("a", "p"):
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if half[0] == "p" else 0)
    time = f"{number:02}:{minute}:{second or '00'}{fraction.replace(',', '.')}"
    if offset in _ZONES:
        zone = _ZONES[offset]
    elif offset:
        digits = offset[1:].replace(":", "")
        zone = f"{offset[0]}{digits[:2]:0>2}:{digits[2:] or '00'}"
    else:
        zone = ""
    if not FORMATS["time"](time + (zone or "Z")):
        return None
    return DateAndTime(day, time, zone, other)


_DAY = 24 * 60 * 60
_NANOSECONDS = 10**9
# Where the day begins first, in seconds before it does in UTC.
_FIRST_ZONE = 14 * 60 * 60


def is_later(one: DateAndTime, other: DateAndTime, days: int = 0) -> bool:
    """Whether `one` is certainly more than so many days after `other`.

    To the nanosecond if both have a time and both or neither an offset, otherwise by the day. A day
    with an offset is compared with one without as it is written and as it is in UTC.
    """
    if one.time and other.time and bool(one.offset) == bool(other.offset):
        return _instant(one) - _instant(other) > days * _DAY * _NANOSECONDS
    return min(_days_of(one)) - max(_days_of(other)) > days


def days_between(one: DateAndTime, other: DateAndTime) -> int:
    """How many days two dates are apart, at least."""
    return min(abs(a - b) for a in _days_of(one) for b in _days_of(other))


def is_to_come(date: DateAndTime, now: float, days: int = 0) -> bool:
    """Whether a date is more than so many days after today; `now` in seconds since 1970.

    By the days of UTC. A date without an offset is to come if that day has begun nowhere.
    """
    last = now + (0 if date.offset else _FIRST_ZONE)
    return _days_of(date)[-1] - _day_number("1970-01-01") > last // _DAY + days


def _days_of(date: DateAndTime) -> tuple[int, ...]:
    """The numbers of the day as it is written, and as it is in UTC if that can be told."""
    day = _day_number(date.day)
    return (day, _instant(date) // (_DAY * _NANOSECONDS)) if date.offset else (day,)


def _instant(date: DateAndTime) -> int:
    """Nanoseconds since the day with the number 0, in UTC if there is an offset."""
    clock, _, fraction = date.time.partition(".")
    hours, minutes, seconds = map(int, clock.split(":"))
    if date.offset not in ("", "Z"):
        ahead_hours, ahead_minutes = map(int, date.offset[1:].split(":"))
        sign = -1 if date.offset[0] == "-" else 1
        hours, minutes = hours - sign * ahead_hours, minutes - sign * ahead_minutes
    total = _day_number(date.day) * _DAY + (hours * 60 + minutes) * 60 + seconds
    return total * _NANOSECONDS + int(fraction.ljust(9, "0") or 0)


def _day_number(day: str) -> int:
    """The number of a day in a row of all days, which begins with the year 0."""
    year, month, number = map(int, day.split("-"))
    if month < 3:
        # The day that some years have more is then the last of a year.
        year, month = year - 1, month + 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month - 457) // 5 + number
