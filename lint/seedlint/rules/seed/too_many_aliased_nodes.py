"""Aliases that unfold into too much.

## What it does
Reports the alias with which the data, every alias replaced by what it refers to, passes
`limits.aliased-nodes` values.

## Why it matters
Ten short lines of aliases can unfold into billions of values ("billion laughs"). The bound is set
in the configuration; see `[tool.seedlint.limits]`.

## Examples
`a: &a [x, x]`, `b: &b [*a, *a]`, `c: &c [*b, *b]` and so on for thirty lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, rule


@rule("SEED004", on=ProblemKind.TOO_MANY_ALIASED_NODES, since="0.1")
def too_many_aliased_nodes(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        f"aliases unfold into more than {problem.limit} values, so the seed was not checked"
    )
