"""A quoted text is not closed.

## What it does
Reports the opening quote of a text that has no closing quote. Parsers complain lines later, where
the next quote opens; this points at the one that was left open.

## Why it matters
The text swallows the keys after it.

## Examples
```markdown fail
---
title: "Tides
excerpt: "The sea comes in."
---
```
```markdown pass
---
title: "Tides"
excerpt: "The sea comes in."
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.advice import fix_for, help_for
from seedlint.rules.base import Finding, rule


@rule("YML004", on=ProblemKind.UNCLOSED_QUOTE, fixable="sometimes", since="0.1")
def unclosed_quote(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        problem.detail, help=help_for(problem, "add the closing quote"), fix=fix_for(problem)
    )
