"""The file is in UTF-16.

## What it does
Reports a file that begins with a UTF-16 byte order mark.

## Why it matters
Site generators read UTF-8; to them the file is noise without front matter.

## Examples
A file that was saved as "Unicode" by an old editor begins with the bytes FF FE.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, rule


@rule("FM007", on=ProblemKind.UTF16, since="0.1")
def utf16(problem: Problem) -> Iterator[Finding]:
    yield Finding("the file is UTF-16, expected UTF-8", help="save the file as UTF-8")
