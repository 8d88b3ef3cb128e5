"""A URL whose port is not a number from 1 to 65535.

## What it does
Reports what is between the host's colon and the path if it is empty, not a number or out of
range.

## Why it matters
No connection can be made to such a port. Usually the colon should not be there at all.

## Examples
```json schema
{"properties": {"webUrl": {"x-seedlint": {"url": {"schemes": ["https", "http"]}}}}}
```
```markdown fail
---
webUrl: "https://example.com:80443/a"
---
```
```markdown pass
---
webUrl: "https://example.com:8443/a"
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, quote, rule
from seedlint.rules.url import BINDING
from seedlint.rules.url.characters import forbidden
from seedlint.rules.url.proposal import propose
from seedlint.rules.url.repair import corrected
from seedlint.rules.url.subject import Url

_HIGHEST = 65535
_LONGEST = 5


@rule("URL006", on=BINDING, spared=True, fixable="sometimes", since="0.1")
def bad_port(url: Url) -> Iterator[Finding]:
    parts = url.parts
    if parts.port is None or not parts.has_web_host or _is_port(parts.port):
        return
    if forbidden(parts.port, non_ascii=False).search(parts.port):
        return  # Said by the rule on illegal characters.
    if url.run_together:
        return  # The colon is that of another address.
    if parts.port:
        message = f"the port {quote(parts.port)} is not a number from 1 to {_HIGHEST}"
    else:
        message = f"no port follows the colon after {quote(parts.host)}"
    # Without a port a browser takes the usual one, which another one is not.
    without = None
    if parts.userinfo is None:
        without = corrected(f"{parts.prefix}{parts.host}{parts.tail}", url.may_be_non_ascii)
    _, fix = propose(url, without, "", is_safe=not parts.port)
    advice = "take the colon and what follows it up to the path away"
    yield Finding(message, help=advice, fix=fix)


def _is_port(port: str) -> bool:
    digits = port.lstrip("0")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > _LONGEST:
        return False
    return int(digits) <= _HIGHEST
