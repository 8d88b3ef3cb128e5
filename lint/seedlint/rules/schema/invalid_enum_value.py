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

from seedlint.rules.advice import write_near
from seedlint.rules.base import Failure, Finding, Keyword, quote, rule
from seedlint.rules.json_types import advise_value, found_instead, list_values, name_of_value
from seedlint.rules.retyped import fix_value
from seedlint.text.nearest import nearest_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeGuard


@rule("SCH004", on=Keyword("enum"), fixable="sometimes", since="0.1")
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
        message = f"{found} is not an allowed value; expected {listed}"
        yield Finding(message, help=advice, fix=fix_value(failure, allowed))
    else:
        near = nearest_text(value, allowed)
        hint, help_text = f"expected {listed}", "write one of the allowed values"
        fix = None
        if near:
            hint, help_text = f"did you mean {quote(near)}?", f"allowed: {listed}"
            fix = write_near(value, near, filter(_is_text, allowed))
        message = f"{found} is not an allowed value; {hint}"
        yield Finding(message, help=help_text, fix=fix)


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str)
