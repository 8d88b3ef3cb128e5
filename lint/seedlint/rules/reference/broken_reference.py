"""A reference to a seed that does not exist.

## What it does
Reports a text that should be the value of a certain key in another seed, and is not; if one is
close, it is named. The contract says which collection and which key with
`x-seedlint: {"refers-to": {"collection": …, "key": …}}`, for a text or for a list of texts.
Without `collection`, the other seed is in the same collection.

A run over some files also reads the others that the configuration includes. Without a
configuration, only seeds of the folders that were named are looked at. In a run over single files
nothing is looked for then, and a warning says so.

## Why it matters
The page of the author, of the series or of the related story does not exist: the site has a link
that leads nowhere, or its build stops.

## Examples
```json schema
{"properties": {"follows": {"x-seedlint": {"refers-to": {"key": "slug"}}}}}
```
```markdown other
---
slug: high-tide
---
```
```markdown fail
---
slug: low-tide
follows: hihg-tide
---
```
```markdown pass
---
slug: low-tide
follows: high-tide
---
```

## Options
- `collection`: the collection of the seed that is named; it must be in the settings.
- `key`: the key of that seed, at its top level. Its value is a text, or a list of texts that all
  name the seed.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import CrossFile, Finding, quote, rule, show
from seedlint.rules.reference.subject import BrokenReference


@rule("REF002", on=CrossFile("refers-to"), since="0.1")
def broken_reference(reference: BrokenReference) -> Iterator[Finding]:
    key = quote(reference.key)
    where = f"in {quote(reference.collection)}" if reference.collection else "of the run"
    text = show(reference.text)
    message = f"{text} is not the {key} of any seed {where}"
    if not reference.is_defined:
        message = f"no seed {where} has the key {key}, so {text} names none"
    if reference.near:
        message += f"; did you mean {quote(reference.near)}?"
    another = quote(reference.near) if reference.near else f"the {key} of a seed {where}"
    yield Finding(message, help=f"write {another}, or add the seed that is missing")
