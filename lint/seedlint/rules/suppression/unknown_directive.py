"""A comment to seedlint that it does not understand.

## What it does
Reports each comment that begins like one to seedlint and is neither `# seedlint: ignore[…]` nor
`# seedlint: ignore-file[…]`: with another word (`disable`, `allow`), in capitals, or without the
colon. It has no effect.

## Why it matters
Its author meant to suppress something, perhaps in the words of another tool.

## Examples
```markdown fail
---
title: Tides # seedlint: disable[DUP002]
---
```
```markdown fail
---
# Seedlint: Ignore-File[DUP002]
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
from seedlint.fix.operation import ProposedFix
from seedlint.rules.base import Finding, quote, rule
from seedlint.severity import Severity


@rule(
    "SUP004",
    on=ProblemKind.UNKNOWN_DIRECTIVE,
    severity=Severity.WARNING,
    fixable="sometimes",
    since="0.1",
)
def unknown_directive(problem: Problem) -> Iterator[Finding]:
    message = "a comment to seedlint that asks for nothing"
    if problem.detail:
        message = f"{quote(problem.detail)} suppresses nothing"
    fix = ProposedFix("rewrite the comment", edits=problem.edits, is_safe=False)
    yield Finding(message, help=f"write {quote(problem.proposal)}", fix=fix)
