"""A `format` that Ajv does not know.

## What it does
Reports each format once that seedlint checks and Ajv refuses, even with the package `ajv-formats`:
`idn-email`, `idn-hostname`, `iri`, `iri-reference`.

## Why it matters
In its strict mode, which is the default, Ajv does not take a contract with an unknown format.

## Examples
```json fail
{
  "properties": {"webUrl": {"type": "string", "format": "iri"}}
}
```
```json pass
{
  "properties": {"webUrl": {"type": "string", "format": "uri"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind
from seedlint.severity import Severity


@rule("CON022", on=FaultKind.UNPORTABLE_FORMAT, severity=Severity.INFO, since="0.1")
def unportable_format(fault: Fault) -> Iterator[Finding]:
    yield Finding(
        fault.message, help="if Ajv reads the contract, add the format there with `addFormat`"
    )
