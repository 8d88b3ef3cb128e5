"""Dates in the wrong order.

## What it does
Reports a date that is later than the next one in `order`, such as a day of publication after the
last update. Timestamps with an offset from UTC are compared to the second, others by the day. A
date that is missing, or that can be read in two ways, is passed over. If the date is later than the
next one because it is in the future, where it must not be, `DATE002` is reported instead.

## Why it matters
One of the two is wrong, and lists that are sorted by either show the seed in the wrong place.

## Examples
```json schema
{"x-seedlint": {"not-after": {"order": ["publishedDateTime", "updatedDateTime"]}}}
```
```markdown fail
---
publishedDateTime: 2024-05-03T08:00:00Z
updatedDateTime: 2024-05-01T08:00:00Z
---
```
```markdown pass
---
publishedDateTime: 2024-05-01T08:00:00Z
updatedDateTime: 2024-05-01T09:30:00+01:00
---
```

## Options
Of the binding `not-after`:

- `order`: keys of dates, in chronological order; equal dates are allowed.
- `days`: how many days later a date may be all the same; 0 without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from seedlint.rules.base import Finding, Related, quote, rule
from seedlint.rules.date import NOT_AFTER
from seedlint.rules.date.subject import Dates, defect_of
from seedlint.text.dates import is_later


@rule("DATE001", on=NOT_AFTER, spared=True, since="0.1")
def dates_out_of_order(dates: Dates) -> Iterator[Finding]:
    in_future = {each.key for each in dates.in_future()}
    for one, following in pairwise(dates.ordered):
        if is_later(one.date, following.date, dates.days):
            yield Finding(
                f"{quote(one.text)} is after {quote(following.key)}, {quote(following.text)}",
                pointer=(one.key,),
                help="correct one of the two dates",
                related=(Related((following.key,), "this is earlier"),),
                defect=defect_of(one) if one.key in in_future else None,
                consequence=True,
            )
