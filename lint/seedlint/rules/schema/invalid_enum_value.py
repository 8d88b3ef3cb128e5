"""A value that is not one of those the contract lists.

## What it does
Reports a value outside an `enum`, with the nearest listed value when one is close.

## Why it matters
A list of values is a promise to whatever switches on them: anything else falls through.

## Examples
```json schema
{"properties": {"type": {"enum": ["article", "video"]}}}
```
```markdown fail
---
type: artical
---
```
```markdown pass
---
type: article
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Failure, Finding, Keyword, quote, rule, show
from seedlint.text.nearest import nearest


@rule("SCH004", on=Keyword("enum"), since="0.1")
def invalid_enum_value(failure: Failure) -> Iterator[Finding]:
    listed = ", ".join(show(value) for value in failure.expected[:12])
    if len(failure.expected) > 12:
        listed += ", …"
    texts = [value for value in failure.expected if isinstance(value, str)]
    near = nearest(failure.instance, texts) if isinstance(failure.instance, str) else None
    hint = f"did you mean {quote(near)}?" if near else f"expected {listed}"
    yield Finding(
        f"{show(failure.instance)} is not an allowed value; {hint}", help=f"allowed: {listed}"
    )
