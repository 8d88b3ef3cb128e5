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

from seedlint.rules.base import Failure, Finding, Keyword, rule, show


@rule("SCH005", on=Keyword("const"), since="0.1")
def const_mismatch(failure: Failure) -> Iterator[Finding]:
    expected = show(failure.expected)
    yield Finding(
        f"expected {expected}, found {show(failure.instance)}",
        help=f"the only allowed value is {expected}",
    )
