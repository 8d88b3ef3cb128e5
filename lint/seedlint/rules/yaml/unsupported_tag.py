"""A YAML tag outside the core schema.

## What it does
Reports tags such as `!!python/object`, `!!binary` and `!custom`. Nothing is ever built from them.

## Why it matters
Tags ask a reader to make an object of its own; most readers refuse, and some run code.

## Examples
```markdown fail
---
title: !custom Tides
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
from seedlint.rules.advice import fix_for, help_for
from seedlint.rules.base import Finding, quote, rule


@rule("YML011", on=ProblemKind.TAG, fixable="sometimes", since="0.1")
def unsupported_tag(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        f"tag {quote(problem.detail)} is not allowed",
        help=help_for(problem, "remove the tag"),
        fix=fix_for(problem),
    )
