"""A quotation mark without a partner at one end of a value without quotes.

## What it does
Reports a value such as `Lantern parade"`: the only double quotation mark in it is its first or
last character. Inches (`27"`) and apostrophes pass.

## Why it matters
One of two quotes was forgotten, and the other one is part of the text that the site shows.

## Examples
```markdown fail
---
title: Lantern parade"
---
```
```markdown pass
---
title: The "lantern parade"
excerpt: A screen of 27"
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.fix.operation import ProposedFix
from seedlint.rules.base import Finding, rule
from seedlint.severity import Severity
from seedlint.text.edit import Edit
from seedlint.text.quotes import explain_stray_quote, find_stray_quote


@rule(
    "YML021",
    on=ProblemKind.STRAY_QUOTE,
    severity=Severity.WARNING,
    fixable="sometimes",
    since="0.1",
)
def stray_quote(problem: Problem) -> Iterator[Finding]:
    at = find_stray_quote(problem.detail.strip()) or 0
    message, help = explain_stray_quote(problem.detail, at)
    if problem.detail[at] != '"':
        help += ", and put straight quotes around the whole value"
    yield Finding(message, help=help, fix=_fix(problem, at))


def _fix(problem: Problem, at: int) -> ProposedFix | None:
    """Remove it: a guess, for its partner may be missing."""
    start, end = problem.span
    if end - start != len(problem.detail) or problem.detail != problem.detail.strip():
        return None
    edits = (Edit(start + at, start + at + 1, ""),)
    return ProposedFix("remove the quotation mark", edits=edits, is_safe=False)
