"""Too many values in one seed.

## What it does
Reports the value that passes `limits.nodes`. The seed is not checked further.

## Why it matters
A bound on values is a bound on time and memory. The bound is set in the configuration; see
`[tool.seedlint.limits]`.

## Examples
A list of sixty thousand numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, rule


@rule("SEED003", on=ProblemKind.TOO_MANY_NODES, since="0.1")
def too_many_nodes(problem: Problem) -> Iterator[Finding]:
    yield Finding(f"more than {problem.limit} values, so the seed was not checked")
