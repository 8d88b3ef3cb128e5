"""A value that the contract forbids.

## What it does
Reports a key or a value that the contract rules out: what the schema under `not` fits, or what is
where the contract allows nothing (`false`). It points at the key where keys are the matter, and
says which others it excludes.

## Why it matters
The contract rules the value out on purpose: an old key, a placeholder.

## Examples
```json schema
{"properties": {"title": {"not": {"const": "TODO"}}}}
```
```markdown fail
---
title: TODO
---
```
```markdown pass
---
title: Tides
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import (
    Failure,
    Finding,
    Keyword,
    both,
    either,
    quote,
    rule,
    short_json,
    show,
)
from seedlint.rules.json_types import NOUNS, name_of_value, remove_all_but_one

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@rule("SCH023", on=Keyword("not", "false"), since="0.1")
def forbidden_value(failure: Failure) -> Iterator[Finding]:
    about, value = failure.about, failure.instance
    why = about.why
    keys = about.keys[0] if about.keys else ()
    given = [quote(f"{key}: {_short(value[key])}") for key in about.wanted]
    if failure.keyword == "false":
        name = name_of_value(failure)
        is_key = bool(failure.pointer) and isinstance(failure.pointer[-1], str)
        yield Finding(f"{name} is not allowed", part="key" if is_key else "value", help="remove it")
    elif keys:
        named = both([quote(key) for key in keys])
        last = (about.surplus or keys)[-1]
        help_text = f"remove {quote(last)}"
        if given:
            plural = "s" if len(keys) > 1 else ""
            is_not = "are" if plural else "is"
            message = f"key{plural} {named} {is_not} not allowed with {both(given)}"
        elif len(keys) > 1:
            message = f"{named} exclude each other"
            help_text = remove_all_but_one(keys, about.surplus)
        else:
            message = f"key {named} is not allowed"
        yield Finding(message, (last,), part="key", help=why or help_text)
    elif len(given) > 1:
        yield Finding(
            f"{both(given)} exclude each other",
            (about.wanted[-1],),
            help=why or "change one of them",
        )
    elif given:
        key = about.wanted[0]
        yield Finding(
            f"{show(value[key])} is not allowed for {quote(key)}",
            (key,),
            help=why or "write something else",
        )
    else:
        is_type = isinstance(failure.expected, dict) and failure.expected.keys() == {"type"}
        kinds = failure.expected["type"] if is_type else ()
        nouns = [NOUNS[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds)]
        what = either(nouns) or show(value, about.written)
        yield Finding(
            f"{what} is not allowed for {name_of_value(failure, '')}",
            part="mapping" if isinstance(value, dict) else "value",
            help=why or "write something else",
        )


def _short(value: Any) -> str:
    return value if isinstance(value, str) else short_json(value)
