"""The rules, one module each, in a folder per family, and their discovery."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from seedlint.rules.binding import Binding

if TYPE_CHECKING:
    from seedlint.rules.base import Rule


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by its code, in order of code.

    Raises ValueError when two modules claim one code or one name.
    """
    rules: dict[str, Rule] = {}
    names: dict[str, str] = {}
    for family in _families():
        for rule in _rules_in(family):
            if rule.code in rules or rule.name in names:
                raise ValueError(f"{family.__name__}: code or name is taken: {rule}")
            rules[rule.code] = rule
            names[rule.name] = rule.code
    return dict(sorted(rules.items()))


@cache
def all_bindings() -> Mapping[str, Binding]:
    """Every binding by its name, without a rule being imported: families declare theirs."""
    return {
        found.name: found
        for family in _families()
        for found in vars(family).values()
        if isinstance(found, Binding)
    }


@cache
def rules_bound_to(name: str) -> tuple[Rule, ...]:
    """The rules on the binding `name`, in order of code; only their own family is imported."""
    binding = all_bindings()[name]
    return tuple(
        rule
        for family in _families()
        if any(found is binding for found in vars(family).values())
        for rule in sorted(_rules_in(family), key=lambda rule: rule.code)
        if rule.on is binding
    )


@cache
def _families() -> tuple[ModuleType, ...]:
    return tuple(map(import_module, _submodules(__name__, __path__, folders=True)))


def _rules_in(family: ModuleType) -> Iterator[Rule]:
    from seedlint.rules.base import Rule

    for name in _submodules(family.__name__, family.__path__, folders=False):
        for found in vars(import_module(name)).values():
            if isinstance(found, Rule):
                yield found


def _submodules(package: str, path: Iterable[str], *, folders: bool) -> list[str]:
    """The packages, or the modules, in a package (`pkgutil` does the same and imports a lot)."""
    names: set[str] = set()
    for folder in path:
        for entry in os.scandir(folder):
            if folders and os.path.isfile(os.path.join(entry.path, "__init__.py")):
                names.add(entry.name)
            elif not folders and entry.name.endswith(".py") and entry.name != "__init__.py":
                names.add(entry.name[:-3])
    return [f"{package}.{name}" for name in sorted(names)]
