"""A suppression that silences nothing.

## What it does
Reports each rule that a comment `# seedlint: ignore[…]` names although the rule finds nothing on
that line, or `# seedlint: ignore-file[…]` although it finds nothing in the file. Rules that compare
files (`DUP`) are taken at their word.

## Why it matters
The defect was mended, or the comment is on the wrong line and the next defect there would be
hidden.

## Examples
```markdown fail
---
title: Tides # seedlint: ignore[YML008]
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
from seedlint.fix.operation import ProposedFix
from seedlint.rules.base import Finding, quote, rule
from seedlint.severity import Severity


@rule(
    "SUP001",
    on=ProblemKind.UNUSED_SUPPRESSION,
    severity=Severity.WARNING,
    fixable="safe",
    since="0.1",
)
def unused_suppression(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        f"unused suppression of {quote(problem.detail)}",
        help="remove it",
        fix=ProposedFix("remove the suppression", edits=problem.edits),
    )
