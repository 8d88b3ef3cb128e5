"""A value that is not of the type its tag names.

## What it does
Reports `!!int`, `!!bool`, `!!float` and `!!null` before a text that is no such value.

## Why it matters
Readers fail on it, each in its own way.

## Examples
```markdown fail
---
heat: !!int many
---
```
```markdown pass
---
heat: 12
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, quote, rule


@rule("YML012", on=ProblemKind.TAG_MISMATCH, since="0.1")
def tag_mismatch(problem: Problem) -> Iterator[Finding]:
    yield Finding(f"the value is not a valid {quote(problem.detail)}", help="remove the tag")
