"""A value that fits none, or more than one, of the alternatives.

## What it does
Reports a value that no alternative of `anyOf` or `oneOf` allows, or that several of `oneOf`
allow. When one alternative was clearly meant, what is wrong with it is reported instead, by its
own rule. Which one was meant is seen by the keys that differ between them: by their values, by
their types, or because they are there. If such a value is misspelt, that is reported, with the
values of all alternatives.

## Why it matters
The alternatives are the only shapes that what reads the seed can tell apart.

## Examples
```json schema
{"properties": {"length": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}}
```
```markdown fail
---
length: long
---
```
```markdown pass
---
length: 12
---
```
```json schema
{"properties": {"length": {"anyOf": [{"enum": ["short", "long"]}, {"pattern": "^[0-9]+ pages$"}]}}}
```
```markdown fail
---
length: shrot
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.advice import write_near
from seedlint.rules.base import Failure, Finding, Keyword, both, one_of, quote, rule, show
from seedlint.rules.json_types import describe, expected_types, remove_all_but_one

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seedlint.document.pointer import Part


@rule("SCH022", on=Keyword("anyOf", "oneOf"), fixable="sometimes", since="0.1")
def unmatched_alternative(failure: Failure) -> Iterator[Finding]:
    value, about = failure.instance, failure.about
    shown = show(value, about.written)
    # Of a mapping as a whole, its place says more than its first line.
    part: Part = "mapping" if isinstance(value, dict) else "value"
    groups = [both([quote(key) for key in group]) for group in about.keys]
    if failure.fits is not None and groups:
        keys = about.surplus or [key for group in about.keys for key in group]
        yield Finding(
            f"{both(groups)} exclude each other",
            (max(keys, key=list(value).index),),
            part="key",
            help=remove_all_but_one(groups, about.surplus),
        )
    elif failure.fits is not None:
        message = f"{shown} fits {failure.fits} of the alternatives, expected exactly one"
        yield Finding(message, part=part)
    elif groups:
        key, wanted = failure.key, one_of(groups)
        message = f"key {quote(key)} fits none of the alternatives: expected {wanted}"
        yield Finding(message, (key,), part="key", help=f"write {wanted} instead")
    else:
        expected = about.wanted or _types_of(failure)
        wanted = one_of(expected)
        if near := about.meant:
            message = f"{shown} is not an allowed value; did you mean {quote(near)}?"
            fix = write_near(value, near, (each.strip("`") for each in about.known))
            yield Finding(message, help=f"allowed: {wanted}" if wanted else None, fix=fix)
        elif wanted:
            message = f"expected {wanted}, found {describe(value, about.written)}"
            yield Finding(message, part=part, expected=expected)
        else:
            yield Finding(f"{shown} fits none of the alternatives", part=part)


def _types_of(failure: Failure) -> tuple[str, ...]:
    return expected_types(inner for branch in failure.branches for inner in branch)
