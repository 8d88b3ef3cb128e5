"""An HTML entity such as `&amp;` in plain text.

## What it does
Reports a character written the way HTML source writes it.

## Why it matters
A site that takes the text for plain text shows `&#8217;` to its readers, letter by letter.

## Examples
```json schema
{"properties": {"title": {"x-seedlint": {"text": {}}}}}
```
```markdown fail
---
title: The harbour&#8217;s new crane
---
```
```markdown pass
---
title: The harbour’s new crane, Smith & Sons; AT&T
---
```

## Options
`entities`: false for a text that is HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedlint.fix.operation import ProposedFix, ReplaceScalar
from seedlint.rules.base import Finding, quote, rule
from seedlint.rules.text import BINDING
from seedlint.rules.text.subject import BoundText
from seedlint.rules.url.entities import decode_entities, find_entities, find_entity
from seedlint.severity import Severity

# What cannot be written as it is wherever a text is.
_SPECIAL = {
    '"': ("a quotation mark", 'write `"`, inside double quotes `\\"`'),
    "'": ("an apostrophe", "write `'`, inside single quotes `''`"),
    ":": ("`:`", "write `:`, and put the whole value in quotes"),
    "#": ("`#`", "write `#`, and put the whole value in quotes"),
}
_ONE = "(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_ESCAPED_AGAIN = re.compile(f"&(?:amp;){{1,3}}{_ONE}")
_ENTITY = re.compile(f"&(?:amp;){{0,3}}{_ONE}")
_MARKUP = frozenset("<>")


@rule(
    "TXT001", on=BINDING, severity=Severity.WARNING, spared=True, fixable="sometimes", since="0.1"
)
def entity_in_text(bound: BoundText) -> Iterator[Finding]:
    if not bound.looks_for_entities:
        return
    entities = list(find_entities(bound.text))
    if not entities:
        return
    entity, count = entities[0], len(entities)
    # What was escaped twice, `&amp;#8217;`, is decoded at once.
    written = _ESCAPED_AGAIN.match(bound.text, entity.start())
    found = written[0] if written else entity[0]
    character = decode_entities(found)
    meaning, way_out = _SPECIAL.get(character, (quote(character), f"write {quote(character)}"))
    if character.isspace():
        meaning, way_out = "a space", "write a space"
    elif not character.isprintable():
        meaning, way_out = "a character that cannot be seen", "leave it out"
    more = f"; and {count - 1} more" if count > 1 else ""
    yield Finding(
        f"{quote(found)} is HTML for {meaning} and is shown as it is in plain text{more}",
        help=way_out + (", and do the same for the others" if count > 1 else ""),
        fix=_decode(bound.text),
    )


def _decode(text: str) -> ProposedFix | None:
    """Write the characters; safe unless they are a piece of HTML, which may be what is shown."""
    decoded = _ENTITY.sub(lambda match: _character(match[0]), text)
    if find_entity(decoded) or not decoded.strip():
        return None
    is_safe = _MARKUP.isdisjoint(decoded)
    return ProposedFix("write the characters", (ReplaceScalar((), decoded),), is_safe=is_safe)


def _character(entity: str) -> str:
    """What to write for an entity; what cannot be seen is left out."""
    character = decode_entities(entity)
    if character.isspace():
        return " "
    return character if character.isprintable() else ""
