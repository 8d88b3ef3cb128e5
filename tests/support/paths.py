"""Where tests find this repository and the material beside it."""

from __future__ import annotations

import os
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
