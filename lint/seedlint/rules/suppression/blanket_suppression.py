"""A suppression that names no rule in brackets.

## What it does
Reports a comment `# seedlint: ignore` or `# seedlint: ignore-file` without rules in brackets, or
with `ALL` there. It silences nothing.

## Why it matters
It would also hide the defects that nobody has seen yet.

## Examples
```markdown fail
---
title: Tides # seedlint: ignore
---
```
```markdown fail
---
title: Tides # seedlint: ignore[ALL]
---
```
```markdown fail
---
title: Tides # seedlint: ignore DUP002
---
```
```markdown pass
---
title: Tides # seedlint: ignore[DUP002] a series with one title
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.fix.operation import ProposedFix
from seedlint.rules.base import Finding, quote, rule
from seedlint.severity import Severity


@rule(
    "SUP003",
    on=ProblemKind.BLANKET_SUPPRESSION,
    severity=Severity.WARNING,
    fixable="sometimes",
    since="0.1",
)
def blanket_suppression(problem: Problem) -> Iterator[Finding]:
    message = "a suppression must name the rules it is for"
    if problem.detail:
        message = f"brackets are missing around {quote(problem.detail)}"
    fix = ProposedFix("rewrite the comment", edits=problem.edits, is_safe=False)
    yield Finding(message, help=f"write {quote(problem.proposal)}", fix=fix)
