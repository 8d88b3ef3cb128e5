"""A key whose name the contract does not allow.

## What it does
Reports each key that the schema under `propertyNames` refuses.

## Why it matters
Key names are read by programs: one in another style is not found.

## Examples
```json schema
{"propertyNames": {"pattern": "^[a-z]+$"}}
```
```markdown fail
---
Title: Tides
---
```
```markdown pass
---
title: Tides
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Failure, Finding, Keyword, quote, rule


@rule("SCH020", on=Keyword("propertyNames"), since="0.1")
def invalid_key_name(failure: Failure) -> Iterator[Finding]:
    key, inner = failure.key, failure.branches[0]
    reason = ""
    if inner[0].keyword == "pattern":
        reason = f": it does not match {quote(inner[0].expected, 100)}"
    elif inner[0].keyword in ("maxLength", "minLength"):
        reason = f": it has {len(key)} characters, {inner[0].keyword} is {inner[0].expected}"
    elif inner[0].keyword in ("enum", "const"):
        allowed = inner[0].expected if inner[0].keyword == "enum" else [inner[0].expected]
        reason = f": allowed are {', '.join(quote(str(name)) for name in allowed[:12])}"
    yield Finding(f"badly named key {quote(key)}{reason}", (key,), part="key")
