"""An image that is larger than the contract allows.

## What it does
Reports a width above `maxWidth` and a height above `maxHeight`.

## Why it matters
A page with such an image takes minutes to load; often a digit was typed twice.

## Examples
```json schema
{"properties": {"image": {"x-seedlint": {"image-size": {"maxWidth": 20000, "maxHeight": 20000}}}}}
```
```markdown fail
---
image:
  url: "https://example.com/a.jpg"
  width: 24000
  height: 9000
---
```
```markdown pass
---
image:
  url: "https://example.com/a.jpg"
  width: 1200
  height: 675
---
```

## Options
`maxWidth`, `maxHeight`: the greatest number of pixels; without them, any.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.image import BINDING
from seedlint.rules.image.subject import ImageSize


@rule("IMG003", on=BINDING, spared=True, since="0.1")
def huge_image(image: ImageSize) -> Iterator[Finding]:
    for side in image.sides:
        if side.is_huge:
            yield Finding(
                f"a {side.noun} of {side.text} is too large; the most is {side.most}",
                pointer=(side.key,),
                help="check the size, or choose a smaller image",
            )
