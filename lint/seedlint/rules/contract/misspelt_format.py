"""A `format` that is nearly the name of one that seedlint checks.

## What it does
Reports the name of a format that differs from a known one by a slip.

## Why it matters
JSON Schema passes over formats that it does not know, so no value is checked.

## Examples
```json fail
{
  "properties": {"date": {"format": "datetime"}}
}
```
```json pass
{
  "properties": {"date": {"format": "date-time"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind


@rule("CON008", on=FaultKind.MISSPELT_FORMAT, since="0.1")
def misspelt_format(fault: Fault) -> Iterator[Finding]:
    yield Finding(fault.message, help=fault.help)
