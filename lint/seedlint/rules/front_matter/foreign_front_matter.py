"""Front matter in a language other than YAML and JSON.

## What it does
Reports front matter in TOML (`+++`) or anything else that a fence can name (`---js`). It is never
read, let alone run. JSON (`---json`, `;;;`, `{`) is read.

## Why it matters
Such a block can be read, or executed, by a site generator while a linter sees nothing.

## Examples
```markdown fail
---js
{ title: "Tides" }
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


@rule("FM004", on=ProblemKind.FOREIGN_FRONT_MATTER, since="0.1")
def foreign_front_matter(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        f"front matter in {quote(problem.detail)}, expected YAML or JSON",
        help="write it as YAML between two lines `---`",
    )
