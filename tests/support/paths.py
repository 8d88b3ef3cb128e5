"""Where tests find this repository and the material beside it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
CONTRACT = ROOT / "schemas" / "article.schema.json"
GOLDEN = ROOT / "tests" / "golden"
SHARED = Path(os.environ.get("SEEDLINT_SHARED", ROOT.parent / "shared"))
CORPUS = SHARED / "corpus"
ORACLES = SHARED / "oracles"


def needs(path: Path) -> pytest.MarkDecorator:
    """Skip, aloud, where other people's material is not at hand."""
    return pytest.mark.skipif(not path.exists(), reason=f"{path.name}: not on this machine")


def seeds_in(*folders: Path) -> Iterator[bytes]:
    """The bytes of all seeds in some folders, in order."""
    for folder in folders:
        for path in sorted(folder.rglob("*.md")):
            yield path.read_bytes()


def copy_checkout(target: Path) -> None:
    """Copy this checkout, as it is now, to a folder that does not exist yet."""
    ignored = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, target, ignore=ignored)
