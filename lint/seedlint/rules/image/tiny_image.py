"""An image that is smaller than the contract allows.

## What it does
Reports a width below `minWidth` and a height below `minHeight`.

## Why it matters
Images of a few pixels are counters and placeholders, not pictures of anything.

## Examples
```json schema
{"properties": {"image": {"x-seedlint": {"image-size": {"minWidth": 16, "minHeight": 16}}}}}
```
```markdown fail
---
image:
  url: "https://example.com/a.jpg"
  width: 12
  height: 60
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
`minWidth`, `minHeight`: the least number of pixels; without them, any.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.image import BINDING
from seedlint.rules.image.subject import ImageSize


@rule("IMG002", on=BINDING, spared=True, since="0.1")
def tiny_image(image: ImageSize) -> Iterator[Finding]:
    for side in image.sides:
        if side.is_tiny:
            yield Finding(
                f"a {side.noun} of {side.text} is too small; the least is {side.least}",
                pointer=(side.key,),
                help="check the size, or choose a larger image",
            )
