"""A URL that breaks the grammar of URLs in some other way.

## What it does
Reports what no other rule on URLs explains and the standard (RFC 3986, for `iri` RFC 3987) still
refuses: square brackets outside an IP address, a second `#`.

## Why it matters
Programs disagree on what such an address means.

## Examples
```json schema
{"properties": {"webUrl": {"x-seedlint": {"url": {"schemes": ["https", "http"]}}}}}
```
```markdown fail
---
webUrl: "https://example.com/a[1]"
---
```
```markdown pass
---
webUrl: "https://example.com/a%5B1%5D"
---
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedlint.rules import rules_bound_to
from seedlint.rules.base import Finding, quote, rule
from seedlint.rules.url import BINDING
from seedlint.rules.url.excerpt import excerpt
from seedlint.rules.url.proposal import propose
from seedlint.rules.url.subject import Url
from seedlint.severity import Severity

_BRACKET = re.compile(r"[\[\]]")


@rule("URL013", on=BINDING, spared=True, fixable="sometimes", since="0.1")
def malformed_url(url: Url) -> Iterator[Finding]:
    from seedlint.text.formats import FORMATS

    is_well_formed = FORMATS.get(url.format)
    if is_well_formed is None or is_well_formed(url.text):
        return
    # Nobody reads the help of what is only asked for, so it is left out, as in a proposal.
    asked = url._replace(is_proposal=True)
    if any(
        any(other.check(asked))
        for other in rules_bound_to(BINDING.name)
        if other.severity is Severity.ERROR and other.module != __name__
    ):
        return
    tail = url.parts.tail
    before, _, fragment = tail.partition("#")
    bracket = _BRACKET.search(tail)
    if bracket is None and "#" not in fragment:
        yield Finding(
            f"{quote(url.text)} is not a well-formed URL",
            help="compare it with the address in the browser",
        )
        return
    start = len(url.text) - len(tail)
    if bracket is not None:
        at, what = start + bracket.start(), f"{quote(bracket[0])} cannot be in a path or query"
    else:
        at, what = start + len(before) + 1 + fragment.index("#"), "a URL has only one `#`"
    advice, fix = propose(url, url.corrected, "write it percent-encoded")
    yield Finding(f"{what}: {excerpt(url.text, at, at + 1)}", help=advice, fix=fix)
