r"""A byte that is not UTF-8.

## What it does
Reports each byte of the front matter that does not belong to a UTF-8 character. Bytes in the body
are nobody's business here.

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
    yield Finding(f"byte {problem.detail} is not UTF-8", help="save the file as UTF-8")
