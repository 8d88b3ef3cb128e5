"""A list lacks an item that the contract asks for.

## What it does
Reports a list in which no item, or fewer than `minContains`, fits the schema under `contains`.

## Why it matters
The list must hold at least one such item for the seed to make sense.

## Examples
```json schema
{"properties": {"topics": {"contains": {"const": "News"}}}}
```
```markdown fail
---
topics: [Tides]
---
```
```markdown pass
---
topics: [News, Tides]
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Failure, Finding, Keyword, rule, show


@rule("SCH016", on=Keyword("contains", "minContains"), since="0.1")
def missing_item(failure: Failure) -> Iterator[Finding]:
    needed = failure.expected if failure.keyword == "minContains" else 1
    plural = "s" if needed != 1 else ""
    wanted = failure.schema.get("contains", {})
    what = f" {show(wanted['const'])}" if isinstance(wanted, dict) and "const" in wanted else ""
    yield Finding(
        f"expected at least {needed} item{plural}{what or ' of the kind the contract asks for'}, "
        f"found {failure.fits}"
    )
