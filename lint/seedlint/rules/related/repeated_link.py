"""An entry that links to what an earlier entry of the list links to.

## What it does
Reports each entry whose link is that of an earlier one. `http` and `https`, the case of the host, a
default port, the spelling of `%` codes, a slash at the end and the part after `#` make no
difference. An empty link is nobody's.

## Why it matters
Readers are shown the same thing twice, and something else is not shown.

## Examples
```json schema
{"properties": {"related": {"x-seedlint": {"unique-by": {"links": ["webUrl"]}}}}}
```
```markdown fail
---
related:
  - title: "Ferry sails again"
    webUrl: "https://example.com/a"
  - title: "Boat is back"
    webUrl: "https://example.com/a/"
---
```
```markdown pass
---
related:
  - title: "Ferry sails again"
    webUrl: "https://example.com/a"
  - title: "Boat is back"
    webUrl: "https://example.com/b"
---
```

## Options
`links` of the binding `unique-by`: the keys that hold a link.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, Related, quote, rule
from seedlint.rules.related import UNIQUE_BY
from seedlint.rules.related.normalization import normalize_link
from seedlint.rules.related.subject import Entries, find_repetitions, remove_repetition


@rule("REL001", on=UNIQUE_BY, spared=True, fixable="sometimes", since="0.1")
def repeated_link(entries: Entries) -> Iterator[Finding]:
    for found in find_repetitions(entries.values, entries.links, normalize_link):
        yield Finding(
            f"{quote(found.text)} is in the list already",
            pointer=(found.at, found.key),
            help="keep one of the two entries",
            related=(Related((found.first, found.key), "first listed here"),),
            defect=(found.first, found.at),
            fix=remove_repetition(entries, found),
        )
