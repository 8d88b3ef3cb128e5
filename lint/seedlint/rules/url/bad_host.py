"""A URL whose host, the name of the site, cannot be one.

## What it does
Reports a host that is missing, has no dot (`localhost` may), has nothing between two dots, holds
characters no host can, has a part that is too long or begins or ends with a hyphen, is a broken IP
address or a name in another script that no browser can encode or decode. Only web addresses are
looked at: `http`, `https`, `ftp` and their like.

## Why it matters
No site can be found under such a name.

## Examples
```json schema
{"properties": {"webUrl": {"x-seedlint": {"url": {"schemes": ["https", "http"]}}}}}
```
```markdown fail
---
webUrl: "https://www.example..com/a"
---
```
```markdown pass
---
webUrl: "https://www.example.com/a"
---
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.url import BINDING
from seedlint.rules.url.hosts import encoding_problem, host_problem
from seedlint.rules.url.proposal import propose
from seedlint.rules.url.repair import corrected
from seedlint.rules.url.subject import Url

_DOTS = re.compile(r"[.]{2,}")


@rule("URL005", on=BINDING, spared=True, fixable="sometimes", since="0.1")
def bad_host(url: Url) -> Iterator[Finding]:
    parts = url.parts
    if not parts.has_web_host or (parts.is_mistyped and not parts.host):
        return
    problem = host_problem(parts.host)
    # Letters beyond ASCII are reported by the rule on illegal characters, unless they may stand.
    if problem is None and (parts.host.isascii() or url.may_be_non_ascii):
        problem = encoding_problem(parts.host)
    if problem is not None:
        meant = _without_surplus(url)
        otherwise = "compare it with the address in the browser"
        # Surplus slashes are nothing to a browser; between two dots a name may be missing.
        advice, fix = propose(url, meant, otherwise, is_safe=not parts.host)
        yield Finding(problem, help=advice, fix=fix)


def _without_surplus(url: Url) -> str | None:
    """The URL without surplus dots or slashes, if that is all it takes."""
    parts = url.parts
    if parts.host:
        host, rest = _DOTS.sub(".", parts.host).strip("."), parts.rest.partition(parts.host)[2]
    else:
        host, slash, path = parts.tail.lstrip("/").partition("/")
        rest = slash + path
    # Not every slip is that simple: what remains must be a host.
    if "." not in host or host == parts.host or host_problem(host) is not None:
        return None
    return corrected(f"{url.preferred_prefix}{host}{rest}", url.may_be_non_ascii)
