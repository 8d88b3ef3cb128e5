"""An image that is far longer than it is wide, or wider than high.

## What it does
Reports an image of which one side is more than `maxAspectRatio` times the other. It is silent where
one of the sides is wrong by itself.

## Why it matters
Pictures are not that narrow: a digit is missing or too many, or it is a banner.

## Examples
```json schema
{"properties": {"image": {"x-seedlint": {"image-size": {"maxAspectRatio": 6}}}}}
```
```markdown fail
---
image:
  url: "https://example.com/a.jpg"
  width: 1800
  height: 150
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
`maxAspectRatio`: how many times the shorter side the longer one may be; without it, any.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, Related, rule
from seedlint.rules.image import BINDING
from seedlint.rules.image.subject import ImageSize


@rule("IMG004", on=BINDING, spared=True, since="0.1")
def implausible_aspect_ratio(image: ImageSize) -> Iterator[Finding]:
    width, height, most = image.width, image.height, image.max_aspect_ratio
    if width is None or height is None or most is None:
        return
    if not (width.is_plausible and height.is_plausible):
        return
    longer, shorter = (width, height) if width.pixels >= height.pixels else (height, width)
    # Exactly: numbers in a seed can be larger than a float.
    numerator, denominator = most.as_integer_ratio()
    if longer.pixels * denominator <= numerator * shorter.pixels:
        return
    shape = f"{width.text} by {height.text}"
    yield Finding(
        f"an image of {shape} is too narrow; one side may be at most {most:g} times the other",
        pointer=(longer.key,),
        help="check both sides",
        related=(Related((shorter.key,), f"the {shorter.noun}"),),
    )
