"""A keyword without effect where it is.

## What it does
Reports keywords that need another one beside them (`then` without `if`), that a `$ref` beside them
hides (up to draft 7), or that count only at the root.

## Why it matters
The contract reads as if it checked something that it does not.

## Examples
```json fail
{
  "properties": {"kind": {"enum": ["news", "video"]}},
  "then": {"required": ["videoUrl"]}
}
```
```json pass
{
  "properties": {"kind": {"enum": ["news", "video"]}},
  "if": {"properties": {"kind": {"const": "video"}}, "required": ["kind"]},
  "then": {"required": ["videoUrl"]}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind
from seedlint.severity import Severity


@rule("CON015", on=FaultKind.IDLE_KEYWORD, severity=Severity.WARNING, since="0.1")
def idle_keyword(fault: Fault) -> Iterator[Finding]:
    yield Finding(fault.message, help=fault.help)
