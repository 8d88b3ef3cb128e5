"""The contract cannot be read.

## What it does
Reports a file that is not the JSON or the YAML that its name promises: a comma too many, a comment,
a key that appears twice, bytes that are not UTF-8. The rule is always on.

## Why it matters
Nothing is checked against a contract that cannot be read. What JSON readers disagree about, such as
a key that appears twice, would mean one thing to seedlint and another to the site's build.

## Examples
```json fail
{
  "type": "object",
  "required": ["title"],
}
```
```json pass
{
  "type": "object",
  "required": ["title"]
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind


@rule("CON001", on=FaultKind.UNREADABLE, since="0.1")
def unreadable_schema(fault: Fault) -> Iterator[Finding]:
    yield Finding(fault.message, help=fault.help)
