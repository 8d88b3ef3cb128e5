"""The front matter is not YAML.

## What it does
Reports what somebody most likely got wrong where the YAML parser could not go on, or before: a
space that is missing after a colon, a headline that needs quotes, a dash or a bracket that was
forgotten, a line that begins too far to the left or right. What the help says to write has been
tried: with it the parser goes on. Some causes have rules of their own: `unquoted-colon`,
`tab-indentation`, `unclosed-quote`, `merge-conflict`.

## Why it matters
Nothing in the seed can be read until this is mended.

## Examples
```markdown fail
---
topics: [Tides, Ferries
---
```
```markdown pass
---
topics: [Tides, Ferries]
---
```
```markdown fail
---
title:Tides
topics: []
---
```
```markdown pass
---
title: Tides
topics: []
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.advice import fix_for, help_for
from seedlint.rules.base import Finding, rule

_GENERAL = (
    "write each line as `key: value` or `- item`, in the same column as its neighbours; "
    "put text with punctuation in quotes"
)


@rule("YML001", on=ProblemKind.SYNTAX, fixable="sometimes", since="0.1")
def syntax_error(problem: Problem) -> Iterator[Finding]:
    yield Finding(problem.detail, help=help_for(problem, _GENERAL), fix=fix_for(problem))
