r"""A line is indented with a tab.

## What it does
Reports a tab in the indentation where YAML stopped at it.

## Why it matters
YAML allows spaces only, because nobody knows how wide a tab is.

## Examples
```markdown fail escaped
---
provider:
\tname: Harbour Times
---
```
```markdown pass escaped
---
provider:
  name: Harbour Times
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.advice import help_for
from seedlint.rules.base import Finding, rule


@rule("YML003", on=ProblemKind.TAB_INDENTATION, since="0.1")
def tab_indentation(problem: Problem) -> Iterator[Finding]:
    yield Finding(problem.detail, help=help_for(problem, "indent with spaces"))
