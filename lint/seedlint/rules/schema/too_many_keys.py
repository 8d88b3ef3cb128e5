"""A mapping with more keys than the contract allows.

## What it does
Reports a mapping with more keys than `maxProperties`.

## Why it matters
The surplus keys are dropped or, worse, override others.

## Examples
```json schema
{"properties": {"provider": {"maxProperties": 1}}}
```
```markdown fail
---
provider: {name: Harbour Times, domain: example.com}
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


@rule("SCH019", on=Keyword("maxProperties"), since="0.1")
def too_many_keys(failure: Failure) -> Iterator[Finding]:
    found = count(len(failure.instance), "key")
    yield Finding(f"{found}, expected at most {int(failure.expected)}", part="mapping")
