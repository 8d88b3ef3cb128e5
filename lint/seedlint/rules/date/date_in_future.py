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

from collections.abc import Container, Iterator

from seedlint.rules.base import Finding, count, quote, rule
from seedlint.rules.date import NOT_AFTER
from seedlint.rules.date.subject import Dates, KeyedDate, defect_of


@rule("DATE002", on=NOT_AFTER, spared=True, transient=True, since="0.1")
def date_in_future(dates: Dates) -> Iterator[Finding]:
    far = f"more than {count(dates.days, 'day')} " if dates.days else ""
    wrong = list(dates.in_future())
    for each in wrong:
        yield Finding(
            f"{quote(each.text)} is {far}in the future",
            pointer=(each.key,),
            help=_advice(dates, each, {other.key for other in wrong}),
            defect=defect_of(each),
        )


def _advice(dates: Dates, date: KeyedDate, wrong: Container[str]) -> str:
    """What the right date may be, as far as the dates beside it say that."""
    keys = [each.key for each in dates.ordered]
    if date.key not in keys:
        return "correct the date"
    at = keys.index(date.key)
    above, below = dates.ordered[max(at - 1, 0) : at], dates.ordered[at + 1 : at + 2]
    limits = [
        f"not {which} {quote(each.key)}, {quote(each.text)}"
        for which, there in (("before", above), ("after", below))
        for each in there
        if each.key not in wrong
    ]
    if not limits:
        return "correct the date"
    return f"write a date that is {' and '.join(limits)}"
