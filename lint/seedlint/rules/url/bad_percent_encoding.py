"""A URL with a `%` that does not begin a code.

## What it does
Reports a `%` that is not followed by two of the digits 0-9 and A-F, and shows the URL with that `%`
written as `%25`.

## Why it matters
In a URL the percent sign introduces the code of a character. A server refuses a broken code or
takes it for something else.

## Examples
```json schema
{"properties": {"webUrl": {"x-seedlint": {"url": {"schemes": ["https", "http"]}}}}}
```
```markdown fail
---
webUrl: "https://example.com/100%-wind"
---
```
```markdown pass
---
webUrl: "https://example.com/100%25-wind"
---
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedlint.rules.base import Finding, Related, rule
from seedlint.rules.url import BINDING
from seedlint.rules.url.excerpt import excerpt
from seedlint.rules.url.proposal import propose
from seedlint.rules.url.subject import Url
from seedlint.text.formats import LONE_PERCENT

_LONE_PERCENT = re.compile(LONE_PERCENT)


@rule("URL009", on=BINDING, spared=True, fixable="sometimes", since="0.1")
def bad_percent_encoding(url: Url) -> Iterator[Finding]:
    if not url.is_address:
        return
    text, host = url.text, url.parts.host
    if "%" in host:
        # A host has no percent signs at all; the rule on hosts says so.
        start = text.find(host)
        text = text.replace(host, "x" * len(host), 1) if start >= 0 else text
    lone = _LONE_PERCENT.search(text)
    if lone is not None:
        where = excerpt(url.text, lone.start(), lone.end() + 2)
        advice, fix = propose(url, url.corrected, "write a percent sign as `%25`")
        yield Finding(
            f"two digits or letters from A to F must follow every % in a URL: {where}",
            help=advice,
            related=(Related((), "this percent sign", within=(lone.start(), lone.start() + 1)),),
            fix=fix,
        )
