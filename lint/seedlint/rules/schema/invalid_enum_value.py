"""A value that is not one of those the contract lists.

## What it does
Reports a value outside an `enum`, with the nearest listed value when one is close.

## Why it matters
A list of values is a promise to whatever switches on them: anything else falls through.

## Examples
```json schema
{"properties": {"type": {"enum": ["article", "video"]}}}
```
```markdown fail
---
type: artical
---
```
```markdown pass
---
type: article
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Failure, Finding, Keyword, quote, rule
from seedlint.rules.json_types import advise_value, found_instead, list_values, name_of_value
from seedlint.text.nearest import nearest_text


@rule("SCH004", on=Keyword("enum"), since="0.1")
def invalid_enum_value(failure: Failure) -> Iterator[Finding]:
    value, allowed = failure.instance, failure.expected
    if not allowed:
        yield Finding(f"no value is allowed for {name_of_value(failure)}", help="remove it")
        return
    listed = list_values(allowed, value)
    found = found_instead(failure, allowed)
    if value is None:
        help_text = "write one of the allowed values"
        if "null" in allowed:
            help_text += "; `null` needs quotes"
        yield Finding(f"no value: expected {listed}", help=help_text)
    elif advice := advise_value(failure, allowed):
        yield Finding(f"{found} is not an allowed value; expected {listed}", help=advice)
    else:
        near = nearest_text(value, allowed)
        hint = f"did you mean {quote(near)}?" if near else f"expected {listed}"
        yield Finding(f"{found} is not an allowed value; {hint}", help=f"allowed: {listed}")
