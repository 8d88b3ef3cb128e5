"""Text that is not of the format the contract names.

## What it does
Reports text that is no date-time, date, hostname, duration, email address and so on, whichever
`format` the contract asserts. URL formats have rules of their own.

## Why it matters
A date that is no date sorts wrongly or stops the build; it looks right until somebody needs it.

## Examples
```json schema
{"properties": {"publishedDateTime": {"format": "date-time"}}}
```
```markdown fail
---
publishedDateTime: 2024-02-30T09:00:00Z
---
```
```markdown pass
---
publishedDateTime: 2024-02-29T09:00:00Z
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Failure, Finding, Keyword, quote, rule
from seedlint.text.formats import describe


@rule("SCH006", on=Keyword("format"))
def malformed_text(failure: Failure) -> Iterator[Finding]:
    name = failure.expected
    yield Finding(
        f"{quote(failure.instance)} is not {describe(name)}",
        help=f"the contract asks for `format: {name}`",
    )
