"""A `$schema` that names no draft, or another one than the contract's.

## What it does
Reports a `$schema` that is none of drafts 4, 6, 7, 2019-09 and 2020-12. It also reports a part or a
further file of the contract that is in another draft than the contract itself.

## Why it matters
The draft decides what keywords mean. `items` with a list, for example, is an error in one draft and
the usual form in another.

## Examples
```json fail
{
  "$schema": "https://json-schema.org/draft/2020-21/schema",
  "required": ["title"]
}
```
```json pass
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "required": ["title"]
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind


@rule("CON003", on=FaultKind.UNKNOWN_DRAFT, since="0.1")
def unknown_draft(fault: Fault) -> Iterator[Finding]:
    yield Finding(fault.message, help=fault.help)
