"""A URL that does not begin with `https://` or another scheme.

## What it does
Reports `www.example.com/a`, `//example.com/a`, `/a`, the path of a file and text that is no
address at all. Where the contract allows relative references (`format: uri-reference`), nothing
is missing.

## Why it matters
A browser takes an address without a scheme for a path on the page's own site: the link leads
nowhere.

## Examples
```json schema
{"properties": {"webUrl": {"x-seedlint": {"url": {"schemes": ["https", "http"]}}}}}
```
```markdown fail
---
webUrl: "www.example.com/a"
---
```
```markdown pass
---
webUrl: "https://www.example.com/a"
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, quote, rule
from seedlint.rules.url import BINDING
from seedlint.rules.url.proposal import propose
from seedlint.rules.url.subject import Url


@rule("URL002", on=BINDING, spared=True, fixable="sometimes", since="0.1")
def missing_scheme(url: Url) -> Iterator[Finding]:
    if url.parts.scheme is not None or url.is_blank or url.may_be_relative:
        return
    prefix = url.preferred_prefix
    if url.is_address:
        message = f"{quote(url.plain)} does not begin with {quote(prefix)}"
    else:
        message = f"{quote(url.plain)} is not a web address"
    otherwise = f"write the whole address, beginning with {prefix}"
    advice, fix = propose(url, url.corrected, otherwise)
    yield Finding(message, help=advice, fix=fix)
