"""A suppression of a rule that does not exist.

## What it does
Reports each name in a comment `# seedlint: ignore[…]` that is not a code, prefix or name of a rule.

## Why it matters
It silences nothing, whatever its author meant.

## Examples
```markdown fail
---
title: Tides # seedlint: ignore[duplicate-keys]
---
```
```markdown pass
---
title: Tides
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, quote, rule
from seedlint.severity import Severity


@rule("SUP002", on=ProblemKind.UNKNOWN_SUPPRESSION, severity=Severity.WARNING, since="0.1")
def unknown_suppression(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        f"no rule is called {quote(problem.detail)}", help="`seedlint rule` lists the rules"
    )
