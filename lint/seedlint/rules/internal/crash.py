"""seedlint failed on this file.

## What it does
Reports a file on which seedlint itself failed. The other files are checked; the run ends with
exit code 2.

## Why it matters
The file was not checked, which must not look like a clean result. Please report it with the file.

## Examples
There is none that we know of.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, rule


@rule("INT001", on=ProblemKind.CRASH, transient=True, since="0.1")
def crash(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        f"seedlint failed on this file: {problem.detail}",
        help="please report this as a bug, with the file",
    )
