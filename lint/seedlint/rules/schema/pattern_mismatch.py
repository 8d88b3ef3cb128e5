"""Text that does not match the pattern the contract gives.

## What it does
Reports text that a `pattern` does not match. Patterns mean what ECMA-262 says, whatever engine
runs them.

## Why it matters
The pattern describes the only shape that programs after this one can take.

## Examples
```json schema
{"properties": {"slug": {"pattern": "^[a-z-]+$"}}}
```
```markdown fail
---
slug: High Tide
---
```
```markdown pass
---
slug: high-tide
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Failure, Finding, Keyword, quote, rule

NOT_BLANK = r"\S"
"""The usual pattern for "some text", which deserves a plain sentence."""


@rule("SCH007", on=Keyword("pattern"), since="0.1")
def pattern_mismatch(failure: Failure) -> Iterator[Finding]:
    text = failure.instance
    described = failure.schema.get("description") or failure.schema.get("title")
    if not text or failure.expected == NOT_BLANK:
        help_text = described if failure.expected != NOT_BLANK else None
        yield Finding("blank text" if text else "empty text", help=help_text or "write a text here")
        return
    yield Finding(
        f"{quote(text)} does not match the pattern {quote(failure.expected, 100)}",
        help=described,
    )
