"""Keys in another order than the contract's.

## What it does
Says which key is the first one that comes too late. The order is that of `properties` in the
contract, beside the binding. Keys that `properties` does not list may be anywhere. There is one
finding for each mapping.

## Why it matters
It makes no difference to a program. People find a key sooner where it always is, and changes of two
seeds are easier to compare.

## Examples
```json schema
{"properties": {"title": {}, "date": {}, "topics": {}}, "x-seedlint": {"ordered-keys": {}}}
```
```markdown fail
---
title: "High tide"
# A list.
topics: [Tides]
date: 2024-05-01
---
```
```markdown pass
---
title: "High tide"
date: 2024-05-01
topics: [Tides]
---
```

## Fix safety
Unsafe: a comment may be about more than the key below it. Comments and blank lines above a key move
with it. There is no fix for a mapping in braces, or with anchors, or below a comment.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.fix.operation import OrderPairs, ProposedFix
from seedlint.rules.base import Finding, Related, quote, rule
from seedlint.rules.seed import ORDERED
from seedlint.rules.seed.ordered import OrderedKeys
from seedlint.severity import Severity

# How many keys are listed.
_MOST = 12


@rule("SEED012", on=ORDERED, severity=Severity.INFO, spared=True, fixable="sometimes", since="0.1")
def keys_out_of_order(mapping: OrderedKeys) -> Iterator[Finding]:
    found = mapping.first_late()
    if found is None:
        return
    key, before = found
    order = mapping.in_order()
    yield Finding(
        f"{quote(key)} belongs before {quote(before)}",
        (key,),
        "key",
        help=_way_out(mapping, key, before),
        related=(Related((before,), "before this", "key"),),
        subject=key,
        fix=ProposedFix("put the keys in order", (OrderPairs((order[0],), order),), is_safe=False),
    )


def _way_out(mapping: OrderedKeys, key: str, before: str) -> str:
    """What to do: move one key if that is enough."""
    order = mapping.in_order()
    others = [each for each in mapping.keys if each != key]
    others.insert(others.index(before), key)
    if OrderedKeys(tuple(others), mapping.properties).first_late() is None:
        return f"move it before {quote(before)}"
    if len(order) > _MOST:
        return "put the keys in the order of the contract"
    return f"write the keys in this order: {', '.join(map(quote, order))}"
