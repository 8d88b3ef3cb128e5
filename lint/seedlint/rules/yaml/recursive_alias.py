"""An alias inside the value that it refers to.

## What it does
Reports `*name` within the node anchored as `&name`.

## Why it matters
The data would contain itself and have no end.

## Examples
```markdown fail
---
related: &loop [*loop]
---
```
```markdown pass
---
related: []
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, quote, rule


@rule("YML014", on=ProblemKind.RECURSIVE_ALIAS, since="0.1")
def recursive_alias(problem: Problem) -> Iterator[Finding]:
    yield Finding(f"alias {quote('*' + problem.detail)} refers to its own parent")
