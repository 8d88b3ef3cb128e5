r"""A pattern that is not a regular expression of JSON Schema.

## What it does
Reports patterns that are broken, and constructs that ECMA-262 does not have: flags inside the
pattern such as `(?i)`, `\Z`, possessive repeats, `(?P<name>…)`.

## Why it matters
JSON Schema takes its regular expressions from JavaScript. Other engines give such a pattern another
meaning, or refuse it, so the contract would mean different things in different places.

## Examples
```json fail
{
  "properties": {"slug": {"pattern": "^[a-z-]+\\Z"}}
}
```
```json pass
{
  "properties": {"slug": {"pattern": "^[a-z-]+$"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind


@rule("CON007", on=FaultKind.UNUSABLE_PATTERN, since="0.1")
def unusable_pattern(fault: Fault) -> Iterator[Finding]:
    yield Finding(fault.message, help=fault.help)
