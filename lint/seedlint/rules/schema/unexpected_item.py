"""A list item that the contract has no place for.

## What it does
Reports items after the last one that the contract describes (`items: false`, `additionalItems:
false`, `unevaluatedItems: false`), and more than `maxContains` items of one kind.

## Why it matters
Nothing reads the item, or it is read as something else.

## Examples
```json schema
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "properties": {"size": {"items": [{}, {}], "additionalItems": false}}
}
```
```markdown fail
---
size: [1200, 675, 3]
---
```
```markdown pass
---
size: [1200, 675]
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Failure, Finding, Keyword, count, rule, show


@rule(
    "SCH017", on=Keyword("maxContains", "items", "additionalItems", "unevaluatedItems"), since="0.1"
)
def unexpected_item(failure: Failure) -> Iterator[Finding]:
    if failure.keyword == "maxContains":
        kind = f"like this: {failure.about.wanted[0]}" if failure.about.wanted else "of one kind"
        yield Finding(
            f"{count(failure.fits or 0, 'item')} {kind}; expected at most {failure.expected}",
            help="remove the surplus",
        )
    else:
        assert failure.item is not None
        item = failure.instance[failure.item]
        yield Finding(f"surplus list item: {show(item)}", (failure.item,), help="remove it")
