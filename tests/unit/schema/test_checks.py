"""Every check of contracts is made, and its room says where it is."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import iter_modules

from seedlint.schema import checks
from seedlint.schema.check import CHECKS
from seedlint.schema.checks.base import Check

MODULES = sorted(module.name for module in iter_modules(checks.__path__))


def test_no_check_is_forgotten() -> None:
    found = {
        each
        for name in MODULES
        for each in vars(import_module(f"{checks.__name__}.{name}")).values()
        if isinstance(each, type) and issubclass(each, Check) and each is not Check
    }
    assert found == set(CHECKS)
    assert len(CHECKS) == len(found)


def test_the_room_lists_its_modules() -> None:
    assert checks.__doc__
    listed = re.findall(r"^\| `(\w+)\.py`", checks.__doc__, re.MULTILINE)
    assert sorted([*listed, "base", "walk"]) == MODULES
