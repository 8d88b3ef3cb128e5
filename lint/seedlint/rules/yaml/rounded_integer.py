"""A whole number that JavaScript rounds.

## What it does
Reports whole numbers beyond 2^53 (9007199254740992) that a double cannot hold. With the setting
`target` only where that is `astro` or `eleventy`, whose numbers are doubles, and in JSON.

## Why it matters
Sites built with JavaScript read another number, most often in the last digits of an identifier.

## Examples
```markdown fail
---
id: 12345678901234567890
---
```
```markdown pass
---
id: "12345678901234567890"
views: 9007199254740992
---
```
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, quote, rule
from seedlint.severity import Severity

# JavaScript writes larger numbers with an exponent.
_MOST_WRITTEN_OUT = 10**21


@rule("YML025", on=ProblemKind.ROUNDED_INTEGER, severity=Severity.WARNING, since="0.1")
def rounded_integer(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        f"{quote(problem.detail)} is rounded by JavaScript{_rounded(problem.detail)}",
        help="put it in quotes if it is an identifier; otherwise use fewer digits",
    )


def _rounded(text: str) -> str:
    """What JavaScript makes of the number, if that can be said in few words."""
    number = int(text, 0) if text[1:2] == "x" or text[1:2] == "o" else int(text)
    if abs(number) >= _MOST_WRITTEN_OUT:
        return ""
    # The shortest digits that mean the same double, as JavaScript writes them.
    return f" to {quote(str(int(Decimal(repr(float(number))))))}"
