"""A keyword with a value that its draft does not allow.

## What it does
Reports each place where the contract does not fit the metaschema of its draft.

## Why it matters
Validators refuse such a contract, or pass over the keyword, so that the rule in it is never
checked.

## Examples
```json fail
{
  "properties": {
    "title": {"type": "text"},
    "heat": {"type": "integer", "required": true}
  }
}
```
```json pass
{
  "properties": {
    "title": {"type": "string"},
    "heat": {"type": "integer"}
  },
  "required": ["heat"]
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind


@rule("CON002", on=FaultKind.INVALID_SCHEMA, since="0.1")
def invalid_schema(fault: Fault) -> Iterator[Finding]:
    yield Finding(fault.message, help=fault.help)
