r"""A line is indented with a tab, or with a blank that only looks like a space.

## What it does
Reports a tab in the indentation where YAML stopped at it, and a no-break space or another blank of
Unicode at the beginning of a line, which YAML takes for part of the text.

## Why it matters
YAML allows spaces only, because nobody knows how wide a tab is. What looks indented and is not
belongs to another key.

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
from seedlint.rules.advice import fix_for, help_for
from seedlint.rules.base import Finding, rule


@rule("YML003", on=ProblemKind.TAB_INDENTATION, fixable="sometimes", since="0.1")
def tab_indentation(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        problem.detail, help=help_for(problem, "indent with spaces"), fix=fix_for(problem)
    )
