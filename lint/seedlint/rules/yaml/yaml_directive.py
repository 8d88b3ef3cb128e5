"""A YAML directive in front matter.

## What it does
Reports `%YAML` and `%TAG` lines.

## Why it matters
A directive changes how everything after it is read, differently in each reader, and needs a `---`
that would close the front matter.

## Examples
```markdown fail
---
%YAML 1.1
title: Tides
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


@rule("YML006", on=ProblemKind.DIRECTIVE, since="0.1")
def yaml_directive(problem: Problem) -> Iterator[Finding]:
    yield Finding(f"directive {quote(problem.detail)}", help="remove the line")
