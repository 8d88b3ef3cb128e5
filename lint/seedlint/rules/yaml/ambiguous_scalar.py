"""A value that YAML readers read differently.

## What it does
Reports values without quotes that are one thing to seedlint (YAML 1.2) and another to readers of
YAML 1.1, and says who reads what. This was measured with PyYAML 6, js-yaml 3 and 4 and `yaml` 2:

| value | read as |
|---|---|
| `yes`, `no`, `on`, `off` | true or false by PyYAML, text by js-yaml |
| `012` | ten by PyYAML and js-yaml 3 (octal), twelve by js-yaml 4 |
| `08`, `0o17` | text by PyYAML and js-yaml 3, a number by js-yaml 4 |
| `08.5` | text by js-yaml 3, a number by PyYAML and js-yaml 4 |
| `0b11` | a number by PyYAML and js-yaml, text by `yaml` |
| `1_000` | a number by PyYAML, text by js-yaml 4 |
| `12:30` | 750 (in base 60) by PyYAML and js-yaml 3, text by js-yaml 4 |
| `08:30` | a number by Psych, the reader of Ruby, text by PyYAML and js-yaml |
| `1e3` | text by PyYAML, a number by js-yaml |
| `-.5` | text by PyYAML and js-yaml, a number by `yaml` |
| `=`, `<<` | an error to PyYAML, text to js-yaml |

PyYAML is the reader of Python tools such as Pelican and MkDocs, js-yaml 3 that of gray-matter and
Eleventy, Psych that of Ruby.

With the setting `target`, only what that site generator reads otherwise is reported, and the
message says what it makes of the value: [target](../configuration.md#target).

## Why it matters
The same line is true on one site and text on another, or twelve here and ten there.

## Examples
```markdown fail
---
answer: yes
---
```
```markdown pass
---
answer: "yes"
---
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind, Reading
from seedlint.document.scalars import resolve_plain
from seedlint.fix.operation import ProposedFix
from seedlint.fix.scalars import write_scalar
from seedlint.rules.base import Finding, quote, rule
from seedlint.severity import Severity
from seedlint.text.edit import Edit
from seedlint.text.quotes import quoted

_QUOTE_IT = "put it in quotes"
_IN_QUOTES = "put it in quotes if it is text"
_PLAIN_NUMBER = f"{_IN_QUOTES}; write a plain number otherwise"
_ZERO_BEFORE = f"{_IN_QUOTES}; otherwise write the number without the zero before it"

# What each form is to whom, and the way out; the first that fits a value counts.
_FORMS = tuple(
    (re.compile(pattern), reading, way_out)
    for pattern, reading, way_out in (
        (
            r"[yY].*|[oO][nN]",
            "true to PyYAML, and text to js-yaml",
            f"{_IN_QUOTES}; write `true` otherwise",
        ),
        (
            r"[nNoO].*",
            "false to PyYAML, and text to js-yaml",
            f"{_IN_QUOTES}; write `false` otherwise",
        ),
        (r"=|<<", "text to js-yaml, and an error to PyYAML", _QUOTE_IT),
        (
            r"[-+]?0[0-7]+",
            "an octal number to PyYAML and js-yaml 3, and a decimal one to js-yaml 4",
            _ZERO_BEFORE,
        ),
        (
            r"[-+]?0[0-9]+",
            "text to PyYAML and js-yaml 3, and a number to js-yaml 4",
            _ZERO_BEFORE,
        ),
        (r"0o.*", "text to PyYAML and js-yaml 3, and a number to js-yaml 4", _PLAIN_NUMBER),
        (r"[-+]?0b[01]+", "a number to PyYAML and js-yaml, and text to `yaml`", _PLAIN_NUMBER),
        (
            r"[-+]?0[0-9_]*:[0-9:]*",
            "a number in base 60 to Psych, and text to PyYAML and js-yaml",
            _QUOTE_IT,
        ),
        (
            r".*:.*",
            "a number in base 60 to PyYAML and js-yaml 3, and text to js-yaml 4",
            _QUOTE_IT,
        ),
        (
            r"[-+]?0[0-9]+\.[0-9]*(?:[eE][-+].*)?",
            "text to js-yaml 3, and a number to PyYAML and js-yaml 4",
            _ZERO_BEFORE,
        ),
        (
            r"[-+]?0[0-9]+[.eE].*",
            "text to PyYAML and js-yaml 3, and a number to js-yaml 4",
            _ZERO_BEFORE,
        ),
        (r".*_.*", "a number to PyYAML, and text to js-yaml 4", _PLAIN_NUMBER),
        (
            r"[-+]\..*",
            "text to PyYAML and js-yaml, and a number to `yaml`",
            f"{_IN_QUOTES}; otherwise write a zero before the point, as in `-0.5`",
        ),
        (
            r".*[eE].*",
            "text to PyYAML, and a number to js-yaml",
            f"{_IN_QUOTES}; otherwise write the number without `e`",
        ),
    )
)


@rule(
    "YML018",
    on=ProblemKind.AMBIGUOUS_SCALAR,
    severity=Severity.WARNING,
    fixable="sometimes",
    since="0.1",
)
def ambiguous_scalar(problem: Problem) -> Iterator[Finding]:
    for form, reading, way_out in (*_of_target(problem), *_FORMS):
        if form.fullmatch(problem.detail):
            if problem.refused is Reading.TEXT:
                way_out = way_out.removeprefix(f"{_IN_QUOTES}; ").removeprefix("otherwise ")
                way_out = way_out.removesuffix(" otherwise")
            elif problem.refused is Reading.OTHER:
                way_out = _QUOTE_IT
            fix = _fix(problem, is_one_way=way_out == _QUOTE_IT)
            yield Finding(f"{quote(problem.detail)} is {reading}", help=way_out, fix=fix)
            return


def _of_target(problem: Problem) -> Iterator[tuple[re.Pattern[str], str, str]]:
    """What the value is to the target of the settings, if there is one."""
    if problem.advice:
        instead = f"{_IN_QUOTES}; otherwise write `{problem.proposal}`"
        way_out = instead if problem.proposal else _QUOTE_IT
        yield re.compile(".*", re.DOTALL), problem.advice, way_out


def _fix(problem: Problem, *, is_one_way: bool) -> ProposedFix | None:
    """Quotes, if it is text to seedlint or to the contract: a guess where there is another way.

    Where the contract refuses text, the number that it is to seedlint, which another reader may
    have meant otherwise.
    """
    value = resolve_plain(problem.detail, len(problem.detail))[0]
    is_text = isinstance(value, str)
    start, end = problem.span
    if end - start != len(problem.detail):
        return None
    if problem.refused is Reading.TEXT:
        number = write_scalar(value) if isinstance(value, (int, float)) else None
        if number is None:
            return None
        edits = (Edit(start, end, number),)
        return ProposedFix(f"write `{number}`", edits=edits, is_safe=False)
    if not is_text and problem.refused is not Reading.OTHER:
        return None
    edits = (Edit(start, end, quoted(problem.detail)),)
    return ProposedFix(_QUOTE_IT, edits=edits, is_safe=is_one_way)
