"""A value that fits none, or more than one, of the alternatives.

## What it does
Reports a value that no alternative of `anyOf` or `oneOf` allows, or that several of `oneOf`
allow. When one alternative was clearly meant, what is wrong with it is reported instead, by its
own rule.

## Why it matters
The alternatives are the only shapes that what reads the seed can tell apart.

## Examples
```json schema
{"properties": {"length": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}}
```
```markdown fail
---
length: long
---
```
```markdown pass
---
length: 12
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Failure, Finding, Keyword, rule, show
from seedlint.rules.json_types import describe, expected_types


@rule("SCH022", on=Keyword("anyOf", "oneOf"), since="0.1")
def unmatched_alternative(failure: Failure) -> Iterator[Finding]:
    if failure.fits is not None:
        yield Finding(
            f"{show(failure.instance)} fits {failure.fits} of the alternatives, "
            "expected exactly one"
        )
        return
    wanted = expected_types(inner for branch in failure.branches for inner in branch)
    if wanted:
        yield Finding(f"expected {wanted}, found {describe(failure.instance)}")
    else:
        yield Finding(f"{show(failure.instance)} fits none of the alternatives")
