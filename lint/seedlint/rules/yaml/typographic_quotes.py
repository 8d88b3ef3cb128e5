"""Typographic quotes where YAML has straight ones.

## What it does
Reports a value without straight quotes that is wrapped in typographic ones, such as `“One”`,
`„One“` and `«One»`.

## Why it matters
YAML knows `"` and `'` only. The site shows the typographic quotes as a part of the text.

## Examples
```markdown fail
---
title: “Ferry runs again”
---
```
```markdown pass
---
title: "Ferry runs again"
excerpt: "“Never again”"
---
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.fix.operation import ProposedFix
from seedlint.rules.base import Finding, quote, rule
from seedlint.severity import Severity
from seedlint.text.edit import Edit
from seedlint.text.quotes import propose_quotes, quoted

_ADDRESS = re.compile(r"https?://[^\s\"'\u2018-\u201e]+")


@rule(
    "YML022",
    on=ProblemKind.TYPOGRAPHIC_QUOTES,
    severity=Severity.WARNING,
    fixable="sometimes",
    since="0.1",
)
def typographic_quotes(problem: Problem) -> Iterator[Finding]:
    text = problem.detail
    inner = propose_quotes(text[1:-1].strip())
    yield Finding(
        f"the typographic quotes {quote(text[0] + text[-1])} are part of the text",
        help=f"{inner}; if they belong to the text, {propose_quotes(text)}",
        fix=_fix(problem),
    )


def _fix(problem: Problem) -> ProposedFix | None:
    """Plain quotes instead: a guess, for the whole text may be a quotation. No address is one."""
    start, end = problem.span
    if end - start != len(problem.detail):
        return None
    edits = (Edit(start, end, quoted(problem.detail[1:-1].strip())),)
    is_address = _ADDRESS.fullmatch(problem.detail, 1, end - start - 1) is not None
    return ProposedFix("write plain quotes", edits=edits, is_safe=is_address)
