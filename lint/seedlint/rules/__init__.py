"""The rules, one module each, in a folder per family, and their discovery."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from types import ModuleType

from seedlint.rules.base import Binding, Rule


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
    found = pkgutil.iter_modules(__path__, __name__ + ".")
    return tuple(importlib.import_module(info.name) for info in found if info.ispkg)


def _rules_in(family: ModuleType) -> Iterator[Rule]:
    for info in pkgutil.iter_modules(family.__path__, family.__name__ + "."):
        for found in vars(importlib.import_module(info.name)).values():
            if isinstance(found, Rule):
                yield found
