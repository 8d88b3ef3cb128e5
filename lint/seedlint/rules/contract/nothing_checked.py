"""A file that has keys, but no keyword of JSON Schema.

## What it does
Reports a file in which no key is a keyword of its draft. Often the schema is under one of the keys.

## Why it matters
Every seed would be valid, and nobody would notice that nothing was checked.

## Examples
```json fail
{
  "schema": {"required": ["title"]}
}
```
```json pass
{
  "required": ["title"]
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind


@rule("CON004", on=FaultKind.NOTHING_CHECKED, since="0.1")
def nothing_checked(fault: Fault) -> Iterator[Finding]:
    yield Finding(fault.message, help=fault.help)
