"""Seeds with their fixes made, without the command."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from seedlint.check import Checker
from seedlint.discover import Target
from seedlint.fix.fixer import FixedFile, Fixer
from seedlint.run import open_schema
from seedlint.settings import Settings


def make_fixer(contract: Path | None = None, *, unsafe: bool = False, **settings: Any) -> Fixer:
    """What makes fixes under a contract, the article contract by default."""
    chosen = Settings(schema=contract, **settings)
    return Fixer(Checker(open_schema(chosen), chosen), unsafe=unsafe)


def fix(fixer: Fixer, data: bytes | str) -> FixedFile:
    """What comes of the fixes of a seed."""
    return fixer.fix(Target("s.md", "s.md", data.encode() if isinstance(data, str) else data))
