"""A mapping with fewer keys than the contract asks for.

## What it does
Reports a mapping with fewer keys than `minProperties`.

## Why it matters
A mapping that says too little is of no use to what reads it.

## Examples
```json schema
{"properties": {"provider": {"minProperties": 1}}}
```
```markdown fail
---
provider: {}
---
```
```markdown pass
---
provider: {name: Harbour Times}
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Failure, Finding, Keyword, count, rule


@rule("SCH018", on=Keyword("minProperties"), since="0.1")
def too_few_keys(failure: Failure) -> Iterator[Finding]:
    found = count(len(failure.instance), "key")
    yield Finding(f"{found}, expected at least {int(failure.expected)}", part="mapping")
