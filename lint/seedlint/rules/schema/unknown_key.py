"""A key that the contract does not know.

## What it does
Reports each key of a closed mapping (`additionalProperties: false`) that the contract does not
list, one finding a key, with the nearest known key that the mapping does not have yet.

## Why it matters
A misspelt key is silently ignored by whatever reads the seed, and its value is lost.

## Examples
```json schema
{"properties": {"title": {}, "heat": {}}, "additionalProperties": false}
```
```markdown fail
---
titel: Tides
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
from seedlint.text.nearest import nearest


@rule("SCH002", on=Keyword("additionalProperties", "unevaluatedProperties"), since="0.1")
def unknown_key(failure: Failure) -> Iterator[Finding]:
    key = failure.key
    known = list(failure.schema.get("properties", ()))
    near = nearest(key, [name for name in known if name not in failure.instance])
    if near:
        message, help_text = (
            f"unknown key {quote(key)}; did you mean `{near}`?",
            f"rename it to `{near}`",
        )
    else:
        listed = ", ".join(f"`{name}`" for name in known)
        message = f"unknown key {quote(key)}"
        help_text = f"known keys here: {listed}" if listed else "no key is allowed here"
    yield Finding(message, (key,), part="key", help=help_text)
