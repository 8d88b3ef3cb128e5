"""Braces between lines `;;;`, which stand for them.

## What it does
Reports an object in braces between two lines `;;;`. The keys are checked all the same.

## Why it matters
Hexo and Middleman, which have this form, put braces around what they find there. With two pairs it
is not JSON, and the page has no front matter.

## Examples
```markdown fail
;;;
{
  "title": "Tides"
}
;;;
```
```markdown pass
;;;
"title": "Tides"
;;;
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.advice import fix_for
from seedlint.rules.base import Finding, rule
from seedlint.severity import Severity

_WAY_OUT = "remove this brace and the one that closes it"


@rule(
    "FM012",
    on=ProblemKind.DOUBLED_BRACES,
    severity=Severity.WARNING,
    fixable="safe",
    since="0.1",
)
def doubled_braces(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        "the lines `;;;` stand for the braces of this object",
        help=_WAY_OUT,
        fix=fix_for(problem, _WAY_OUT),
    )
