"""A text that readers turn into a date, because it is not in quotes.

## What it does
Reports a date or a timestamp without quotes where the contract binds `text`, and so asks for no
date. With the setting `target` only where that makes a date of it: `jekyll`, `astro` or `eleventy`.

## Why it matters
js-yaml (gray-matter, Eleventy) and PyYAML make a date of it, and what expects text fails or
shows another text.

## Examples
```json schema
{"properties": {"title": {"x-seedlint": {"text": {}}}}}
```
```markdown fail
---
title: 2024-05-01
---
```
```markdown pass
---
title: "2024-05-01"
publishedDateTime: 2024-05-01T09:30:00Z
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.scalars import is_date
from seedlint.fix.operation import ProposedFix, ReplaceScalar
from seedlint.rules.base import Finding, quote, rule
from seedlint.rules.text import BINDING
from seedlint.rules.text.subject import BoundText
from seedlint.severity import Severity

READERS = "js-yaml and PyYAML"
"""Whom the message names, unless there is a target."""


@rule("TXT005", on=BINDING, severity=Severity.WARNING, spared=True, fixable="safe", since="0.1")
def unquoted_date(bound: BoundText) -> Iterator[Finding]:
    if is_date(bound.text):
        yield Finding(
            f"{quote(bound.text)} is a date to {READERS}, and the contract asks for text",
            help="put it in quotes",
            if_unquoted=True,
            fix=ProposedFix("put it in quotes", (ReplaceScalar((), bound.text),)),
        )
