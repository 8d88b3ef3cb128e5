"""An entry of `ignore-at` that leaves nothing out.

## What it does
Reports each rule that the setting `ignore-at` names for a place where the rule finds nothing in any
seed. It points at the rule in the configuration. It is found only in a run over everything, so not
with paths, `--collection` or `--staged`, and not while a seed cannot be checked or the rule is off.

An entry at the top level does not count in collections that have an `ignore-at` of their own.

## Why it matters
The defect was mended, or the pattern has a slip and leads nowhere. The next defect there would be
hidden.

## Examples
`"/related/*/weburl" = ["URL012"]` where the key is called `webUrl`.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, quote, rule
from seedlint.severity import Severity


@rule("SUP005", on=ProblemKind.UNUSED_IGNORE_AT, severity=Severity.WARNING, since="0.1")
def unused_ignore_at(problem: Problem) -> Iterator[Finding]:
    yield Finding(
        f"this entry of `ignore-at` leaves nothing out: it answers no finding of "
        f"{quote(problem.detail)} at {quote(problem.proposal, 80)}",
        help="remove it",
    )
