"""A text that begins or ends with a quotation mark that has no partner.

## What it does
Reports a text whose only double quotation mark is its first or last character. Inches (`27"`) and
apostrophes pass.

## Why it matters
A quotation mark was left behind when the text was cut or copied, and the site shows it.

## Examples
```json schema
{"properties": {"title": {"x-seedlint": {"text": {}}}}}
```
```markdown fail
---
title: 'Lantern parade"'
---
```
```markdown pass
---
title: 'The "lantern parade"'
---
```

## Options
`quotes`: false for a text that may be a part of a quotation, such as an excerpt.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.text import BINDING
from seedlint.rules.text.subject import BoundText
from seedlint.severity import Severity
from seedlint.text.quotes import explain_stray_quote, find_stray_quote


@rule("TXT002", on=BINDING, severity=Severity.WARNING, spared=True, since="0.1")
def unpaired_quote(bound: BoundText) -> Iterator[Finding]:
    if not bound.looks_for_quotes:
        return
    text = bound.text.strip()
    at = find_stray_quote(text)
    if at is not None:
        message, help = explain_stray_quote(text, at)
        yield Finding(message, help=help)
