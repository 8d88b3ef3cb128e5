"""A text that is longer than is plausible.

## What it does
Reports a text of more characters than `maxLength`. Characters are code points, as in the keyword
`maxLength` of JSON Schema; unlike that one, this is a warning and makes no seed invalid.

## Why it matters
A headline of a thousand characters is an excerpt in the wrong place, or a text that swallowed the
lines below it.

## Examples
```json schema
{"properties": {"title": {"x-seedlint": {"text": {"maxLength": 30}}}}}
```
```markdown fail
---
title: The ferry runs again after the long winter
---
```
```markdown pass
---
title: The ferry runs again
---
```

## Options
`maxLength`: the greatest number of characters; without it, any.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.text import BINDING
from seedlint.rules.text.subject import BoundText
from seedlint.severity import Severity


@rule("TXT004", on=BINDING, severity=Severity.WARNING, spared=True, since="0.1")
def long_text(bound: BoundText) -> Iterator[Finding]:
    length = len(bound.text)
    if bound.most is not None and length > bound.most:
        yield Finding(
            f"a length of {length} is too long; the greatest is {bound.most}",
            help="shorten the text, or check whether it belongs here",
        )
