"""An option that a binding does not take.

## What it does
Reports options under `x-seedlint` that the binding does not have, that have a value it does not
take, or that are missing.

## Why it matters
The field would be checked in another way than you meant.

## Examples
```json fail
{
  "properties": {"image": {"x-seedlint": {"image-size": {"minWidht": 16, "maxWidth": "wide"}}}}
}
```
```json pass
{
  "properties": {"image": {"x-seedlint": {"image-size": {"minWidth": 16, "maxWidth": 4096}}}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind


@rule("CON010", on=FaultKind.INVALID_OPTION, since="0.1")
def invalid_option(fault: Fault) -> Iterator[Finding]:
    yield Finding(fault.message, help=fault.help)
