"""A URL that begins with `https://` twice.

## What it does
Reports `https://https://…`, `http://https//…` and the like. A whole URL inside a path or a query is
no mistake: image proxies carry the address of the image that way.

## Why it matters
The browser looks for a site called `https`. It happens when an address is pasted after a prefix.

## Examples
```json schema
{"properties": {"webUrl": {"x-seedlint": {"url": {"schemes": ["https", "http"]}}}}}
```
```markdown fail
---
webUrl: "https://https://example.com/a"
---
```
```markdown pass
---
webUrl: "https://example.com/https://example.org/a.jpg"
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, quote, rule
from seedlint.rules.url import BINDING
from seedlint.rules.url.proposal import propose
from seedlint.rules.url.subject import Url


@rule("URL004", on=BINDING, spared=True, fixable="sometimes", since="0.1")
def doubled_scheme(url: Url) -> Iterator[Finding]:
    parts = url.parts
    if not parts.repeated_prefix:
        return
    message = f"the address begins twice: {quote(parts.prefix + parts.repeated_prefix)}"
    advice, fix = propose(url, url.corrected, f"leave one {url.preferred_prefix} of it")
    yield Finding(message, help=advice, fix=fix)
