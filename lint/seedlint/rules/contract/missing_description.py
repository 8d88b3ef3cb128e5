"""A key that the contract does not describe in words.

## What it does
Reports keys under `properties` whose schema has no `description`, and none where its `$ref` leads.
The rule is off unless its code or its name is selected.

## Why it matters
Editors show the description while people write a seed.

## Examples
```json fail
{
  "properties": {"title": {"type": "string"}}
}
```
```json pass
{
  "properties": {"title": {"type": "string", "description": "The headline, without a full stop."}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind
from seedlint.severity import Severity


@rule(
    "CON021", on=FaultKind.MISSING_DESCRIPTION, severity=Severity.INFO, since="0.1", optional=True
)
def missing_description(fault: Fault) -> Iterator[Finding]:
    yield Finding(fault.message, help="add a `description` that says what to write there")
