"""A URL with garbled letters such as `â€“` or `Ã©` in it.

## What it does
Reports text that was written as UTF-8 and read as Windows-1252 or Latin-1, and shows the URL as it
was meant.

## Why it matters
The address names a page that does not exist: the garbled letters are other letters.

## Examples
```json schema
{"properties": {"webUrl": {"x-seedlint": {"url": {"schemes": ["https", "http"]}}}}}
```
```markdown fail
---
webUrl: "https://example.com/five-locks-â€“-in-one-day"
---
```
```markdown pass
---
webUrl: "https://example.com/five-locks-%E2%80%93-in-one-day"
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, Related, quote, rule
from seedlint.rules.url import BINDING
from seedlint.rules.url.encodings import find_mojibake
from seedlint.rules.url.proposal import propose
from seedlint.rules.url.subject import Url


@rule("URL008", on=BINDING, spared=True, fixable="sometimes", since="0.1")
def mojibake(url: Url) -> Iterator[Finding]:
    if not url.is_address:
        return
    found = find_mojibake(url.text)
    if found is None:
        return
    match, original = found
    # What was meant may itself be invisible: a no-break space, a byte order mark.
    meant = f": it was {quote(original)}" if original.isprintable() else ""
    advice, fix = propose(url, url.corrected, "copy the address again")
    yield Finding(
        f"{quote(match[0])} is text in the wrong encoding{meant}",
        help=advice,
        related=(Related((), "wrong encoding", within=match.span()),),
        fix=fix,
    )
