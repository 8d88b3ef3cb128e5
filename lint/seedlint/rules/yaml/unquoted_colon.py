"""A colon and a space inside text without quotes.

## What it does
Reports the second `: ` of a line, which makes YAML see a key inside the value.

## Why it matters
Headlines have colons. Without quotes the whole front matter cannot be read.

## Examples
```markdown fail
---
title: Tides: an introduction
---
```
```markdown pass
---
title: "Tides: an introduction"
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.advice import fix_for, help_for
from seedlint.rules.base import Finding, rule


@rule("YML005", on=ProblemKind.UNQUOTED_COLON, fixable="sometimes", since="0.1")
def unquoted_colon(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        problem.detail,
        help=help_for(problem, "put the value in quotes"),
        fix=fix_for(problem),
    )
