"""A list item that is read as the continuation of the text above it.

## What it does
Reports a line that begins with a dash and continues a text without quotes.

## Why it matters
The line is indented deeper than the text above it, so YAML joins the two: `One` and `- two` become
the text `One - two`.

## Examples
```markdown fail
---
topics:
  - Ferries
    - Harbour
---
```
```markdown pass
---
topics:
  - Ferries
  - Harbour
excerpt: "The ferry
  - ours - runs again."
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, quote, rule
from seedlint.severity import Severity
from seedlint.text.quotes import propose_quotes


@rule("YML023", on=ProblemKind.SWALLOWED_ITEM, severity=Severity.WARNING, since="0.1")
def swallowed_item(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        f"this line continues the text above it, so the value is {quote(problem.detail)}",
        label="the text that it continues",
        help="write each item of a list on a line of its own, below its key, the dashes in one "
        f"column; if it is one text, {propose_quotes(problem.detail)}",
    )
