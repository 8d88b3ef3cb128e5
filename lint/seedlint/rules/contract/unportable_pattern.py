r"""A pattern that Ajv or .NET reads differently, or refuses.

## What it does
Reports constructs that seedlint reads as ECMA-262 says and other validators do not. Each kind is
reported once, at its first place; [the table](../schema-check.md#patterns-elsewhere) has them all.

## Why it matters
The contract is often read by more tools than one: the editor, the site's build, an API. If they
disagree, a seed passes here and fails there.

## Examples
```json fail
{
  "properties": {
    "phone": {"pattern": "^[0-9]{3}\\-[0-9]{4}$"},
    "year": {"pattern": "^\\d{4}$"}
  }
}
```
```json pass
{
  "properties": {
    "phone": {"pattern": "^[0-9]{3}-[0-9]{4}$"},
    "year": {"pattern": "^[0-9]{4}$"}
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind
from seedlint.severity import Severity


@rule("CON019", on=FaultKind.UNPORTABLE_PATTERN, severity=Severity.INFO, since="0.1")
def unportable_pattern(fault: Fault) -> Iterator[Finding]:
    yield Finding(fault.message, help=fault.help)
