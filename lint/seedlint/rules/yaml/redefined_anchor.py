"""An anchor is defined twice.

## What it does
Reports the second `&name` of the same name.

## Why it matters
YAML lets the later one win from there on; some readers refuse the file.

## Examples
```markdown fail
---
a: &x 1
b: &x 2
---
```
```markdown pass
---
a: &x 1
b: &y 2
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, quote, rule
from seedlint.severity import Severity


@rule("YML015", on=ProblemKind.REDEFINED_ANCHOR, severity=Severity.WARNING, since="0.1")
def redefined_anchor(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        f"anchor {quote('&' + problem.detail)} is defined twice", help="choose another name"
    )
