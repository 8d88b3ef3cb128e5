"""An entry with the title of the seed it is listed in.

## What it does
Warns of each entry whose title is the seed's own under the same key. Case, punctuation and blanks
make no difference. An entry that has the seed's link, too, is reported once, for its link.

## Why it matters
It is the same article under another address, as a rule: readers are led back to what they have just
read. Two different articles do sometimes share a headline, hence a warning.

## Examples
```json schema
{"x-seedlint": {"not-self": {"entries": "related", "links": ["webUrl"], "titles": ["title"]}}}
```
```markdown fail
---
title: "Ferry sails again"
webUrl: "https://example.com/a"
related:
  - title: "FERRY sails again"
    webUrl: "https://example.com/b"
  - title: "Harbour dredged"
    webUrl: "https://example.com/c"
---
```
```markdown pass
---
title: "Ferry sails again"
webUrl: "https://example.com/a"
related:
  - title: "Boat is back"
    webUrl: "https://example.com/b"
---
```

## Options
`entries` of the binding `not-self`: the key of the list. `titles`: the keys that hold a title.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, Related, quote, rule
from seedlint.rules.related import NOT_SELF
from seedlint.rules.related.normalization import normalize_title
from seedlint.rules.related.subject import (
    SeedWithEntries,
    find_self_references,
    remove_self_reference,
)
from seedlint.severity import Severity


@rule(
    "REL004", on=NOT_SELF, severity=Severity.WARNING, spared=True, fixable="sometimes", since="0.1"
)
def related_to_itself_by_title(subject: SeedWithEntries) -> Iterator[Finding]:
    for found in find_self_references(subject, subject.titles, normalize_title):
        yield Finding(
            f"{quote(found.text)} is the title of the seed itself",
            pointer=(subject.entries_key, found.at, found.key),
            help="take the entry out, unless it is a different article",
            related=(Related((found.key,), "the seed itself"),),
            defect=("itself", found.at),
            fix=remove_self_reference(subject, found),
        )
