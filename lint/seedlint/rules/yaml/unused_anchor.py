"""A word that YAML takes for a name and not for text.

## What it does
Reports `&word` before text without quotes if no `*word` uses it.

## Why it matters
`&` before a word makes it the name of the value. The site shows the text without it.

## Examples
```markdown fail
---
title: &Sons builds a ferry
---
```
```markdown pass
---
title: "&Sons builds a ferry"
excerpt: &first The keel is laid.
summary: *first
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind, Reading
from seedlint.fix.operation import ProposedFix
from seedlint.rules.base import Finding, quote, rule
from seedlint.severity import Severity
from seedlint.text.quotes import propose_quotes


@rule(
    "YML020",
    on=ProblemKind.UNUSED_ANCHOR,
    severity=Severity.WARNING,
    fixable="sometimes",
    since="0.1",
)
def unused_anchor(problem: Problem) -> Iterator[Finding]:
    name, text = problem.detail.split(" ", 1)
    way_out = (
        f"{propose_quotes(problem.detail)}; if it is a name, remove it, because nothing uses it"
    )
    fix = None
    if problem.edits and problem.refused is not Reading.TEXT:
        # A name may be left over from an alias that is gone, unless the contract refuses the rest.
        is_safe = problem.refused is Reading.OTHER
        message = "put the whole value in quotes"
        fix = ProposedFix(message, edits=problem.edits, is_safe=is_safe)
    if problem.refused is Reading.TEXT:
        way_out = "remove it, because nothing uses it"
    yield Finding(
        f"{quote(name)} is read as a name for the value, so the text is {quote(text)}",
        help=way_out,
        fix=fix,
    )
