"""A merge conflict was committed.

## What it does
Reports the first line `<<<<<<<`, `|||||||`, `=======` or `>>>>>>>` that git left, if the front
matter is not valid YAML because of it.

## Why it matters
Both versions are in the file; somebody has to choose.

## Examples
```markdown fail
---
<<<<<<< HEAD
title: Tides
=======
title: High tides
>>>>>>> spring
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
from seedlint.rules.base import Finding, quote, rule


@rule("YML002", on=ProblemKind.MERGE_CONFLICT, since="0.1")
def merge_conflict(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        f"merge conflict marker {quote(problem.detail)}",
        help=problem.advice or "keep one of the versions and delete the marker lines",
    )
