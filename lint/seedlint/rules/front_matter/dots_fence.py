"""Front matter closed by `...` instead of `---`.

## What it does
Reports a line `...` where the closing `---` should be. The keys above it are checked all the
same.

## Why it matters
Jekyll takes `...` for the end; most other readers go on to the end of the file.

## Examples
```markdown fail
---
title: Tides
...

The sea comes in.
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
from seedlint.rules.advice import fix_for
from seedlint.rules.base import Finding, rule

_WAY_OUT = "close it with `---`"


@rule("FM005", on=ProblemKind.DOTS_FENCE, fixable="safe", since="0.1")
def dots_fence(problem: Problem) -> Iterator[Finding]:
    yield Finding("front matter is closed by `...`", help=_WAY_OUT, fix=fix_for(problem, _WAY_OUT))
