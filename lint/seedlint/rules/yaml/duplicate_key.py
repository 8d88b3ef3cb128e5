"""A key appears twice in one mapping.

## What it does
Reports every key that its mapping has already, and labels the first.

## Why it matters
Most readers keep the last value without a word, some the first: one of the two is lost.

## Examples
```markdown fail
---
title: Tides
heat: 3
title: High tides
---
```
```markdown pass
---
title: High tides
heat: 3
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, quote, rule


@rule("YML008", on=ProblemKind.DUPLICATE_KEY, since="0.1")
def duplicate_key(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        f"duplicate key {quote(problem.detail)}", help="keep one of them", label="first used here"
    )
