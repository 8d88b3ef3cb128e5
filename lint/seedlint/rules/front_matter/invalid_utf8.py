r"""A byte that is not UTF-8.

## What it does
Reports the first byte of the front matter that does not belong to a UTF-8 character, once per file,
and what it is in Windows-1252, if the file seems to be in that encoding. Bytes in the body are
nobody's business here.

## Why it matters
The text was saved in another encoding, or was damaged; readers show it as garbage or refuse the
file.

## Examples
```markdown fail escaped
---
title: Caf\udce9
---
```
```markdown pass escaped
---
title: Café
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, rule


@rule("FM006", on=ProblemKind.NOT_UTF8, since="0.1")
def invalid_utf8(problem: Problem) -> Iterator[Finding]:
    yield Finding(problem.detail, help=problem.advice)
