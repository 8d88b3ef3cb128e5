"""A value other than the only one the contract allows.

## What it does
Reports a value that differs from a `const`.

## Why it matters
The key exists to say one thing; another value means that the seed is in the wrong place or out of
date.

## Examples
```json schema
{"properties": {"category": {"const": "news"}}}
```
```markdown fail
---
category: sport
---
```
```markdown pass
---
category: news
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Failure, Finding, Keyword, rule
from seedlint.rules.json_types import advise_value, found_instead, list_values


@rule("SCH005", on=Keyword("const"), since="0.1")
def const_mismatch(failure: Failure) -> Iterator[Finding]:
    allowed = [failure.expected]
    expected = list_values(allowed, failure.instance)
    if failure.instance is None:
        yield Finding(f"no value: expected {expected}", help=f"write {expected}")
        return
    yield Finding(
        f"expected {expected}, found {found_instead(failure, allowed)}",
        help=advise_value(failure, allowed) or f"the only allowed value is {expected}",
    )
