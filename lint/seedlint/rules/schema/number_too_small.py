"""A number below the smallest the contract allows.

## What it does
Reports a number under `minimum`, or not above `exclusiveMinimum`.

## Why it matters
A number out of range is a typing mistake or a unit mixed up.

## Examples
```json schema
{"properties": {"heat": {"minimum": -1}}}
```
```markdown fail
---
heat: -5
---
```
```markdown pass
---
heat: -1
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Failure, Finding, Keyword, rule, short_json, show


@rule("SCH010", on=Keyword("minimum", "exclusiveMinimum"), since="0.1")
def number_too_small(failure: Failure) -> Iterator[Finding]:
    above = failure.keyword == "exclusiveMinimum" or failure.schema.get("exclusiveMinimum") is True
    bound = (
        f"above {short_json(failure.expected)}"
        if above
        else f"at least {short_json(failure.expected)}"
    )
    yield Finding(f"{show(failure.instance, failure.about.written)} is too small, expected {bound}")
