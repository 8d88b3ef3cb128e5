"""An alias without an anchor.

## What it does
Reports `*name` where no `&name` comes before.

## Why it matters
The alias refers to nothing; often a text that begins with `*` and needs quotes.

## Examples
```markdown fail
---
title: *tides
---
```
```markdown pass
---
title: "*tides"
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.advice import fix_for, help_for
from seedlint.rules.base import Finding, quote, rule


@rule("YML013", on=ProblemKind.UNKNOWN_ALIAS, fixable="sometimes", since="0.1")
def unknown_alias(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        f"unknown alias {quote('*' + problem.detail)}",
        help=help_for(problem, "put the text in quotes, or define the anchor before"),
        fix=fix_for(problem),
    )
