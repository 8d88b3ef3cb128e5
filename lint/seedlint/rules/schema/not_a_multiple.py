"""A number that is not a multiple of the one the contract gives.

## What it does
Reports a number that `multipleOf` does not divide.

## Why it matters
The step says which numbers make sense: whole cents, quarters of an hour.

## Examples
```json schema
{"properties": {"minutes": {"multipleOf": 15}}}
```
```markdown fail
---
minutes: 20
---
```
```markdown pass
---
minutes: 30
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Failure, Finding, Keyword, rule, short_json, show


@rule("SCH012", on=Keyword("multipleOf"), since="0.1")
def not_a_multiple(failure: Failure) -> Iterator[Finding]:
    bound = short_json(failure.expected)
    yield Finding(f"{show(failure.instance, failure.about.written)} is not a multiple of {bound}")
