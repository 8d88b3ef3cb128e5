r"""A character that cannot be seen.

## What it does
Reports zero-width spaces, soft hyphens, direction overrides and the like. Joiners and direction
marks are left alone where a script or an emoji needs them.

## Why it matters
Two titles or keys can look alike and differ, and a direction override shows a text in another
order than it has.

## Examples
```markdown fail escaped
---
title: "Ti\u200bdes"
---
```
```markdown pass escaped
---
title: Tides
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.fix.operation import ProposedFix
from seedlint.rules.base import Finding, rule
from seedlint.rules.character_names import name_character
from seedlint.severity import Severity
from seedlint.text.edit import Edit


@rule(
    "FM010",
    on=ProblemKind.INVISIBLE_CHARACTER,
    severity=Severity.WARNING,
    fixable="safe",
    since="0.1",
)
def invisible_character(problem: Problem) -> Iterator[Finding]:
    first = name_character(problem.detail[0])
    more = len(problem.detail) - 1
    message, help_text = f"invisible character {first}", "delete it"
    if more:
        message, help_text = f"{more + 1} invisible characters, {first} first", "delete them"
    edits = (Edit(problem.span.start, problem.span.end, ""),)
    yield Finding(message, help=help_text, fix=ProposedFix(help_text, (), edits, deletes_data=True))
