"""A binding that looks at what the contract does not allow.

## What it does
Reports a binding on a field of a type that it never looks at, and one that looks for a key which
the contract refuses there.

## Why it matters
Its rules can never speak, so a check that you count on is not made.

## Examples
```json fail
{
  "properties": {
    "related": {
      "type": "array",
      "items": {"properties": {"webUrl": {}}, "additionalProperties": false},
      "x-seedlint": {"unique-by": {"links": ["weburl"]}}
    }
  }
}
```
```json pass
{
  "properties": {
    "related": {
      "type": "array",
      "items": {"properties": {"webUrl": {}}, "additionalProperties": false},
      "x-seedlint": {"unique-by": {"links": ["webUrl"]}}
    }
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind


@rule("CON011", on=FaultKind.IDLE_BINDING, since="0.1")
def idle_binding(fault: Fault) -> Iterator[Finding]:
    yield Finding(fault.message, help=fault.help)
