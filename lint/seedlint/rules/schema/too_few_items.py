"""A list with fewer items than the contract asks for.

## What it does
Reports a list shorter than `minItems`.

## Why it matters
An empty list of topics means a seed that is listed nowhere.

## Examples
```json schema
{"properties": {"topics": {"minItems": 1}}}
```
```markdown fail
---
topics: []
---
```
```markdown pass
---
topics: [Tides]
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Failure, Finding, Keyword, count, rule


@rule("SCH013", on=Keyword("minItems"), since="0.1")
def too_few_items(failure: Failure) -> Iterator[Finding]:
    length = len(failure.instance)
    least = int(failure.expected)
    if length:
        yield Finding(f"{count(length, 'item')}, expected at least {least}")
    else:
        yield Finding(f"an empty list, expected at least {count(least, 'item')}")
