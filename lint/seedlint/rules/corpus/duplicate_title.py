"""Two seeds have the same title.

## What it does
Reports a seed whose title is also the title of an earlier seed of the run, and labels that one.
Case, punctuation and white space make no difference. The contract names the keys with
`x-seedlint: {"unique-across": {"titles": [...]}}`.

## Why it matters
It is often one story that two addresses lead to, and readers cannot tell the two apart.

## Examples
```json schema
{"x-seedlint": {"unique-across": {"titles": ["title"]}}}
```
```markdown other
---
title: High tide!
---
```
```markdown fail
---
title: High Tide
---
```
```markdown pass
---
title: Low tide
---
```

## Options
- `titles`: keys of the seed that hold a title.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import CrossFile, Finding, Related, quote, rule
from seedlint.rules.corpus import SharedValue
from seedlint.severity import Severity


@rule("DUP002", on=CrossFile("title"), severity=Severity.WARNING, since="0.1")
def duplicate_title(shared: SharedValue) -> Iterator[Finding]:
    yield Finding(
        f"{quote(shared.text)} is the title of another seed",
        shared.pointer,
        help="give it a title of its own, or remove one of the two seeds",
        related=(Related(shared.pointer, "the same title"),),
    )
