"""A list lacks an item that the contract asks for.

## What it does
Reports a list in which no item, or fewer than `minContains`, fits the schema under `contains`.

## Why it matters
The list must hold at least one such item for the seed to make sense.

## Examples
```json schema
{"properties": {"topics": {"contains": {"const": "News"}}}}
```
```markdown fail
---
topics: [Tides]
---
```
```markdown pass
---
topics: [News, Tides]
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Failure, Finding, Keyword, count, rule


@rule("SCH016", on=Keyword("contains", "minContains"), since="0.1")
def missing_item(failure: Failure) -> Iterator[Finding]:
    needed = failure.expected if failure.keyword == "minContains" else 1
    items = count(needed, "item")
    if not failure.about.wanted:
        what = "of the kind the contract asks for"
        yield Finding(f"expected at least {items} {what}, found {failure.fits}")
        return
    (wanted,) = failure.about.wanted
    if failure.fits:
        yield Finding(f"expected at least {items} like this: {wanted}; found {failure.fits}")
    else:
        yield Finding(f"no item is {wanted}, expected at least {int(needed)}", help=f"add {wanted}")
