"""Front matter opens and is never closed.

## What it does
Reports front matter without a closing line `---`. It points at the opening fence; when a later
line looks like a fence with a slip in it, `malformed-fence` points there instead.

## Why it matters
Site generators then take the whole file for text, or all text for front matter.

## Examples
```markdown fail
---
title: Tides

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
from seedlint.rules.base import Finding, rule


@rule("FM002", on=ProblemKind.UNCLOSED_FRONT_MATTER, since="0.1")
def unclosed_front_matter(problem: Problem) -> Iterator[Finding]:
    way_out = problem.advice or "add a line `---` after the last key"
    yield Finding("front matter is not closed", help=way_out)
