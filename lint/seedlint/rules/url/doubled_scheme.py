"""A URL that begins with `https://` twice.

## What it does
Reports `https://https://…`, `http://https//…` and the like, and two addresses with nothing between
them: `https://example.com/ahttps://example.com/a`. A whole URL behind a slash or another mark is no
mistake: image proxies carry the address of the image that way. The same address twice is one.

## Why it matters
The browser looks for a site called `https`, or for a page that does not exist. It happens when an
address is pasted after a prefix or after another address.

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

from seedlint.rules.base import Finding, Related, quote, rule
from seedlint.rules.url import BINDING
from seedlint.rules.url.excerpt import excerpt
from seedlint.rules.url.proposal import propose
from seedlint.rules.url.subject import Url


@rule("URL004", on=BINDING, spared=True, fixable="sometimes", since="0.1")
def doubled_scheme(url: Url) -> Iterator[Finding]:
    parts = url.parts
    if parts.repeated_prefix:
        advice, fix = propose(url, url.corrected, f"leave one {url.preferred_prefix} of it")
        message = f"the address begins twice: {quote(parts.prefix + parts.repeated_prefix)}"
        yield Finding(message, help=advice, fix=fix)
    elif second := url.run_together:
        is_same = url.text[second:] == url.text[:second]
        what = "the address is there twice" if is_same else "another address begins in this one"
        advice, fix = propose(url, url.corrected, "keep one of the addresses: each value holds one")
        yield Finding(
            f"{what}: {excerpt(url.text, second, second + len('https://'))}",
            help=advice,
            related=(Related((), "the second address", within=(second, len(url.text))),),
            fix=fix,
        )
