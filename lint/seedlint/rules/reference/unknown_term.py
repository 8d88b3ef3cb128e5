"""A value that is not in the vocabulary.

## What it does
Reports a text that is not among the terms of another YAML or JSON file, with the nearest term if
one is close. The contract names the file with `x-seedlint: {"vocabulary": {"file": …}}`, for a text
or for a list of texts.

## Why it matters
A tag with a typing error is a tag of its own: its page has one article, and the page that readers
look at lacks it.

## Examples
The file `topics.yaml` beside the contract:
```yaml beside topics.yaml
topics:
  - politics
  - science
  - weather
```
```json schema
{"properties": {"topics": {
  "x-seedlint": {"vocabulary": {"file": "topics.yaml", "pointer": "/topics"}}}}}
```
```markdown fail
---
topics: [weather, plitics]
---
```
```markdown pass
---
topics: [weather, politics]
---
```

## Options
- `file`: the file, by its path from the schema's folder, which it cannot leave; its name ends in
  `.json`, `.jsonc`, `.yaml` or `.yml`.
- `pointer`: the JSON Pointer of the terms in the file: of a list of texts, a list of mappings, or a
  mapping, whose keys are the terms. Without it, the whole file is the list or the mapping.
- `key`: the key that holds the term in each mapping of a list.
- `unused`: whether terms that no seed uses are reported, by `unused-term` (REF003).

## Fix safety
The nearest term is written if there is one. That is safe where one letter, two swapped ones or
case make all the difference, and no other term is as near.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.advice import write_near
from seedlint.rules.base import ITEMS_IN_A_TEXT, Finding, quote, rule, show
from seedlint.rules.meant import meant_items
from seedlint.rules.reference import VOCABULARY
from seedlint.rules.reference.subject import Term
from seedlint.text.nearest import nearest

# How many terms are listed.
_MOST = 12


@rule("REF001", on=VOCABULARY, spared=True, fixable="sometimes", since="0.1")
def unknown_term(term: Term) -> Iterator[Finding]:
    if term.text in term.terms:
        return
    is_short = len(term.terms) <= _MOST
    listed = ", ".join(map(quote, term.terms)) if is_short else ""
    known = term.lexicon.like(term.text)
    near = nearest(term.text, known)
    if near:
        hint = f"did you mean {quote(near)}?"
    else:
        hint = f"expected {listed}" if is_short else f"see {quote(term.file)}"
    shown = show(term.text)
    if near and is_short:
        way_out = f"terms of {quote(term.file)}: {listed}"
    else:
        written = quote(near) if near else "one of these terms" if is_short else "another term"
        way_out = f"write {written}, or add {shown} to {quote(term.file)}"
    if not term.text:
        way_out = f"write a term that is in {quote(term.file)}"
    items = meant_items(term.text) or ()
    is_list = len(items) > 1 and all(each in term.terms for each in items)
    yield Finding(
        f"{shown} is not in the vocabulary; {hint}",
        help=way_out,
        fix=write_near(term.text, near, known) if near else None,
        defect=ITEMS_IN_A_TEXT if is_list else None,
    )
