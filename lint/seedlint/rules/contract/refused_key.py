"""Keys that one part of the contract describes and another refuses.

## What it does
Reports an `additionalProperties` of `false` in a schema that is combined with others, if they
describe keys that it refuses.

## Why it matters
`additionalProperties` knows only the `properties` beside it, not those of the schemas that it is
combined with. No seed can have the keys.

## Examples
```json fail
{
  "allOf": [{"$ref": "#/$defs/base"}],
  "properties": {"region": {"type": "string"}},
  "$defs": {
    "base": {"properties": {"title": {"type": "string"}}, "additionalProperties": false}
  }
}
```
```json pass
{
  "allOf": [{"$ref": "#/$defs/base"}],
  "properties": {"region": {"type": "string"}},
  "unevaluatedProperties": false,
  "$defs": {
    "base": {"properties": {"title": {"type": "string"}}}
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind
from seedlint.severity import Severity


@rule("CON018", on=FaultKind.REFUSED_KEY, severity=Severity.WARNING, since="0.1")
def refused_key(fault: Fault) -> Iterator[Finding]:
    yield Finding(
        fault.message,
        help=fault.help
        or "write `unevaluatedProperties` beside what combines the schemas, instead",
    )
