"""A URL with an HTML entity such as `&#038;` or `&amp;` in it.

## What it does
Reports a character written the way HTML source writes it, and shows the URL with the character
itself. Parameters that merely are named like an entity (`&lang=en`, `&copy=1`) have no semicolon
and pass.

## Why it matters
A seed is no HTML: the browser takes the entity for a part of the address. `?a=1&#038;b=2` loses
everything after the `#`, and `&amp;b=2` is a parameter called `amp;b`.

## Examples
```json schema
{"properties": {"webUrl": {"x-seedlint": {"url": {"schemes": ["https", "http"]}}}}}
```
```markdown fail
---
webUrl: "https://example.com/a?x=1&#038;y=2"
---
```
```markdown pass
---
webUrl: "https://example.com/a?x=1&lang=en"
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, quote, rule
from seedlint.rules.url import BINDING
from seedlint.rules.url.entities import decode_entities, find_entity
from seedlint.rules.url.proposal import propose
from seedlint.rules.url.subject import Url


@rule("URL010", on=BINDING, spared=True, fixable="sometimes", since="0.1")
def html_entity(url: Url) -> Iterator[Finding]:
    if not url.is_address:
        return
    entity = find_entity(url.text)
    if entity is None:
        return
    character = decode_entities(entity[0])
    stands_for = f"; it stands for {quote(character)}" if character.isprintable() else ""
    advice, fix = propose(url, url.corrected, "write the character itself")
    yield Finding(
        f"{quote(entity[0])} is HTML and means nothing in a URL{stands_for}", help=advice, fix=fix
    )
