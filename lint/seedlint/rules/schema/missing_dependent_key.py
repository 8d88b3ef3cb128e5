"""A key is there without another that it needs.

## What it does
Reports each key that the contract requires because another key is present (`dependentRequired`,
`dependencies`). It points at the key that needs it.

## Why it matters
Half a pair says nothing: a cached address without the address it was made from.

## Examples
```json schema
{"dependentRequired": {"cdnAmpWebUrl": ["ampWebUrl"]}}
```
```markdown fail
---
cdnAmpWebUrl: "https://example.com/c"
---
```
```markdown pass
---
cdnAmpWebUrl: "https://example.com/c"
ampWebUrl: "https://example.com/a"
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Failure, Finding, Keyword, quote, rule


@rule("SCH021", on=Keyword("dependentRequired", "dependencies"), since="0.1")
def missing_dependent_key(failure: Failure) -> Iterator[Finding]:
    key, needed = failure.key, failure.needs
    yield Finding(
        f"{quote(key)} needs the key {quote(needed)} beside it",
        (key,),
        part="key",
        help=f"add `{needed}: …`" + ("" if failure.about.is_required else f" or remove `{key}`"),
        subject=needed,
    )
