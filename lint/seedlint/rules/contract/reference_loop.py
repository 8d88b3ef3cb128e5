"""References that lead back to where they began.

## What it does
Reports a schema that refers to itself for the same value, at once or through others.

## Why it matters
Checking a value would never end. A schema that refers to itself for a value inside, as a tree does,
is fine.

## Examples
```json fail
{
  "$ref": "#/$defs/post",
  "$defs": {
    "post": {"allOf": [{"$ref": "#/$defs/page"}]},
    "page": {"$ref": "#/$defs/post"}
  }
}
```
```json pass
{
  "$ref": "#/$defs/section",
  "$defs": {
    "section": {"properties": {"sections": {"items": {"$ref": "#/$defs/section"}}}}
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind


@rule("CON006", on=FaultKind.REFERENCE_LOOP, since="0.1")
def reference_loop(fault: Fault) -> Iterator[Finding]:
    yield Finding(
        fault.message, help="describe the value in one of the schemas instead of referring on"
    )
