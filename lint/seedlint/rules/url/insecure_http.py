"""A URL that begins with `http://` where `https://` would be safe.

## What it does
Warns of `http://` where the contract allows it. Addresses of the computer itself (`localhost`,
`127.0.0.1`) pass, and so do those that the contract itself lists by `enum` or `const`. Where the
contract does not allow `http`, unknown-scheme reports it.

## Why it matters
What is sent without encryption can be read and changed on the way; on a page that is itself
`https://` browsers do not load such images at all.

## Examples
```json schema
{"properties": {"webUrl": {"x-seedlint": {"url": {"schemes": ["https", "http"]}}}}}
```
```markdown fail
---
webUrl: "http://example.com/a"
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

from seedlint.rules.base import Finding, quote, rule
from seedlint.rules.url import BINDING
from seedlint.rules.url.proposal import propose
from seedlint.rules.url.repair import corrected
from seedlint.rules.url.subject import Url
from seedlint.severity import Severity


@rule(
    "URL012", on=BINDING, severity=Severity.WARNING, spared=True, fixable="sometimes", since="0.1"
)
def insecure_http(url: Url) -> Iterator[Finding]:
    parts = url.parts
    if not url.is_insecure or (url.schemes is not None and "http" not in url.schemes):
        return
    secure = None
    # A password is not repeated, and on a port of its own a site seldom speaks both.
    if parts.userinfo is None and parts.port is None:
        secure = corrected(f"https://{parts.rest}", url.may_be_non_ascii)
    otherwise = "begin the address with https:// if the site can be reached that way"
    advice, fix = propose(url, secure, otherwise, is_safe=False)
    yield Finding(f"{quote(parts.prefix + parts.host)} is not encrypted", help=advice, fix=fix)
