"""A part of the contract that nothing can satisfy.

## What it does
Reports a schema that no value fits: a least value above the most, listed values of another type,
types that exclude each other, required keys that are refused.

## Why it matters
Every seed with such a field is invalid, whatever its author writes.

## Examples
```json fail
{
  "properties": {
    "title": {"type": "string", "minLength": 80, "maxLength": 60},
    "level": {"type": "integer", "enum": ["low", "high"]}
  }
}
```
```json pass
{
  "properties": {
    "title": {"type": "string", "minLength": 10, "maxLength": 60},
    "level": {"type": "string", "enum": ["low", "high"]}
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind
from seedlint.severity import Severity


@rule("CON017", on=FaultKind.CONTRADICTION, severity=Severity.WARNING, since="0.1")
def contradiction(fault: Fault) -> Iterator[Finding]:
    yield Finding(fault.message, help=fault.help)
