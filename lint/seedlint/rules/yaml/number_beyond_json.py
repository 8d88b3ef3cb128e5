"""A number that JSON cannot hold.

## What it does
Reports `.inf`, `.nan`, numbers beyond a double and numbers of hundreds of digits.

## Why it matters
What reads the seed gets infinity, null or an error.

## Examples
```markdown fail
---
heat: 1e999
---
```
```markdown pass
---
heat: 1.0e+9
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, quote, rule


@rule("YML017", on=ProblemKind.NOT_JSON_NUMBER, since="0.1")
def number_beyond_json(problem: Problem) -> Iterator[Finding]:
    yield Finding(f"{quote(problem.detail)} is not a number that JSON can hold")
