"""An entry with the title of an earlier entry of the list.

## What it does
Warns of each entry whose title is that of an earlier one. Case, punctuation and blanks make no
difference. An entry that has the link of that one, too, is reported once, for its link.

## Why it matters
It is the same article under two addresses, as a rule: syndicated, moved or listed with tracking
parameters. Two different articles do sometimes share a headline, hence a warning.

## Examples
```json schema
{"properties": {"related": {"x-seedlint": {"unique-by": {"titles": ["title"]}}}}}
```
```markdown fail
---
related:
  - title: "Ferry sails again"
    webUrl: "https://example.com/a"
  - title: "Ferry sails again!"
    webUrl: "https://example.com/b"
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
`titles` of the binding `unique-by`: the keys that hold a title.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, Related, quote, rule
from seedlint.rules.related import UNIQUE_BY
from seedlint.rules.related.normalization import normalize_title
from seedlint.rules.related.subject import Entries, find_repetitions, remove_repetition
from seedlint.severity import Severity


@rule(
    "REL002", on=UNIQUE_BY, severity=Severity.WARNING, spared=True, fixable="sometimes", since="0.1"
)
def repeated_title(entries: Entries) -> Iterator[Finding]:
    for found in find_repetitions(entries.values, entries.titles, normalize_title):
        yield Finding(
            f"the title {quote(found.text)} is in the list already",
            pointer=(found.at, found.key),
            help="keep one of the two entries, unless they are different articles",
            related=(Related((found.first, found.key), "first listed here"),),
            defect=(found.first, found.at),
            fix=remove_repetition(entries, found),
        )
