"""A merge key without a mapping.

## What it does
Reports `<<:` whose value is neither a mapping nor a list of mappings.

## Why it matters
There is nothing to merge.

## Examples
```markdown fail
---
<<: 1
---
```
```markdown pass
---
"<<": 1
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, rule


@rule("YML016", on=ProblemKind.INVALID_MERGE, since="0.1")
def invalid_merge(problem: Problem) -> Iterator[Finding]:
    yield Finding("`<<` needs a mapping to merge", help="quote the key if it is meant as text")
