"""A value that the contract forbids.

## What it does
Reports a value that the schema under `not` fits, or that stands where the contract allows nothing
(`false`).

## Why it matters
The contract rules the value out on purpose: an old key, a placeholder.

## Examples
```json schema
{"properties": {"title": {"not": {"const": "TODO"}}}}
```
```markdown fail
---
title: TODO
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

from seedlint.rules.base import Failure, Finding, Keyword, rule, show


@rule("SCH023", on=Keyword("not", "false"), since="0.1")
def forbidden_value(failure: Failure) -> Iterator[Finding]:
    if failure.keyword == "not":
        yield Finding(f"{show(failure.instance)} is not allowed here")
    else:
        yield Finding("nothing is allowed here", help="remove it")
