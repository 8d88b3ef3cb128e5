"""Data nested too deeply.

## What it does
Reports the first list or mapping below `limits.depth` levels. The seed is not checked further.

## Why it matters
Deep nesting crashes programs that walk it. The bound is set in the configuration; see
`[tool.seedlint.limits]`.

## Examples
A list in a list in a list, sixty-five times.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, rule


@rule("SEED002", on=ProblemKind.TOO_DEEP, since="0.1")
def too_deep(problem: Problem) -> Iterator[Finding]:
    depth = (
        f"deeper than {problem.limit} levels" if problem.limit else "too deeply for the contract"
    )
    yield Finding(f"nested {depth}, so the seed was not checked")
