"""Front matter in JSON that is not JSON.

## What it does
Reports the first place where front matter in JSON (`---json`, `;;;`, or a file that begins with
`{`) is not JSON: a comment, single quotes, a key without quotes, a comma too many or one that is
missing, `NaN` or `True`, a number such as `012` or `.5`, a text over several lines, an escape that
JSON does not have or that is half of a character, a bracket that is not closed.

## Why it matters
Site generators read such front matter with a strict reader. Most stop the build; Hexo shows all of
it as text.

## Examples
```markdown fail
---json
{
  "title": "Tides",
}
---
```
```markdown fail
---json
{
  title: 'Tides'
}
---
```
```markdown pass
---json
{
  "title": "Tides"
}
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Finding, rule


@rule("FM011", on=ProblemKind.INVALID_JSON, since="0.1")
def invalid_json(problem: Problem) -> Iterator[Finding]:
    yield Finding(problem.detail, help=problem.advice)
