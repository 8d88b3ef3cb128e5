"""More than one YAML document in front matter.

## What it does
Reports the line `...` or `---` that ends the first document in a block of front matter which goes
on after it.

## Why it matters
A seed is one mapping; readers take the first document, the last, or none.

## Examples
```markdown fail
---
title: Tides
...
heat: 3
---
```
```markdown pass
---
title: Tides
heat: 3
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.advice import fix_for
from seedlint.rules.base import Finding, quote, rule


@rule("YML007", on=ProblemKind.MULTIPLE_DOCUMENTS, fixable="sometimes", since="0.1")
def multiple_documents(problem: Problem) -> Iterator[Finding]:
    marker = quote(problem.detail)
    advice = f"remove {marker}"
    yield Finding(
        f"{marker} ends the YAML document, and another follows",
        help=advice,
        fix=fix_for(problem, advice),
    )
