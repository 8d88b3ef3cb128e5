"""A date that is still to come.

## What it does
Reports a date that is later than the day of the run. Days are those of UTC. A date without an
offset from UTC may be that of any place, so it counts as one to come only if that day has begun
nowhere. The answer is never kept for the next run.

## Why it matters
What is said to be published is not, and seeds that are sorted by date show it first until then.

## Examples
```json schema
{"x-seedlint": {"not-after": {"today": ["publishedDateTime"]}}}
```
```markdown fail
---
publishedDateTime: 2924-05-03T08:00:00Z
---
```
```markdown pass
---
publishedDateTime: 2024-05-03T08:00:00Z
---
```

## Options
Of the binding `not-after`:

- `today`: keys of dates that are not later than the day of the run.
- `days`: how many days later a date may be all the same; 0 without it.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, count, quote, rule
from seedlint.rules.date import NOT_AFTER
from seedlint.rules.date.subject import Dates, defect_of


@rule("DATE002", on=NOT_AFTER, spared=True, transient=True, since="0.1")
def date_in_future(dates: Dates) -> Iterator[Finding]:
    far = f"more than {count(dates.days, 'day')} " if dates.days else ""
    for each in dates.in_future():
        yield Finding(
            f"{quote(each.text)} is {far}in the future",
            pointer=(each.key,),
            help="correct the date",
            defect=defect_of(each),
        )
