r"""A control character that comes from an escape.

## What it does
Reports escapes in double quotes that make a control character: `\0`, `\e`, `\b`, `\x07` and the
like. Tabs and line breaks pass.

## Why it matters
Nobody sees the character. It breaks feeds and XML, and a terminal may obey it. In a path
such as `"C:\bin"` it takes the place of a letter.

## Examples
```markdown fail
---
title: "Tides\0"
---
```
```markdown pass
---
title: "Tides\n"
path: 'C:\bin'
---
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedlint.document.losses import escaped_control
from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, quote, rule
from seedlint.rules.character_names import name_character
from seedlint.severity import Severity

_MOST_SHOWN = 5


@rule("YML024", on=ProblemKind.ESCAPED_CONTROL_CHARACTER, severity=Severity.WARNING, since="0.1")
def escaped_control_character(problem: Problem) -> Iterator[Finding]:
    escapes = re.findall(r"\\[^\\]+", problem.detail)
    shown = ", ".join(map(quote, escapes[:_MOST_SHOWN]))
    if len(escapes) == 1:
        character = name_character(escaped_control(escapes[0]) or "")
        yield Finding(
            f"the escape {shown} makes the control character {character}",
            help="remove it, or write `\\\\` if a backslash is meant",
        )
    else:
        yield Finding(
            f"escapes in this text make control characters: {shown}",
            help="remove them, or write `\\\\` if a backslash is meant",
        )
