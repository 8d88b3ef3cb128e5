"""The file or its front matter is too large.

## What it does
Reports a file over `limits.file-bytes` without a closing fence before, or front matter over
`limits.front-matter-bytes` characters. It is not read further.

## Why it matters
A bound on size is a bound on time and memory. The bound is set in the configuration; see
`[tool.seedlint.limits]`.

## Examples
A seed with 300 kB of front matter.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, rule


@rule("SEED001", on=ProblemKind.TOO_LARGE, since="0.1")
def too_large(problem: Problem) -> Iterator[Finding]:
    yield Finding(f"{problem.detail} is larger than {problem.limit:,} bytes, so it was not checked")
