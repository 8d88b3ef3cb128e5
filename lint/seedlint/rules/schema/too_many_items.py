"""A list with more items than the contract allows.

## What it does
Reports a list longer than `maxItems`.

## Why it matters
What shows the list has room for so many and drops the rest.

## Examples
```json schema
{"properties": {"topics": {"maxItems": 2}}}
```
```markdown fail
---
topics: [Tides, Ferries, Gulls]
---
```
```markdown pass
---
topics: [Tides, Ferries]
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Failure, Finding, Keyword, count, rule


@rule("SCH014", on=Keyword("maxItems"), since="0.1")
def too_many_items(failure: Failure) -> Iterator[Finding]:
    found = count(len(failure.instance), "item")
    yield Finding(f"{found}, expected at most {int(failure.expected)}")
