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
from seedlint.fix.operation import ProposedFix
from seedlint.rules.base import Finding, quote, rule
from seedlint.text.edit import Edit
from seedlint.text.quotes import quoted


@rule("YML009", on=ProblemKind.NON_STRING_KEY, fixable="sometimes", since="0.1")
def non_string_key(problem: Problem) -> Iterator[Finding]:
    if problem.detail:
        start, end = problem.span
        fix = None
        if end - start == len(problem.detail):
            edits = (Edit(start, end, quoted(problem.detail)),)
            fix = ProposedFix("put it in quotes", edits=edits)
        message = f"key {quote(problem.detail)} is not text"
        yield Finding(message, help="put it in quotes", fix=fix)
    else:
        yield Finding("a list or mapping as a key", help="use a text as the key")
