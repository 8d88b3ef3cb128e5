"""An address where a local file has to be.

## What it does
Reports an address such as `https://example.com/a.jpg` where the contract says that only local files
will do, with `x-seedlint: {"file": {"roots": [...], "remote": "refuse"}}`.

## Why it matters
What is on somebody else's server may change or go, and whoever runs it learns who reads the page.

## Examples
```json schema
{"properties": {"image": {"x-seedlint": {"file": {"roots": ["static"], "remote": "refuse"}}}}}
```
```markdown fail
---
image: https://example.com/harbour.jpg
---
```
```text beside static/harbour.jpg
(a picture)
```
```markdown pass
---
image: /harbour.jpg
---
```

## Options
`remote`: `allow` (the default) or `refuse`.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, quote, rule
from seedlint.rules.reference import FILE
from seedlint.rules.reference.local_files import is_address
from seedlint.rules.reference.subject import NamedFile


@rule("REF005", on=FILE, spared=True, since="0.1")
def remote_file(file: NamedFile) -> Iterator[Finding]:
    if file.must_be_local and is_address(file.text):
        yield Finding(
            f"{quote(file.text)} is an address, and the file has to be a local one",
            help=f"add the file to {file.roots.shown}, and write its path there",
        )
