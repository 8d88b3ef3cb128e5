"""The front matter is not a mapping.

## What it does
Reports front matter that is a list, a text or a number as a whole.

## Why it matters
A seed is a set of keys with values.

## Examples
```markdown fail
---
- Tides
---
```
```markdown pass
---
title: Tides
---
```
```markdown fail
---
- title: Tides
  heat: 3
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
from seedlint.rules.base import Finding, rule


@rule("YML010", on=ProblemKind.ROOT_NOT_MAPPING, fixable="sometimes", since="0.1")
def root_not_mapping(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        f"front matter is a {problem.detail}, expected `key: value` lines",
        help=help_for(
            problem, "write each key on a line of its own, followed by `: ` and its value"
        ),
        fix=fix_for(problem),
    )
