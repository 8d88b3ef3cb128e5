"""A key that the contract requires is missing.

## What it does
Reports each required key that a mapping lacks, one finding per key; if one of several keys is
required, or the mapping is empty, one finding for all of them. It points at the place of the
mapping: the opening fence for the seed itself, the key that holds a nested mapping, the first key
of a list item. If the key is there with a misspelt name that the contract does not know, `unknown-
key` reports that instead. Keys that are right below the mapping, but not indented far enough to
belong to it, are one finding.

## Why it matters
What reads the seed expects the key: a page without a title, a picture without a height.

## Examples
```json schema
{"required": ["title", "type"], "properties": {"type": {"const": "article"}}}
```
```markdown fail
---
type: article
---
```
```markdown fail
---
title: Tides
---
```
```markdown pass
---
title: Tides
type: article
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.fix.operation import InsertPair, ProposedFix
from seedlint.rules.base import Failure, Finding, Keyword, both, one_of, quote, rule


@rule("SCH001", on=Keyword("required"), fixable="sometimes", since="0.1")
def missing_key(failure: Failure) -> Iterator[Finding]:
    key, about = failure.key, failure.about
    if about.keys:
        groups = [both([quote(name) for name in group]) for group in about.keys]
        pairs = [both([f"`{name}: …`" for name in group]) for group in about.keys]
        plural = "s" if len(about.keys[0]) > 1 else ""
        message = f"missing key{plural} {one_of(groups)}"
        yield Finding(message, part="mapping", help=f"add {one_of(pairs)}", subject=key)
        return
    help_text, fix = f"add {about.example}" if about.example else f"add `{key}: …`", None
    if about.only:
        # What must say the same everywhere tells nothing of this seed: it may be in a wrong place.
        fix = ProposedFix(help_text, (InsertPair((key,), about.only[0]),), is_safe=False)
    if about.meant:
        help_text = f"rename {quote(about.meant)} to `{key}` if that was meant, or {help_text}"
        fix = None
    message = f"missing key {quote(key)}"
    yield Finding(message, part="mapping", help=help_text, subject=key, fix=fix)
