"""Text shorter than the contract allows.

## What it does
Reports text with fewer characters (code points) than `minLength`.

## Why it matters
Empty and stub texts make empty and stub pages.

## Examples
```json schema
{"properties": {"title": {"minLength": 3}}}
```
```markdown fail
---
title: A
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

from seedlint.rules.base import Failure, Finding, Keyword, count, quote, rule


@rule("SCH008", on=Keyword("minLength"), since="0.1")
def text_too_short(failure: Failure) -> Iterator[Finding]:
    length, least = len(failure.instance), int(failure.expected)
    if not length:
        yield Finding("empty text", help=f"write at least {count(least, 'character')}")
        return
    yield Finding(
        f"{quote(failure.instance)} has {count(length, 'character')}, expected at least {least}"
    )
