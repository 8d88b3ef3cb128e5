"""An entry that links to the seed it is listed in.

## What it does
Reports each entry whose link is the seed's own under the same key. `http` and `https`, the case of
the host, a default port, the spelling of `%` codes, a slash at the end and the part after `#` make
no difference.

## Why it matters
Readers who want more are led back to what they have just read.

## Examples
```json schema
{"x-seedlint": {"not-self": {"entries": "related", "links": ["webUrl"], "titles": ["title"]}}}
```
```markdown fail
---
title: "Ferry sails again"
webUrl: "https://example.com/a"
related:
  - title: "Boat is back"
    webUrl: "https://example.com/a"
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
`entries` of the binding `not-self`: the key of the list. `links`: the keys that hold a link.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, Related, quote, rule
from seedlint.rules.related import NOT_SELF
from seedlint.rules.related.normalization import normalize_link
from seedlint.rules.related.subject import (
    SeedWithEntries,
    find_self_references,
    remove_self_reference,
)


@rule("REL003", on=NOT_SELF, spared=True, fixable="sometimes", since="0.1")
def related_to_itself(subject: SeedWithEntries) -> Iterator[Finding]:
    for found in find_self_references(subject, subject.links, normalize_link):
        yield Finding(
            f"{quote(found.text)} is the seed itself",
            pointer=(subject.entries_key, found.at, found.key),
            help="take the entry out",
            related=(Related((found.key,), "the seed itself"),),
            defect=("itself", found.at),
            fix=remove_self_reference(subject, found),
        )
