"""Begins a rule: `python tools/new_rule.py url tracking-parameter`.

Writes one module with the next free code of the family, an example that fails and one that passes.
Fill it in, then run `python tools/docs.py --write` and the tests.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import seedlint
from rule_index import INDEX, index_source
from seedlint import rules
from seedlint.rules import all_rules, find_binding
from seedlint.rules.base import Rule

_TEMPLATE = '''"""{title}.

## What it does
Reports …

## Why it matters
…

## Examples
```json schema
{{"properties": {{"value": {{"x-seedlint": {{"{binding}": {{}}}}}}}}}}
```
```markdown fail
---
value: {value}
---
```
```markdown pass
---
value: "…"
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.base import Finding, rule
from {package} import {constant}


@rule("{code}", on={constant}, since="{since}")
def {function}(subject: object) -> Iterator[Finding]:
    if "TODO" in str(subject):
        yield Finding("…")
'''


def new_rule(family: str, name: str, folder: Path) -> Path:
    """Write the module of a new rule into `folder`; the family must bind to fields.

    Raises ValueError for a family without bindings, a bad name or one that is taken.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise ValueError(f"not a rule name: {name}")
    if any(rule.name == name for rule in all_rules().values()):
        raise ValueError(f"there is a rule {name} already")
    relatives = [rule for rule in all_rules().values() if _family_of(rule) == family]
    bound = [rule.on.names[0] for rule in relatives if rule.on.kind == "binding"]
    if not bound:
        raise ValueError(f"no family {family} with a binding")
    binding = find_binding(bound[0])
    assert binding is not None
    package = sys.modules[f"{rules.__name__}.{family}"]
    constant = next(key for key, value in vars(package).items() if value is binding)
    last = relatives[-1].code
    letters = last.rstrip("0123456789")
    code = f"{letters}{int(last[len(letters) :]) + 1:03}"
    path = folder / f"{name.replace('-', '_')}.py"
    path.write_text(
        _TEMPLATE.format(
            title=name.replace("-", " ").capitalize(),
            binding=binding.name,
            value='"https://example.com/TODO"' if binding.applies_to is str else "TODO",
            package=package.__name__,
            constant=constant,
            code=code,
            function=path.stem,
            since=".".join(seedlint.__version__.split(".")[:2]),
        ),
        "utf-8",
    )
    return path


def _family_of(rule: Rule) -> str:
    return rule.module.split(".")[-2]


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    home = Path(str(rules.__file__)).parent / sys.argv[1]
    try:
        print(new_rule(sys.argv[1], sys.argv[2], home))
    except ValueError as error:
        sys.exit(str(error))
    INDEX.write_text(index_source(), "utf-8", newline="\n")
