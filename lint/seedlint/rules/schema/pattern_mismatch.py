"""Text that does not match the pattern the contract gives.

## What it does
Reports text that a `pattern` does not match. Patterns mean what ECMA-262 says, whatever engine
runs them.

## Why it matters
The pattern describes the only shape that programs after this one can take.

## Examples
```json schema
{"properties": {"slug": {"pattern": "^[a-z-]+$"}}}
```
```markdown fail
---
slug: High Tide
---
```
```markdown pass
---
slug: high-tide
---
```
A code over two lines has a space where the lines meet.
```json schema
{"properties": {"secured": {"pattern": "^[A-Za-z0-9+/]+={0,2}$"}}}
```
```markdown fail
---
secured: "dE+Nd1t7HfPUY3SJ
  nTsjGU6hmONs8lcs=="
---
```
```markdown pass
---
secured: "dE+Nd1t7HfPUY3SJnTsjGU6hmONs8lcs=="
---
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from seedlint.fix.operation import ProposedFix, ReplaceScalar
from seedlint.rules.base import Failure, Finding, Keyword, quote, rule
from seedlint.text.patterns import compile_pattern

NOT_BLANK = r"\S"
"""The usual pattern for "some text", which deserves a plain sentence."""


_BLANK = re.compile(r"\s")


@rule("SCH007", on=Keyword("pattern"), fixable="sometimes", since="0.1")
def pattern_mismatch(failure: Failure) -> Iterator[Finding]:
    text = failure.instance
    described = failure.schema.get("description") or failure.schema.get("title")
    if not text or failure.expected == NOT_BLANK:
        help_text = described if failure.expected != NOT_BLANK else None
        yield Finding("blank text" if text else "empty text", help=help_text or "write a text here")
        return
    yield Finding(
        f"{quote(text)} does not match the pattern {quote(failure.expected, 100)}",
        help=described,
        over_lines=partial(_on_one_line, text, failure.expected) if _BLANK.search(text) else None,
    )


def _on_one_line(text: str, pattern: str, finding: Finding, breaks: Sequence[int]) -> Finding:
    """The finding if `text` matches without what became of its line breaks, at `breaks`."""
    ends = (-1, *breaks, len(text))
    whole = "".join(text[start + 1 : end] for start, end in pairwise(ends))
    if not compile_pattern(pattern).search(whole):
        return finding
    message = (
        f"{quote(text)} goes on in the next line and so does not match the pattern "
        f"{quote(pattern, 100)}"
    )
    advice = "write it on one line, without spaces where the lines meet"
    fix = ProposedFix("write it on one line", (ReplaceScalar((), whole),), is_safe=False)
    return finding._replace(message=message, help=advice, fix=fix)
