"""A key that the contract requires is missing.

## What it does
Reports each required key that a mapping lacks, one finding a key. It points at the place of the
mapping: the opening fence for the seed itself, the key that holds a nested mapping, the first key
of a list item.

## Why it matters
What reads the seed expects the key: a page without a title, a picture without a height.

## Examples
```json schema
{"required": ["title", "type"]}
```
```markdown fail
---
type: article
---
```
```markdown pass
---
title: Tides
type: article
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Failure, Finding, Keyword, quote, rule
from seedlint.text.nearest import nearest


@rule("SCH001", on=Keyword("required"), since="0.1")
def missing_key(failure: Failure) -> Iterator[Finding]:
    help_text = f"add `{failure.key}: …`"
    listed = failure.schema.get("properties", ())
    if near := nearest(failure.key, [key for key in failure.instance if key not in listed]):
        help_text = f"is {quote(near)} meant to be `{failure.key}`?"
    message = f"missing key {quote(failure.key)}"
    yield Finding(message, part="mapping", help=help_text, subject=failure.key)
