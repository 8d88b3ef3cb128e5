"""Many seeds have one lead image.

## What it does
Warns of each seed whose lead image is that of more other seeds than the contract allows, and labels
the first of them. Links are compared as for `duplicate-article`. It is off unless the contract says
where the lead image is, and how many seeds may share it.

## Why it matters
Lists of articles show one picture again and again. Often it is the logo of the publisher, or what a
site shows in place of a picture that is gone.

## Examples
```json schema
{"x-seedlint": {"unique-across": {"leadImage": {"at": ["images", 0, "url"], "seeds": 2}}}}
```
```markdown other
---
images: [{url: "https://example.com/logo.png"}]
---
```
```markdown other
---
images: [{url: "https://example.com/logo.png"}]
---
```
```markdown fail
---
images: [{url: "https://example.com/logo.png"}]
---
```
```markdown pass
---
images: [{url: "https://example.com/tides.jpg"}]
---
```

## Options
Of `leadImage`:

- `at`: the keys, and the numbers of items from 0, that lead to the link of the image.
- `seeds`: how many seeds may share it.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import CrossFile, Finding, Related, count, quote, rule
from seedlint.rules.corpus import SharedValue
from seedlint.severity import Severity


@rule("DUP004", on=CrossFile("image"), severity=Severity.WARNING, since="0.1")
def repeated_lead_image(shared: SharedValue) -> Iterator[Finding]:
    others = count(shared.seeds, "other seed")
    yield Finding(
        f"{quote(shared.text)} is the lead image of at least {others}",
        shared.pointer,
        help="choose a picture of this article",
        related=(Related(shared.pointer, "the first of them"),),
    )
