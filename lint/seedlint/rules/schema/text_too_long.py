"""Text longer than the contract allows.

## What it does
Reports text with more characters (code points) than `maxLength`.

## Why it matters
What shows the text cuts it, or breaks its layout.

## Examples
```json schema
{"properties": {"title": {"maxLength": 8}}}
```
```markdown fail
---
title: The tide comes in
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


@rule("SCH009", on=Keyword("maxLength"), since="0.1")
def text_too_long(failure: Failure) -> Iterator[Finding]:
    length, most = len(failure.instance), int(failure.expected)
    yield Finding(
        f"{quote(failure.instance)} has {count(length, 'character')}, expected at most {most}",
        help=None if most else "write no text",
    )
