"""An image whose size is not that of its file.

## What it does
Reports a width or a height that is not that of a local image file. It has to be asked for: the
contract names the folders with `x-seedlint: {"image-size": {"roots": [...]}}`. The size is that in
the file as browsers show it, turned as the file says.

Nothing is said of an address such as `https://example.com/a.jpg`, of a file that is not there (see
`REF004`), of an SVG, which has no size in pixels, and of a size that is not in the first 64 KiB.

## Why it matters
The page reserves a place of the wrong shape: text jumps while it loads, or the picture is
distorted.

## Examples
The folder `static` has the file `harbour.pgm`, of 2 by 1 pixels:
```text beside static/harbour.pgm
P2 2 1 9
0 9
```
```json schema
{"properties": {"image": {"x-seedlint": {"image-size": {"roots": ["static"]}}}}}
```
```markdown fail
---
image:
  url: /harbour.pgm
  width: 2
  height: 3
---
```
```markdown pass
---
image:
  url: /harbour.pgm
  width: 2
  height: 1
---
```

## Options
- `roots`: the folders, from that of the configuration or `--root`, which they cannot leave. The
  option needs the library `imagesize`: install `seedlint[images]`.
- `width`, `height`, `url`: other names of the three keys.

## Fix safety
The size is written as it is in the file. That is unsafe, because the file may be the wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from seedlint.fix.operation import ProposedFix, ReplaceScalar
from seedlint.rules.base import Finding, Related, quote, rule
from seedlint.rules.image import BINDING
from seedlint.rules.image.subject import ImageSize
from seedlint.severity import Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seedlint.rules.reference.local_files import Roots

# How much of a file is read to find its size, in bytes.
_MOST_BYTES = 64 * 1024


@rule("IMG006", on=BINDING, severity=Severity.WARNING, spared=True, fixable="unsafe", since="0.1")
def size_contradicts_file(image: ImageSize) -> Iterator[Finding]:
    if image.roots is None or image.url is None:
        return
    # Few contracts look at files.
    from seedlint.rules.reference.local_files import is_address

    if is_address(image.url):
        return
    path = image.roots.find(image.url).path
    size = _read_size(image.roots, path) if path is not None else None
    if size is None:
        return
    for side, right in zip((image.width, image.height), size, strict=True):
        if side is not None and side.pixels > 0 and side.pixels != right:
            yield Finding(
                f"the {side.noun} is {side.text}, but that of the file is {quote(str(right))}",
                pointer=(side.key,),
                help=f"if the file is right, write {right}",
                related=(Related((image.url_key,), "the size is in this file"),),
                fix=ProposedFix(
                    f"write {right}", (ReplaceScalar((side.key,), right),), is_safe=False
                ),
            )


def _read_size(roots: Roots, path: str) -> tuple[int, int] | None:
    """The width and the height in an image file; None if they are not known."""
    import imagesize

    try:
        data = roots.read(path, _MOST_BYTES - 1)
    except OSError:
        return None
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return None
    if data[4:8] == b"ftyp":
        # Where the parts of an HEIF image are. A few bytes can claim gigabytes of places, and all
        # that is looked for there is what Exif says, which browsers go by in other images only.
        data = data.replace(b"iloc", b"free")
    width, height = imagesize.get(BytesIO(data))
    sides = int(width), int(height)
    return sides if min(sides) > 0 else None
