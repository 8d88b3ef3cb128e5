"""One article appears in two seeds.

## What it does
Reports a seed whose link is also the link of an earlier seed of the run, and labels that one.
Links are compared as a reader's browser would: `http` and `https`, the case of the host, the
spelling of `%` codes, a trailing slash and a fragment make no difference. The contract names the
keys with `x-seedlint: {"unique-across": {"links": [...]}}`.

## Why it matters
The site shows the same story twice.

## Examples
```json schema
{"x-seedlint": {"unique-across": {"links": ["webUrl"]}}}
```
```markdown other
---
webUrl: "https://example.com/tides"
---
```
```markdown fail
---
webUrl: "https://example.com/tides/"
---
```
```markdown pass
---
webUrl: "https://example.com/ferries"
---
```

## Options
- `links`: keys of the seed that hold a link; a seed is reported for the first of them it shares.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import CrossFile, Finding, Related, quote, rule
from seedlint.rules.corpus import SharedValue


@rule("DUP001", on=CrossFile("link"), since="0.1")
def duplicate_article(shared: SharedValue) -> Iterator[Finding]:
    yield Finding(
        f"{quote(shared.text)} is in another seed already",
        shared.pointer,
        help="remove one of the two seeds",
        related=(Related(shared.pointer, "the same link"),),
    )
