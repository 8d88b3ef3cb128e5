"""A text that is cut by what looks like a comment.

## What it does
Reports a comment without a blank after its `#` right after words without quotes: `One #2 of all`.
Comments like `# this` pass, and those after numbers, dates and text in quotes.

## Why it matters
A blank and a `#` begin a comment. The rest of the line is lost, and nobody is told.

## Examples
```markdown fail
---
title: Ferry trip #3 is fully booked
---
```
```markdown pass
---
title: "Ferry trip #3 is fully booked" # for the front page
width: 640 #pixels
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
    "YML019",
    on=ProblemKind.TEXT_CUT_BY_COMMENT,
    severity=Severity.WARNING,
    fixable="sometimes",
    since="0.1",
)
def text_cut_by_comment(problem: Problem) -> Iterator[Finding]:
    text, _, lost = problem.detail.partition(" #")
    way_out = f"{propose_quotes(problem.detail)}; if it is a comment, put a space after the `#`"
    if problem.refused is Reading.TEXT:
        way_out = "put a space after the `#` if it is a comment, or remove it"
    yield Finding(
        f"`#` begins a comment here, so {quote('#' + lost)} is not part of the text {quote(text)}",
        help=way_out,
        fix=_fix(problem),
    )


def _fix(problem: Problem) -> ProposedFix | None:
    """All of it in quotes: safe if the contract refuses what is left of the text."""
    if not problem.edits or problem.refused is Reading.TEXT:
        return None
    is_safe = problem.refused is Reading.OTHER
    return ProposedFix("put the whole value in quotes", edits=problem.edits, is_safe=is_safe)
