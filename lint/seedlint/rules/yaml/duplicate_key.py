"""A key appears twice in one mapping.

## What it does
Reports every key that its mapping has already, and labels the first. Where the first key of a list
entry comes again, the dash of the next entry was forgotten; that is one finding, not one per key.

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
```markdown fail
---
title: Tides
heat: 3
title: Tides
---
```
```markdown pass
---
title: Tides
heat: 3
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.advice import fix_for, help_for
from seedlint.rules.base import Finding, quote, rule


@rule("YML008", on=ProblemKind.DUPLICATE_KEY, fixable="sometimes", since="0.1")
def duplicate_key(problem: Problem) -> Iterator[Finding]:
    key = quote(problem.detail)
    if problem.advice:
        message = f"{key} begins a second entry, which has no dash"
        label = "the first entry begins here"
    else:
        message, label = f"duplicate key {key}", "first used here"
    yield Finding(
        message,
        help=help_for(problem, "keep one of them"),
        label=label,
        fix=fix_for(problem, "remove the later one, which says the same"),
    )
