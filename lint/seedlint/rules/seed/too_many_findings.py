"""More findings than one report should show.

## What it does
Reports how many findings of a file were left out beyond `limits.findings`.

## Why it matters
A thousand lines about one file hide the one about the next. The bound is set in the
configuration; see `[tool.seedlint.limits]`.

## Examples
A seed whose every related entry has the same three slips.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, rule


@rule("SEED005", on=ProblemKind.TOO_MANY_FINDINGS, since="0.1")
def too_many_findings(problem: Problem) -> Iterator[Finding]:
    yield Finding(f"{problem.limit} more findings in this file are not shown")
