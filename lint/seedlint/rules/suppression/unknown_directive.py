"""A comment to seedlint that it does not understand.

## What it does
Reports each comment `# seedlint: …` that is not `# seedlint: ignore[…]`. It has no effect.

## Why it matters
Its author meant to suppress something, perhaps in the words of another tool.

## Examples
```markdown fail
---
title: Tides # seedlint: disable[SCH003]
---
```
```markdown fail
---
# seedlint: ignore-file[SCH003]
title: Tides
---
```
```markdown pass
---
title: Tides # checked with seedlint
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, quote, rule
from seedlint.severity import Severity


@rule("SUP004", on=ProblemKind.UNKNOWN_DIRECTIVE, severity=Severity.WARNING, since="0.1")
def unknown_directive(problem: Problem) -> Iterator[Finding]:
    found = (
        f"{quote(problem.detail)} is unknown in" if problem.detail else "nothing is asked for in"
    )
    yield Finding(f"{found} a comment to seedlint", help="write `# seedlint: ignore[CODE] reason`")
