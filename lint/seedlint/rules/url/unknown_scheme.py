"""A URL whose scheme is misspelt or not one of those allowed.

## What it does
Reports a scheme that is not on the list of the binding, a misspelt `http` or `https`, and one that
is not followed by a colon and two slashes. It suggests what was probably meant.

## Why it matters
A browser does not know what to do with `htps://`, and readers cannot open `ftp://` or `file:///`.

## Examples
```json schema
{"properties": {"webUrl": {"x-seedlint": {"url": {"schemes": ["https", "http"]}}}}}
```
```markdown fail
---
webUrl: "htps//example.com/a"
---
```
```markdown fail
---
webUrl: "ftp://example.com/a"
---
```
```markdown pass
---
webUrl: "https://example.com/a"
---
```

## Options
`schemes` of the binding `url`: the schemes that are allowed, best first; without it, any scheme is.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, quote, rule
from seedlint.rules.url import BINDING
from seedlint.rules.url.proposal import propose
from seedlint.rules.url.subject import Url

_MOST = 8


@rule("URL003", on=BINDING, spared=True, fixable="sometimes", since="0.1")
def unknown_scheme(url: Url) -> Iterator[Finding]:
    parts = url.parts
    if parts.scheme is None or parts.repeated_prefix:
        return
    if not (parts.is_mistyped or url.has_refused_scheme):
        return
    prefix = url.preferred_prefix
    if parts.is_mistyped or parts.likely_scheme not in (None, parts.scheme):
        message = f"a web address begins with {quote(prefix)}, not {quote(parts.prefix)}"
    else:
        allowed = " or ".join(f"`{scheme}:`" for scheme in (url.schemes or ())[:_MOST])
        message = f"an address with {quote(parts.scheme + ':')} is not allowed here, only {allowed}"
    advice = f"give an address that begins with {prefix}"
    if parts.likely_scheme is None:
        yield Finding(message, help=advice)
        return
    advice, fix = propose(url, url.corrected, advice)
    yield Finding(message, help=advice, fix=fix)
