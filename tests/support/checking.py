"""One seed checked under one contract, without the command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from seedlint.check import Checker
from seedlint.diagnostic import Diagnostic
from seedlint.schema.load import load_schema
from seedlint.settings import Settings


def found_in(folder: Path, contract: Any, yaml: str, **settings: Any) -> tuple[Diagnostic, ...]:
    """What is found in front matter; `folder` is for the contract."""
    path = folder / "s.json"
    path.write_text(json.dumps(contract), "utf-8")
    checker = Checker(load_schema(path), Settings(schema=path, **settings))
    document = checker.read("s.md", f"---\n{yaml}\n---\n".encode())
    return checker.check(document).diagnostics


def lines_and_codes(folder: Path, contract: Any, yaml: str, **settings: Any) -> list[str]:
    """The same as `line CODE` of each finding."""
    found = found_in(folder, contract, yaml, **settings)
    return [f"{each.region.start.line} {each.code}" for each in found]
