"""What the rules on dates are given."""

from __future__ import annotations

import time
from collections.abc import Hashable, Iterator, Mapping, Sequence

from seedlint.named_tuple import NamedTuple
from seedlint.text.dates import DateAndTime, is_to_come, read_date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class KeyedDate(NamedTuple):
    """A date of a mapping: its key, its text, and what that means."""

    key: str
    text: str
    date: DateAndTime


class Dates(NamedTuple):
    """The dates of a mapping that are to be compared.

    `ordered` are those of which none may be later than the next, `past` those that may not be
    later than today. `days` are the days by which they may be all the same, `now` is the number of
    seconds since 1970.
    """

    ordered: tuple[KeyedDate, ...]
    past: tuple[KeyedDate, ...]
    days: int
    now: float

    def in_future(self) -> Iterator[KeyedDate]:
        """Those that are later than today, and may not be."""
        return (each for each in self.past if is_to_come(each.date, self.now, self.days))


def defect_of(date: KeyedDate) -> Hashable:
    """The defect of a date in the future, which is also why it is later than the next one."""
    return ("in the future", date.key)


def read_dates(
    value: Mapping[str, Any], past: Sequence[str], order: Sequence[str], days: int
) -> Dates:
    """The dates under these keys, without those that are missing or whose meaning is uncertain."""
    return Dates(tuple(_read(value, order)), tuple(_read(value, past)), days, time.time())


def _read(value: Mapping[str, Any], keys: Sequence[str]) -> Iterator[KeyedDate]:
    for key in keys:
        text = value.get(key)
        if not isinstance(text, str):
            continue
        date = read_date(text)
        if date is not None and not date.other_day:
            yield KeyedDate(key, text, date)
