r"""A control character in front matter.

## What it does
Reports characters that YAML forbids: control characters other than tab and line breaks, a byte
order mark inside the text, and code points that are not characters.

## Why it matters
They cannot be seen, they stop some YAML readers, and on a terminal they can do anything from
changing colours to rewriting the line above.

## Examples
```markdown fail escaped
---
title: "Ti\x07des"
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


@rule("FM008", on=ProblemKind.CONTROL_CHARACTER, fixable="sometimes", since="0.1")
def control_character(problem: Problem) -> Iterator[Finding]:
    message = f"control character {name_character(problem.detail)}"
    is_deleted = not any(edit.text for edit in problem.edits)
    way_out = "delete it" if is_deleted else "replace it by a space"
    yield Finding(message, help=way_out, fix=fix_for(problem, way_out))
