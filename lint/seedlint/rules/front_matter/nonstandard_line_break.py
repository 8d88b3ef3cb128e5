r"""A line break that only some programs see.

## What it does
Reports NEL (U+0085), LS (U+2028), PS (U+2029) and a carriage return without a line feed.

## Why it matters
For one YAML reader `# note` + LS + `draft: true` is a comment, for the next it is a key. Editors
and git count lines differently after it.

## Examples
```markdown fail escaped
---
title: Tides # new\u2028draft: true
---
```
```markdown pass escaped
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
from seedlint.rules.character_names import name_character


@rule("FM009", on=ProblemKind.NONSTANDARD_LINE_BREAK, fixable="sometimes", since="0.1")
def nonstandard_line_break(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        f"line break {name_character(problem.detail)} that only some programs see",
        help="replace it by a plain line break or a space",
        fix=fix_for(problem, "replace it by a space"),
    )
