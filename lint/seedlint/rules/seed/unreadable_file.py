"""A file that cannot be read.

## What it does
Reports a file that is there and cannot be read: no permission, no regular file, a link that was
not followed. Also a file that changed or vanished before it was compared with other seeds, or that
should have been compared with such a seed.

## Why it matters
An unread file is an unchecked file; a green result must not include it.

## Examples
A named pipe called `story.md`.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, rule


@rule("SEED007", on=ProblemKind.UNREADABLE, transient=True, since="0.1")
def unreadable_file(problem: Problem) -> Iterator[Finding]:
    yield Finding(f"cannot be checked: {problem.detail}")
