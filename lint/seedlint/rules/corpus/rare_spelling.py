"""A term that other seeds spell otherwise.

## What it does
Warns of a term, such as a topic, that at least five times as many seeds spell otherwise, and
proposes their spelling. Two spellings of one term differ in

- case, accents, hyphens or blanks: `Web Design`, `webdesign`;
- a plural: `Power App`, `Power Apps`, but not `New`, `News`, which is a short word alone;
- one letter, or two neighbours, inside a word of eight letters or more: `Sorceror`, `Sorcerer`.

Numbers must be the same: `Part 2` is not `Part 3`. In scripts without capitals each sign counts.

## Why it matters
A term in two spellings is two terms: the page of each lists a part of the articles.

## Examples
```json schema
{"x-seedlint": {"unique-across": {"spellings": ["topics"]}}}
```
```markdown other
---
topics: [Lighthouses]
---
```
```markdown other
---
topics: [Lighthouses]
---
```
```markdown other
---
topics: [Lighthouses]
---
```
```markdown other
---
topics: [Lighthouses]
---
```
```markdown other
---
topics: [Lighthouses]
---
```
```markdown fail
---
topics: [Tides, lighthouse]
---
```
```markdown pass
---
topics: [Tides, Lighthouses]
---
```

## Options
- `spellings`: keys that hold a term, or a list of terms.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import CrossFile, Finding, count, quote, rule
from seedlint.rules.corpus import RareSpelling
from seedlint.severity import Severity


@rule("DUP003", on=CrossFile("spelling"), severity=Severity.WARNING, since="0.1")
def rare_spelling(term: RareSpelling) -> Iterator[Finding]:
    most, few = count(term.usual_seeds, "seed"), count(term.seeds, "seed")
    yield Finding(
        f"{quote(term.text)} is in {few}, and {quote(term.usual)} in {most}",
        term.pointer,
        help=f"write {quote(term.usual)}",
    )
