"""A value names a local file that is not there.

## What it does
Reports a text that does not lead to a regular file in one of some folders, with the nearest name if
one is close. The contract binds it with `x-seedlint: {"file": {"roots": [...]}}`, for a text or for
a list of texts.

The text is a path from a root; a slash at its beginning makes no difference. `%` codes are decoded,
query and fragment cut off. Names must be written in the case that they have in the folder. Nothing
outside of the roots is looked at: `..` and links that lead out are reported. An address such as
`https://example.com/a.jpg` is left alone. With `--staged` a file that was never added to git is
not there, because the commit will not have it. Of a seed that names a local file nothing is kept
for the next run.

## Why it matters
The page shows a broken picture. On a computer that ignores case it looks right, and breaks on the
server.

## Examples
The folder `static` has the file `harbour.jpg`:
```text beside static/harbour.jpg
(a picture)
```
```json schema
{"properties": {"image": {"x-seedlint": {"file": {"roots": ["static"]}}}}}
```
```markdown fail
---
image: /Harbour.jpg
---
```
```markdown pass
---
image: /harbour.jpg
---
```
```markdown pass
---
image: https://example.com/harbour.jpg
---
```

## Options
- `roots`: the folders, from that of the configuration or `--root`, which they cannot leave.
- `remote`: `refuse` reports addresses as well (`REF005`).

## Fix safety
If one name differs only in case, it is written as it is in the folder. Any other near name is
unsafe, because two pictures may have names that are alike. So is taking the name of the folder out
of a path, such as `static/` out of `/static/harbour.jpg`.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.fix.operation import ProposedFix, ReplaceScalar
from seedlint.rules.base import Finding, quote, rule, show
from seedlint.rules.reference import FILE
from seedlint.rules.reference.local_files import is_address, propose
from seedlint.rules.reference.subject import NamedFile


@rule("REF004", on=FILE, spared=True, fixable="sometimes", since="0.1")
def missing_file(file: NamedFile) -> Iterator[Finding]:
    if is_address(file.text):
        return
    place = file.roots.find(file.text)
    if place.path is not None:
        return
    where = file.roots.shown
    shown = show(file.text)
    if place.is_not_in_git:
        yield Finding(
            f"the file {shown} in {where} is not in git",
            help="stage the file with `git add`, or write the path of one that is in git",
        )
        return
    is_missing = place.problem is None
    message = f"no file {shown} in {where}" if is_missing else f"{shown} {place.problem} {where}"
    meant = propose(file.text, place, file.roots)
    if meant is None:
        added = (
            "add the file, or write the path of one" if is_missing else "write the path of a file"
        )
        yield Finding(message, help=f"{added} in {where}")
        return
    yield Finding(
        f"{message}; did you mean {quote(meant.text)}?",
        help=f"write {quote(meant.text, 200)}" + (", or add the file" if is_missing else ""),
        fix=ProposedFix(
            f"write {quote(meant.text)}", (ReplaceScalar((), meant.text),), is_safe=meant.is_certain
        ),
    )
