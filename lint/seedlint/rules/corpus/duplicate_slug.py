"""Two seeds have one slug, so one address.

## What it does
Reports a seed whose slug is also that of an earlier seed of the run, and labels that one. Case
makes no difference. The slug is in a key, or it is the name of the file without its folder, its
ending and a date in front: `2024-05-01-tides.md` and `2024-06-01-tides.md` have the slug `tides`.
Files called `index` have none, and `tides.en.md` is not `tides.de.md`.

## Why it matters
Both are built to one address, and one of them is lost.

## Examples
```json schema
{"x-seedlint": {"unique-across": {"slugs": ["slug"], "fileNames": true}}}
```
```markdown other in 2024-05-01-tides.md
---
title: "High tide"
---
```
```markdown fail in 2024-06-01-tides.md
---
title: "Low tide"
---
```
```markdown pass in 2024-06-01-tides.md
---
title: "Low tide"
slug: low-tide
---
```

## Options
- `slugs`: keys of the seed that hold the slug.
- `fileNames`: whether the name of the file is the slug of a seed that has none of these keys.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.pointer import Part
from seedlint.rules.base import CrossFile, Finding, Related, quote, rule
from seedlint.rules.corpus import SharedValue


@rule("DUP005", on=CrossFile("slug"), since="0.1")
def duplicate_slug(shared: SharedValue) -> Iterator[Finding]:
    in_name = not shared.pointer
    part: Part = "mapping" if in_name else "value"
    where = ", from the name of the file," if in_name else ""
    change = "rename the file" if in_name else "give it a slug of its own"
    yield Finding(
        f"the slug {quote(shared.text)}{where} is that of another seed",
        shared.pointer,
        part,
        help=f"{change}, or remove one of the two seeds",
        related=(Related(shared.pointer, "the same slug", part),),
        subject=shared.text,
    )
