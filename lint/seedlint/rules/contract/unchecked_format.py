"""A `format` that seedlint does not check.

## What it does
Reports each unknown format once. The setting `formats-unchecked` lists those that need no check.

## Why it matters
Every value passes. `pattern` can say the same and is checked everywhere.

## Examples
```json fail
{
  "properties": {"isbn": {"type": "string", "format": "isbn"}}
}
```
```json pass
{
  "properties": {"isbn": {"type": "string", "pattern": "^97[89][0-9]{10}$"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind
from seedlint.severity import Severity


@rule("CON016", on=FaultKind.UNCHECKED_FORMAT, severity=Severity.WARNING, since="0.1")
def unchecked_format(fault: Fault) -> Iterator[Finding]:
    yield Finding(fault.message, help=fault.help)
