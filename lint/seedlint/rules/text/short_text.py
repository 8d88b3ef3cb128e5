"""A text that is shorter than is plausible.

## What it does
Reports a text of fewer characters than `minLength`. Characters are code points, as in the keyword
`minLength` of JSON Schema; unlike that one, this is a warning and makes no seed invalid.

## Why it matters
A headline of one letter is a slip, and so is an excerpt that says "tbd".

## Examples
```json schema
{"properties": {"title": {"x-seedlint": {"text": {"minLength": 3}}}}}
```
```markdown fail
---
title: X
---
```
```markdown pass
---
title: Tides
---
```

## Options
`minLength`: the least number of characters; without it, any.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.text import BINDING
from seedlint.rules.text.subject import BoundText
from seedlint.severity import Severity


@rule("TXT003", on=BINDING, severity=Severity.WARNING, spared=True, since="0.1")
def short_text(bound: BoundText) -> Iterator[Finding]:
    length = len(bound.text)
    if bound.least is not None and length < bound.least:
        yield Finding(
            f"a length of {length} is too short; the least is {bound.least}",
            help="write more, or check whether the text was cut",
        )
