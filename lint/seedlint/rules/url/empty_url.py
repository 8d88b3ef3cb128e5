"""An empty URL.

## What it does
Reports a URL that is empty or consists of blanks. Where the contract allows relative references
(`format: uri-reference`), the empty one is a reference to the page itself and passes.

## Why it matters
An empty link is still a link: readers who click it stay where they are, or the build stops.

## Examples
```json schema
{"properties": {"webUrl": {"x-seedlint": {"url": {"schemes": ["https", "http"]}}}}}
```
```markdown fail
---
webUrl: ""
---
```
```markdown pass
---
webUrl: "https://example.com/a"
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.url import BINDING
from seedlint.rules.url.subject import Url


@rule("URL001", on=BINDING, spared=True, since="0.1")
def empty_url(url: Url) -> Iterator[Finding]:
    if url.is_blank:
        yield Finding(
            "the URL is only blanks" if url.text else "the URL is empty",
            help="write the whole address, beginning with https://",
        )
