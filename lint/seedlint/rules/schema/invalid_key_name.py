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
```json schema
{"propertyNames": {"enum": ["title", "heat"]}}
```
```markdown fail
---
titel: Tides
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.advice import rename_to_near
from seedlint.rules.base import Failure, Finding, Keyword, count, quote, rule
from seedlint.text.nearest import nearest


@rule("SCH020", on=Keyword("propertyNames"), fixable="sometimes", since="0.1")
def invalid_key_name(failure: Failure) -> Iterator[Finding]:
    key, inner = failure.key, failure.branches[0]
    keyword, expected = inner[0].keyword, inner[0].expected
    reason, help_text, fix = "", None, None
    if keyword == "pattern":
        reason = f": it does not match {quote(expected, 100)}"
    elif keyword in ("maxLength", "minLength"):
        bound = "at most" if keyword == "maxLength" else "at least"
        reason = f": it has {count(len(key), 'character')}, expected {bound} {expected}"
    elif keyword in ("enum", "const"):
        allowed = expected if keyword == "enum" else [expected]
        names = [name for name in allowed if isinstance(name, str)]
        near = nearest(key, [name for name in names if name not in failure.instance])
        listed = ", ".join(map(quote, names[:12]))
        reason = f": allowed are {listed}" if listed else ": no name is allowed"
        if near:
            reason, fix = f"; did you mean {quote(near)}?", rename_to_near(key, near, names)
            help_text = fix.message
    described = failure.expected.get("description") if isinstance(failure.expected, dict) else None
    help_text = help_text or (described if isinstance(described, str) else None)
    message = f"badly named key {quote(key)}{reason}"
    yield Finding(message, (key,), part="key", help=help_text, fix=fix)
