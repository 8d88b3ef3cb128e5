"""A value that YAML readers read differently.

## What it does
Reports `yes`, `off`, `012`, `1_000`, `12:30` and the like without quotes: text or a number here
(YAML 1.2), something else to readers of YAML 1.1.

## Why it matters
The same line is true on one site and text on another, or twelve here and ten there.

## Examples
```markdown fail
---
answer: yes
---
```
```markdown pass
---
answer: "yes"
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, quote, rule
from seedlint.severity import Severity


@rule("YML018", on=ProblemKind.AMBIGUOUS_SCALAR, severity=Severity.WARNING, since="0.1")
def ambiguous_scalar(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        f"{quote(problem.detail)} means different things to different YAML readers",
        help="put it in quotes if it is text; write `true`, `false` or a plain number otherwise",
    )
