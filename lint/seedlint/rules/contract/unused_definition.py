"""A definition that no reference leads to.

## What it does
Reports entries of `$defs` and `definitions` that nothing in the contract uses. A file that holds
definitions only is left alone, because others use them.

## Why it matters
A definition that nothing uses checks nothing. Perhaps a `$ref` to it was forgotten.

## Examples
```json fail
{
  "properties": {"image": {"type": "object"}},
  "$defs": {"image": {"type": "object", "required": ["url"]}}
}
```
```json pass
{
  "properties": {"image": {"$ref": "#/$defs/image"}},
  "$defs": {"image": {"type": "object", "required": ["url"]}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind
from seedlint.severity import Severity


@rule("CON020", on=FaultKind.UNUSED_DEFINITION, severity=Severity.INFO, since="0.1")
def unused_definition(fault: Fault) -> Iterator[Finding]:
    yield Finding(fault.message, help="remove it, or refer to it with `$ref`")
