"""A keyword that is nearly one of JSON Schema.

## What it does
Reports keys of a schema that differ from a keyword by a slip, and keywords that only OpenAPI or
draft 3 has, with what JSON Schema has instead.

## Why it matters
JSON Schema passes over keywords that it does not know. The rule in it is never checked.

## Examples
```json fail
{
  "type": "object",
  "requierd": ["title"]
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
from seedlint.severity import Severity


@rule("CON012", on=FaultKind.MISSPELT_KEYWORD, severity=Severity.WARNING, since="0.1")
def misspelt_keyword(fault: Fault) -> Iterator[Finding]:
    yield Finding(fault.message, help=fault.help)
