"""An image whose size is not the one in its URL.

## What it does
Warns when the URL of an image names its size (`-630x355.jpg`, `/1200x675/`, `?w=640&h=360`,
`?resize=620,497`, `w_1200,h_630`) and another one is given. Twice or three times the size (for
sharp screens) passes. A service that was asked for a size may deliver less: a picture that fills it
on one side passes, and so does a smaller one of its proportions. So does any size if the URL names
several, or one side alone.

## Why it matters
The page reserves a place of the wrong shape: text jumps while it loads, or the picture is
distorted.

## Examples
```json schema
{"properties": {"image": {"x-seedlint": {"image-size": {}}}}}
```
```markdown fail
---
image:
  url: "https://example.com/rowers-630x355.jpg"
  width: 630
  height: 335
---
```
```markdown pass
---
image:
  url: "https://example.com/rowers-630x355.jpg"
  width: 630
  height: 355
---
```
```markdown pass
---
image:
  url: "https://example.com/rowers-630x355.jpg"
  width: 1260
  height: 710
---
```

## Options
`width`, `height`, `url`: other names of the three keys.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.fix.operation import ProposedFix, ReplaceScalar
from seedlint.rules.base import Finding, Related, quote, rule
from seedlint.rules.image import BINDING
from seedlint.rules.image.subject import ImageSize
from seedlint.rules.image.url_sizes import UrlSize, parse_sizes
from seedlint.severity import Severity

# Pixels of a screen for one of the page.
_DENSITIES = (1.0, 1.5, 2.0, 3.0, 4.0)
# More than any size in a URL, and no more than a float can hold.
_BEYOND = 10**9


@rule("IMG005", on=BINDING, severity=Severity.WARNING, spared=True, fixable="unsafe", since="0.1")
def size_contradicts_url(image: ImageSize) -> Iterator[Finding]:
    width, height = image.width, image.height
    if image.url is None or width is None or height is None:
        return
    if width.pixels <= 0 or height.pixels <= 0:
        return
    given = (min(width.pixels, _BEYOND), min(height.pixels, _BEYOND))
    written = parse_sizes(image.url)
    clear = written.clear
    if clear is None or given in written.pairs or _agree(given, clear):
        return
    if given == (clear.height, clear.width):
        # Each is right at the place of the other.
        yield Finding(
            f"width and height are swapped: the URL says {quote(f'{clear.width}x{clear.height}')}",
            pointer=(width.key,),
            help=f"if the URL is right, write {clear.width} here and {clear.height} there",
            related=(
                Related((height.key,), "the height"),
                Related((image.url_key,), "the size is in this URL"),
            ),
            fix=ProposedFix(
                "swap width and height",
                (
                    ReplaceScalar((width.key,), clear.width),
                    ReplaceScalar((height.key,), clear.height),
                ),
                is_safe=False,
            ),
        )
        return
    wrong, right = (width, clear.width) if given[0] != clear.width else (height, clear.height)
    yield Finding(
        f"the {wrong.noun} is {wrong.text}, but the URL says "
        f"{quote(f'{clear.width}x{clear.height}')}",
        pointer=(wrong.key,),
        help=f"if the URL is right, write {right}",
        related=(Related((image.url_key,), "the size is in this URL"),),
        fix=ProposedFix(f"write {right}", (ReplaceScalar((wrong.key,), right),), is_safe=False),
    )


def _agree(given: tuple[int, int], written: UrlSize) -> bool:
    """Whether an image of the size `given` can come from a URL that speaks of `written`."""
    # Services round, each in its way; a file is named after the size it has.
    slack = 0 if written.is_name else 1
    asked = (written.width, written.height)
    if any(
        all(abs(side - want * factor) <= slack for side, want in zip(given, asked, strict=True))
        for factor in {*_DENSITIES, written.scale}
    ):
        return True
    return not written.is_name and any(
        _fits(given, written, factor) for factor in {1.0, written.scale}
    )


def _fits(given: tuple[int, int], written: UrlSize, factor: float) -> bool:
    """Whether a service that keeps proportions, or does not enlarge, makes that of it.

    Most of them do: the picture fills the size asked for on one side, or has its proportions.
    """
    width, height = written.width * factor, written.height * factor
    if given[0] > width + 1 or given[1] > height + 1:
        return False
    if given[0] >= width - 1 or given[1] >= height - 1:
        return True
    return abs(given[0] * height - given[1] * width) <= max(width, height)
