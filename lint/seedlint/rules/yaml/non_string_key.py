"""A key that is not text.

## What it does
Reports keys that YAML reads as a number, a boolean, nothing, a list or a mapping.

## Why it matters
JSON has text keys only; what becomes of others depends on the reader.

## Examples
```markdown fail
---
2024: Tides
---
```
```markdown pass
---
"2024": Tides
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, quote, rule


@rule("YML009", on=ProblemKind.NON_STRING_KEY, since="0.1")
def non_string_key(problem: Problem) -> Iterator[Finding]:
    if problem.detail:
        yield Finding(f"key {quote(problem.detail)} is not text", help="put it in quotes")
    else:
        yield Finding("a list or mapping as a key", help="use a text as the key")
