"""YAML that some readers refuse.

## What it does
Reports what seedlint can read and one of the common readers cannot:

- a dash alone in brackets, `[-]`: PyYAML reads the text `-`, js-yaml and `yaml` refuse it;
- a comment glued to what is before it, `"x"#y`: js-yaml and PyYAML accept it, `yaml` refuses it.
  Right after `|` or `>` js-yaml refuses it, too;
- a line of quoted text or of brackets that is not indented deeper than its key: js-yaml and
  PyYAML accept it, `yaml` refuses it;
- an alias as a key without a space before the colon, `*name: x`: PyYAML accepts it, js-yaml and
  `yaml` refuse it.

js-yaml is the reader of gray-matter and Eleventy, PyYAML that of Python tools such as Pelican and
MkDocs; `yaml` is a library of its own for JavaScript. This was measured with js-yaml 3 and 4,
`yaml` 2 and PyYAML 6.

## Why it matters
The seed passes here, and the build of the site fails.

## Examples
```markdown fail
---
topics: [-]
---
```
```markdown pass
---
topics: []
---
```
```markdown fail
---
title: "Tides"# as sent
---
```
```markdown pass
---
title: "Tides" # as sent
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.losses import (
    ALIAS_KEY,
    BLOCK_COMMENT,
    COMMENT,
    DASH,
    UNINDENTED,
)
from seedlint.document.problem import Problem, ProblemKind
from seedlint.fix.operation import ProposedFix
from seedlint.rules.base import Finding, rule
from seedlint.severity import Severity
from seedlint.text.edit import Edit

# The message and the help for each form.
_SAID = {
    DASH: (
        "a dash alone in brackets is text to PyYAML, and an error to js-yaml and `yaml`",
        "put it in quotes if it is text; an empty list is `[]`",
    ),
    COMMENT: (
        "this comment touches what is before it, which js-yaml and PyYAML accept and "
        "`yaml` refuses",
        "put a space before the `#`",
    ),
    BLOCK_COMMENT: (
        "this comment touches what is before it, which js-yaml and `yaml` refuse",
        "put a space before the `#`",
    ),
    UNINDENTED: (
        "this line continues the value above and is not indented deeper than its key, which "
        "js-yaml and PyYAML accept and `yaml` refuses",
        "indent it deeper than the key, and the lines that follow it",
    ),
    ALIAS_KEY: (
        "the alias and its colon touch, which PyYAML accepts and js-yaml and `yaml` refuse",
        "put a space before the colon",
    ),
}


@rule(
    "YML026",
    on=ProblemKind.UNPORTABLE_SYNTAX,
    severity=Severity.WARNING,
    fixable="sometimes",
    since="0.1",
)
def unportable_syntax(problem: Problem) -> Iterator[Finding]:
    message, way_out = _SAID[problem.detail]
    start, end = problem.span
    places = {COMMENT: start, BLOCK_COMMENT: start, ALIAS_KEY: end - 1}
    fix = None
    if (at := places.get(problem.detail)) is not None:
        fix = ProposedFix(way_out, edits=(Edit(at, at, " "),), is_safe=problem.is_safe)
    yield Finding(message, help=way_out, fix=fix)
