"""A term of a vocabulary that no seed uses.

## What it does
Reports an entry of the file of a vocabulary that no seed of the run has as a value. It has to be
asked for, with `x-seedlint: {"vocabulary": {"file": …, "unused": true}}`, and counts only in runs
over all seeds. The finding is in the file of the vocabulary.

## Why it matters
A topic without an article has an empty page, and a long list of topics makes people add one more
instead of looking for theirs.

## Examples
The file `topics.yaml` beside the contract:
```yaml beside topics.yaml
- ferries
- tides
```
```json schema
{"properties": {"topics": {"x-seedlint": {"vocabulary": {"file": "topics.yaml", "unused": true}}}}}
```
```markdown fail
---
topics: [tides]
---
```
```markdown pass
---
topics: [tides, ferries]
---
```

## Options
`unused`: whether terms that no seed uses are reported (false).
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import CrossFile, Finding, quote, rule
from seedlint.severity import Severity


@rule("REF003", on=CrossFile("vocabulary"), severity=Severity.WARNING, since="0.1")
def unused_term(term: str) -> Iterator[Finding]:
    yield Finding(f"no seed uses the term {quote(term)}", help="remove it, if no seed is to use it")
