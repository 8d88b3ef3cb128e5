"""A list holds the same item twice.

## What it does
Reports each item of a list with `uniqueItems` that equals an earlier one, and labels the first.

## Why it matters
A repeated topic or picture is shown twice.

## Examples
```json schema
{"properties": {"topics": {"uniqueItems": true}}}
```
```markdown fail
---
topics:
  - Tides
  - Ferries
  - Tides
---
```
```markdown pass
---
topics:
  - Tides
  - Ferries
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.fix.operation import ProposedFix, RemoveItem
from seedlint.rules.base import Failure, Finding, Keyword, Related, rule, show


@rule("SCH015", on=Keyword("uniqueItems"), fixable="safe", since="0.1")
def repeated_item(failure: Failure) -> Iterator[Finding]:
    index, first = failure.item, failure.first
    assert index is not None
    assert first is not None
    yield Finding(
        f"{show(failure.instance[index])} is in the list already",
        (index,),
        help="remove one of the two",
        related=(Related((first,), "first listed here"),),
        defect=(first, index),
        fix=ProposedFix("remove the later item", (RemoveItem((index,)),)),
    )
