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

## Fix safety
Safe if the two differ in case, accents, hyphens and blanks only, and no third spelling is usual.
Otherwise it is unsafe, because they may be two terms after all. So is taking a term out of a list
that has both.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.fix.operation import ProposedFix, RemoveItem, ReplaceScalar
from seedlint.rules.base import CrossFile, Finding, count, quote, rule
from seedlint.rules.corpus import RareSpelling
from seedlint.severity import Severity


@rule(
    "DUP003",
    on=CrossFile("spelling"),
    severity=Severity.WARNING,
    fixable="sometimes",
    since="0.1",
)
def rare_spelling(term: RareSpelling) -> Iterator[Finding]:
    most, few = count(term.usual_seeds, "seed"), count(term.seeds, "seed")
    if term.is_listed:
        advice = "take it out, because the list has both"
        fix = ProposedFix("take the term out", (RemoveItem(term.pointer),), is_safe=False)
    else:
        advice = f"write {quote(term.usual)}"
        write = ReplaceScalar(term.pointer, term.usual)
        fix = ProposedFix(advice, (write,), is_safe=term.is_sure)
    yield Finding(
        f"{quote(term.text)} is in {few}, and {quote(term.usual)} in {most}",
        term.pointer,
        help=advice,
        subject=term.text,
        fix=fix,
    )
