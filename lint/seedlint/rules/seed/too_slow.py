"""Checking the file took too long.

## What it does
Reports a file that was given up after `limits.seconds` of work (CPU time). A pause of the process
or a busy machine does not count.

## Why it matters
A file, or a pattern of the contract together with a file, can be made to run for hours. The bound
is set in the configuration; see `[tool.seedlint.limits]`.

## Examples
A contract with the pattern `^(a+)+$`, and a text of forty letters a and a `!`.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, rule


@rule("SEED006", on=ProblemKind.TOO_SLOW, transient=True, since="0.1")
def too_slow(problem: Problem) -> Iterator[Finding]:
    yield Finding(f"not checked within {problem.limit} s, so it was given up")
