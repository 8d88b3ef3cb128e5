"""More than one YAML document in front matter.

## What it does
Reports the second document in one block of front matter.

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
from seedlint.rules.base import Finding, rule


@rule("YML007", on=ProblemKind.MULTIPLE_DOCUMENTS, since="0.1")
def multiple_documents(problem: Problem) -> Iterator[Finding]:
    yield Finding("a second YAML document", help="remove the `...` or `---` before it")
