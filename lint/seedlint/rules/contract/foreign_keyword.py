"""Keywords that JSON Schema gives no meaning.

## What it does
Reports all other keys of schemas that are not keywords, in one finding: the first of them, with the
places of some others. Names that begin with `x-` are left alone.

## Why it matters
Such a keyword checks nothing. If it is for another tool, a name that begins with `x-` says so.

## Examples
```json fail
{
  "properties": {"title": {"type": "string", "widget": "text"}}
}
```
```json pass
{
  "properties": {"title": {"type": "string", "x-widget": "text"}}
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.contract import Fault, FaultKind
from seedlint.severity import Severity


@rule("CON013", on=FaultKind.FOREIGN_KEYWORD, severity=Severity.WARNING, since="0.1")
def foreign_keyword(fault: Fault) -> Iterator[Finding]:
    yield Finding(fault.message, help="give keywords of other tools a name that begins with `x-`")
