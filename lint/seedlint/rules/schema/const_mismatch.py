"""A value other than the only one the contract allows.

## What it does
Reports a value that differs from a `const`.

## Why it matters
The key exists to say one thing; another value means that the seed is in the wrong place or out of
date.

## Examples
```json schema
{"properties": {"category": {"const": "news"}}}
```
```markdown fail
---
category: sport
---
```
```markdown pass
---
category: news
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.fix.operation import ProposedFix, ReplaceScalar
from seedlint.rules.base import Failure, Finding, Keyword, rule
from seedlint.rules.json_types import advise_value, found_instead, list_values
from seedlint.rules.retyped import fix_value
from seedlint.text.nearest import is_certain_slip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@rule("SCH005", on=Keyword("const"), fixable="sometimes", since="0.1")
def const_mismatch(failure: Failure) -> Iterator[Finding]:
    allowed = [failure.expected]
    value = failure.instance
    expected = list_values(allowed, value)
    if value is None:
        fix = _write(failure.expected, expected)
        yield Finding(f"no value: expected {expected}", help=f"write {expected}", fix=fix)
        return
    advice = advise_value(failure, allowed)
    yield Finding(
        f"expected {expected}, found {found_instead(failure, allowed)}",
        help=advice or f"the only allowed value is {expected}",
        fix=fix_value(failure, allowed) if advice else _write(failure.expected, expected, value),
    )


def _write(wanted: Any, shown: str, value: Any = None) -> ProposedFix | None:
    """The fix that writes the one allowed value; safe if `value` is that but for a slip.

    Otherwise the seed may be in the wrong place.
    """
    if isinstance(wanted, (list, dict)) or isinstance(value, (list, dict)):
        return None
    is_slip = isinstance(value, str) and isinstance(wanted, str)
    is_safe = is_slip and is_certain_slip(value, wanted, ())
    return ProposedFix(f"write {shown}", (ReplaceScalar((), wanted),), is_safe=is_safe)
