"""An image whose width or height is zero or less.

## What it does
Reports each side of an image that is not at least one pixel.

## Why it matters
Such an image cannot be shown. Zero is usually what a program wrote that could not find out the
size.

## Examples
```json schema
{"properties": {"image": {"x-seedlint": {"image-size": {}}}}}
```
```markdown fail
---
image:
  url: "https://example.com/a.jpg"
  width: 0
  height: 675
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
`width`, `height`: other names of the two keys.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from seedlint.rules.image import BINDING
from seedlint.rules.image.subject import ImageSize


@rule("IMG001", on=BINDING, spared=True, since="0.1")
def non_positive_size(image: ImageSize) -> Iterator[Finding]:
    for side in image.sides:
        if side.pixels <= 0:
            yield Finding(
                f"an image cannot have a {side.noun} of {side.text}",
                pointer=(side.key,),
                help=f"give the {side.noun} of the image in pixels",
            )
