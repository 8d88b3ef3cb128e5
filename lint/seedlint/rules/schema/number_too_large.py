"""A number above the largest the contract allows.

## What it does
Reports a number over `maximum`, or not below `exclusiveMaximum`.

## Why it matters
A number out of range is a typing mistake or a unit mixed up.

## Examples
```json schema
{"properties": {"rating": {"maximum": 5}}}
```
```markdown fail
---
rating: 45
---
```
```markdown pass
---
rating: 4.5
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Failure, Finding, Keyword, rule, short_json, show


@rule("SCH011", on=Keyword("maximum", "exclusiveMaximum"), since="0.1")
def number_too_large(failure: Failure) -> Iterator[Finding]:
    below = failure.keyword == "exclusiveMaximum" or failure.schema.get("exclusiveMaximum") is True
    bound = (
        f"below {short_json(failure.expected)}"
        if below
        else f"at most {short_json(failure.expected)}"
    )
    yield Finding(f"{show(failure.instance, failure.about.written)} is too large, expected {bound}")
