"""A seed that no collection takes.

## What it does
Reports a seed when there are collections and no pattern in `files` of any of them matches it. The
seed is not checked.

## Why it matters
Which schema a seed must follow is the collection's to say. A seed in a folder that was renamed, or
that nobody has thought of, would pass unchecked.

## Examples
A seed `letters/june.md` where the collections are about `news/**/*.md` and `videos/**/*.md`. With
`unmatched = "ignore"` in the configuration such seeds are left alone, and a note counts them.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, rule
from seedlint.severity import Severity


@rule("SEED008", on=ProblemKind.UNMATCHED, severity=Severity.WARNING, since="0.1")
def unmatched_seed(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        "no collection takes this seed, so it was not checked",
        help="add a pattern that matches its path to `files` of a collection",
    )
