"""Finds the rules and bindings in their folders, and writes down what a run must know of them.

`python tools/rule_index.py` does no more than that; `tools/docs.py` has the pages as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from seedlint import rules
from seedlint.rules.base import Definition, Rule
from seedlint.rules.binding import Binding

INDEX = Path(str(rules.__file__)).with_name("index.py")

_HEAD = '''"""What a run must know of each rule and binding before one is asked.

Generated from the rules by tools/docs.py: edit there.
"""

# ruff: noqa: E501
# fmt: off
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

Kind: TypeAlias = 'Literal["problem", "keyword", "binding", "cross-file", "contract"]'
Fixable: TypeAlias = 'Literal["", "safe", "unsafe", "sometimes"]'

# The fields of `Rule`, in their order.
RULES: tuple[
    tuple[str, str, str, Kind, tuple[str, ...], str, bool, bool, Fixable, str, bool], ...
] = (
'''


def families() -> Iterator[ModuleType]:
    """The packages of rules, in order of name."""
    for found in sorted(iter_modules(rules.__path__), key=lambda found: found.name):
        if found.ispkg:
            yield import_module(f"{rules.__name__}.{found.name}")


def defined_rules() -> dict[str, Rule]:
    """Every rule by its code, in order of code, as the modules define them.

    Raises ValueError when two modules claim one code or one name.
    """
    found: dict[str, Rule] = {}
    for family in families():
        for module in iter_modules(family.__path__, f"{family.__name__}."):
            for value in vars(import_module(module.name)).values():
                if not isinstance(value, Definition):
                    continue
                rule = value.rule
                if rule.code in found or rule.name in {each.name for each in found.values()}:
                    raise ValueError(f"{module.name}: code or name is taken: {rule.code}")
                found[rule.code] = rule
    return dict(sorted(found.items()))


def defined_bindings() -> dict[str, str]:
    """The family of each binding, by the binding's name."""
    return {
        found.name: family.__name__.rpartition(".")[2]
        for family in families()
        for found in vars(family).values()
        if isinstance(found, Binding)
    }


def index_source() -> str:
    """The text of `rules/index.py`."""
    lines: list[str] = []
    for rule in defined_rules().values():
        module = rule.module.removeprefix(f"{rules.__name__}.")
        fields: list[object] = [rule.code, rule.name, rule.severity.value, *rule.on, module]
        fields += [rule.spared, rule.transient, rule.fixable, rule.since, rule.optional]
        lines.append(f"    ({', '.join(map(_literal, fields))}),")
    lines += [")", "", "# The family of each binding.", "BINDINGS = {"]
    lines += [f'    "{name}": "{family}",' for name, family in sorted(defined_bindings().items())]
    return _HEAD + "\n".join([*lines, "}", ""])


def _literal(value: object) -> str:
    if isinstance(value, tuple):
        inner = ", ".join(map(_literal, value))
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    return f'"{value}"' if isinstance(value, str) else repr(value)


def write_index() -> None:
    """Bring `rules/index.py` up to date."""
    INDEX.write_text(index_source(), "utf-8", newline="\n")


if __name__ == "__main__":
    write_index()
