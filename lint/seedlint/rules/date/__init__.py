"""DATE: what dates of a seed say about each other and about today."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping

from seedlint.rules.binding import KEYS, Binding, look_up_listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.rules.date.subject import Dates

# Timestamps in the form that programs write: their order is that of their texts. That they are
# real ones does not matter here.
_QUICK_TIME_STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9]Z")


def _quick_accept(options: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], object]:
    """Whether the dates are such timestamps, in order, and not after today."""
    past, order = options.get("today", ()), options.get("order", ())
    # Of a run that goes on over midnight this is the first day, which is as good.
    end_of_today = time.strftime("%Y-%m-%dT24", time.gmtime())
    is_quick = _QUICK_TIME_STAMP.fullmatch

    def accepts(value: Mapping[str, Any]) -> bool:
        for key in past:
            if key in value:
                date = value[key]
                if date.__class__ is not str or not is_quick(date) or date > end_of_today:
                    return False
        earlier = ""
        for key in order:
            if key in value:
                date = value[key]
                if date.__class__ is not str or not is_quick(date) or date < earlier:
                    return False
                earlier = date
        return True

    return accepts


def _parse(value: Mapping[str, Any], options: Mapping[str, Any]) -> Dates | None:
    # Most seeds do not need it.
    from seedlint.rules.date.subject import read_dates

    return read_dates(
        value, options.get("today", ()), options.get("order", ()), options.get("days", 0)
    )


NOT_AFTER = Binding(
    name="not-after",
    applies_to=dict,
    options={
        "type": "object",
        "properties": {
            "order": {
                "description": "Keys of dates, in chronological order; equal dates are allowed.",
                **KEYS,
                "minItems": 2,
            },
            "today": {
                "description": "Keys of dates that are not later than the day of the run.",
                **KEYS,
            },
            "days": {
                "description": "How many days later a date may be all the same (0).",
                "type": "integer",
                "minimum": 0,
                "maximum": 36500,
            },
        },
        "additionalProperties": False,
    },
    parse=_parse,
    quick_accept=_quick_accept,
    summary="Dates that are not later than other dates, or than today.",
    look_up=lambda options: look_up_listed(options, ("order", "today")),
)
