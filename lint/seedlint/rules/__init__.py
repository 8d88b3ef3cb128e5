"""The rules, one module each, in a folder per family, and their discovery."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from seedlint.rules.base import Rule


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by its code, in order of code.

    Raises ValueError when two modules claim one code or one name.
    """
    rules: dict[str, Rule] = {}
    names: dict[str, str] = {}
    for family in pkgutil.iter_modules(__path__, __name__ + "."):
        if not family.ispkg:
            continue
        package = importlib.import_module(family.name)
        for info in pkgutil.iter_modules(package.__path__, family.name + "."):
            module = importlib.import_module(info.name)
            for found in vars(module).values():
                if not isinstance(found, Rule):
                    continue
                if found.code in rules or found.name in names:
                    raise ValueError(f"{info.name}: code or name is taken: {found}")
                rules[found.code] = found
                names[found.name] = found.code
    return dict(sorted(rules.items()))
