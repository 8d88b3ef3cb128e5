"""A URL with a user name or a password before the host.

## What it does
Reports `user:password@` in front of the host, and for web sites a user name alone as well. The
message does not repeat the password. An `@` in the path, as in `/@somebody`, is fine.

## Why it matters
Whoever reads the seed can log in. Addresses of the form `https://bank.example@evil.example` are
made to deceive, and browsers warn of them.

## Examples
```json schema
{"properties": {"webUrl": {"x-seedlint": {"url": {"schemes": ["https", "http"]}}}}}
```
```markdown fail
---
webUrl: "https://editor:letmein@example.com/a"
---
```
```markdown pass
---
webUrl: "https://example.com/@editor"
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, quote, rule
from seedlint.rules.url import BINDING
from seedlint.rules.url.subject import Url


@rule("URL011", on=BINDING, spared=True, since="0.1")
def credentials_in_url(url: Url) -> Iterator[Finding]:
    parts = url.parts
    userinfo = parts.userinfo
    if userinfo is None or parts.repeated_prefix:
        return
    # `ssh://git@host` is how one writes it: a name alone is not a secret.
    if not parts.has_web_host and ":" not in userinfo:
        return
    what = "a user name and a password stand" if ":" in userinfo else "a user name stands"
    if not userinfo:
        what = "an @ stands"
    advice = "take everything between // and @ out"
    if ":" in userinfo:
        advice += ", the @ too, and change the password"
    else:
        advice += ", the @ too"
    yield Finding(f"{what} before the host {quote(parts.host)}", help=advice)
