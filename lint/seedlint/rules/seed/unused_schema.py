"""A seed names a schema that is not used.

## What it does
Where the setting `allow-in-file-schema` lets seeds name their schema, reports a `$schema` that
names none: the path does not match the setting, no such file is there, or it is not written as
`$schema: PATH` on a line of its own. The seed is checked against the schema that it would have
without `$schema`.

## Why it matters
The seed was checked, but not as it says. A path with a slip would go unnoticed for as long as the
seed fits the other schema, too.

## Examples
`$schema: ../schemas/nwes.json` where the file is called `news.json`.
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, quote, rule


@rule("SEED009", on=ProblemKind.UNUSED_SCHEMA, since="0.1")
def unused_schema(problem: Problem) -> Iterator[Finding]:
    named = problem.detail
    yield Finding(
        f"`$schema` names no schema that can be used here: {quote(named)}"
        if named
        else "`$schema` is not the path of a schema",
        help="write the path from this file to a schema that `allow-in-file-schema` allows",
    )
