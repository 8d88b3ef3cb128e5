"""A `$ref` that leads to no schema.

## What it does
Reports references that lead nowhere, out of the folder of the contract, to the network, or to
something that is not a schema.

## Why it matters
What the reference stands for is not checked. seedlint fetches nothing, because a contract may come
with a stranger's pull request.

## Examples
```json fail
{
  "properties": {"image": {"$ref": "#/$defs/picture"}},
  "$defs": {"image": {"type": "object"}}
}
```
```json pass
{
  "properties": {"image": {"$ref": "#/$defs/image"}},
  "$defs": {"image": {"type": "object"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind


@rule("CON005", on=FaultKind.UNRESOLVED_REFERENCE, since="0.1")
def unresolved_reference(fault: Fault) -> Iterator[Finding]:
    yield Finding(fault.message, help=fault.help)
