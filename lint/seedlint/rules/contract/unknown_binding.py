"""A name under `x-seedlint` that is not a binding.

## What it does
Reports a binding that seedlint does not have.

## Why it matters
The rules that were to be bound to the field would never speak.

## Examples
```json fail
{
  "properties": {"webUrl": {"x-seedlint": {"urls": {}}}}
}
```
```json pass
{
  "properties": {"webUrl": {"x-seedlint": {"url": {}}}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind


@rule("CON009", on=FaultKind.UNKNOWN_BINDING, since="0.1")
def unknown_binding(fault: Fault) -> Iterator[Finding]:
    yield Finding(fault.message, help=fault.help)
