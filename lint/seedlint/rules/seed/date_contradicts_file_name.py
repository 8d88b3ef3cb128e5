"""A date that is not the one in the name of the file.

## What it does
Reports a date that is more than a day off the one in the name of the file, and a file whose name is
not of the `form` that the contract asks for. The name of `2022-07-06-tides.md` says `2022-07-06`;
`20220706-tides.md` says the same. A file called `index`, and text that comes from no file, have no
name.

## Why it matters
Generators take the date from the one or from the other, so the article is sorted, or its address is
made, by a date that the author has not meant.

## Examples
```json schema
{"x-seedlint": {"file-name": {"date": "publishedDateTime"}}}
```
```markdown fail in 2022-07-06-tides.md
---
publishedDateTime: 2022-07-16T09:30:00Z
---
```
```markdown pass in 2022-07-06-tides.md
---
publishedDateTime: 2022-07-07T00:30:00Z
---
```

## Options
Of the binding `file-name`:

- `date`: the key of the date.
- `days`: how many days the two dates may be apart. Without it 1, because a day begins and ends at
  other times elsewhere.
- `form`: what names look like without their ending; `{date}-{slug}` without it.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, quote, rule
from seedlint.rules.seed import NAMED_AFTER
from seedlint.rules.seed.named import NamedSeed
from seedlint.text.dates import DateAndTime, days_between


@rule("SEED010", on=NAMED_AFTER, since="0.1")
def date_contradicts_file_name(seed: NamedSeed) -> Iterator[Finding]:
    if seed.date is None or seed.day is None:
        return
    if seed.said is None or not seed.said.date:
        named = seed.named(seed.day.day)
        shown = (
            f"to {quote(named, 255)}" if named else f"so that its name has {quote(seed.day.day)}"
        )
        yield Finding(
            seed.say_other_form(),
            pointer=(seed.date.key,),
            help=f"rename the file {shown}",
        )
    elif days_between(seed.day, DateAndTime(seed.said.date)) > seed.days:
        renamed = seed.renamed(date=seed.day.day)
        yield Finding(
            f"{quote(seed.date.text)} is not the date in the file name, {quote(seed.said.date)}",
            pointer=(seed.date.key,),
            help=f"correct the date, or rename the file to {quote(renamed, 255)}",
        )
