"""A slug or a title that is not the one in the name of the file.

## What it does
Warns of a slug that is not the one in the name of the file, and of a title whose words are not:
`2022-07-06-high-tide.md` says `high-tide`. Of titles only letters and digits count, without case
and accents, so it makes no difference how a generator joins them. A title that generators treat
differently is passed over: one with `&` or `%`, or with letters of another alphabet.

## Why it matters
The address of the article does not say what it is about, or the file cannot be found by its
address. Often a file was copied and only half of it changed.

## Examples
```json schema
{"x-seedlint": {"file-name": {"title": "title"}}}
```
```markdown fail in 2022-07-06-high-tide.md
---
title: "Low tide"
---
```
```markdown pass in 2022-07-06-high-tide.md
---
title: "High tide!"
---
```

## Options
Of the binding `file-name`:

- `slug`: the key of the slug, which must be the one in the name.
- `title`: the key of the title that the slug is made of.
- `form`: what names look like without their ending; `{date}-{slug}` without it.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, quote, rule
from seedlint.rules.seed import NAMED_AFTER
from seedlint.rules.seed.named import Field, NamedSeed
from seedlint.severity import Severity
from seedlint.text.file_names import is_slug_of, slug_of


@rule("SEED011", on=NAMED_AFTER, severity=Severity.WARNING, since="0.1")
def slug_contradicts_file_name(seed: NamedSeed) -> Iterator[Finding]:
    field = seed.slug or seed.title
    if field is None:
        return
    if seed.said is None or not seed.said.slug:
        # If there is a date, the other rule says so.
        if seed.date is None:
            yield Finding(
                seed.say_other_form(),
                pointer=(field.key,),
                help="rename the file",
            )
        return
    said = seed.said.slug
    if seed.slug is not None and seed.slug.text != said:
        message = f"{quote(seed.slug.text)} is not the slug in the file name, {quote(said)}"
        yield _finding(seed, seed.slug, message, "slug", seed.slug.text)
    if seed.title is not None and not is_slug_of(said, seed.title.text):
        message = f"{quote(said)} in the file name is not made of {quote(seed.title.text)}"
        yield _finding(seed, seed.title, message, "title", slug_of(seed.title.text))


def _finding(seed: NamedSeed, field: Field, message: str, what: str, slug: str) -> Finding:
    if slug and "/" not in slug:
        rename = f"rename the file to {quote(seed.renamed(slug=slug), 255)}"
    else:
        rename = "rename the file"
    return Finding(message, pointer=(field.key,), help=f"correct the {what}, or {rename}")
