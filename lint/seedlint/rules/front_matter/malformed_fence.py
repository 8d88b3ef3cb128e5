"""A line that was meant as a fence but is not one.

## What it does
Reports an opening or closing line that is nearly `---`: with four dashes, indented, after a blank
line or a comment, with a word or a comment after it, or there twice; a line of other marks (`===`,
`***`) in place of a fence; and a code block that begins before front matter or in place of its
fence.

## Why it matters
Site generators disagree about such lines. What one takes for front matter another shows as text,
so the seed can say one thing here and another on the site.

## Examples
```markdown fail
----
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
from seedlint.rules.advice import fix_for
from seedlint.rules.base import Finding, rule


@rule("FM003", on=ProblemKind.MALFORMED_FENCE, fixable="sometimes", since="0.1")
def malformed_fence(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        problem.detail,
        help=problem.advice,
        label="front matter begins here",
        fix=fix_for(problem),
    )
