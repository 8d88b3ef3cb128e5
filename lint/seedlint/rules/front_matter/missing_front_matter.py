"""The file has no front matter.

## What it does
Reports a file whose first line is not `---`. It points at line 1, where the fence should be. If the
file begins with keys, and a closing fence follows, only the opening one is missing.

## Why it matters
Everything the site knows of a seed is in its front matter; without it the page has no title, no
link and no date.

## Examples
```markdown fail
# Tides

The sea comes in.
```
```markdown pass
---
title: Tides
---
```
```markdown fail
title: Tides
---
The sea comes in.
```
```markdown pass
---
title: Tides
---
The sea comes in.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.advice import fix_for
from seedlint.rules.base import Finding, rule


@rule("FM001", on=ProblemKind.MISSING_FRONT_MATTER, fixable="sometimes", since="0.1")
def missing_front_matter(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        problem.detail or "no front matter",
        help=problem.advice or "begin the file with a line `---`, the keys, and another `---`",
        fix=fix_for(problem),
    )
