"""A keyword that the draft of the contract does not have.

## What it does
Reports keywords that only an older or a newer draft has than the one that `$schema` names.

## Why it matters
In its own draft the keyword means nothing, so the rule in it is never checked. Usually a `$schema`
was copied from somewhere else.

## Examples
```json fail
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "properties": {"title": {"type": "string"}},
  "unevaluatedProperties": false
}
```
```json pass
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "properties": {"title": {"type": "string"}},
  "unevaluatedProperties": false
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind
from seedlint.severity import Severity


@rule("CON014", on=FaultKind.OTHER_DRAFT, severity=Severity.WARNING, since="0.1")
def keyword_of_another_draft(fault: Fault) -> Iterator[Finding]:
    yield Finding(fault.message, help=fault.help)
