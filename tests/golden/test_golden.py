"""Every broken seed gives the findings written beside it; every clean one gives none.

`SEEDLINT_UPDATE=1 pytest tests/golden` writes the `.out` files; read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from command import seedlint
from paths import GOLDEN, SEEDS

BROKEN = sorted((GOLDEN / "err").glob("*.md"))


def report(path: Path) -> tuple[str, int]:
    result = seedlint(
        "check", "--isolated", "--output-format", "concise", "--quiet", path.name, cwd=path.parent
    )
    return result.out, result.code


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_broken_seed(path: Path) -> None:
    out, code = report(path)
    expected = path.with_suffix(".out")
    if os.environ.get("SEEDLINT_UPDATE"):
        expected.write_text(out, "utf-8")
    assert out, "a seed under err/ must have a finding"
    assert out == expected.read_text("utf-8")
    assert code in (0, 1)


def test_every_expectation_has_its_seed() -> None:
    assert {path.stem for path in (GOLDEN / "err").glob("*.out")} == {p.stem for p in BROKEN}


def test_the_seeds_are_clean() -> None:
    result = seedlint("check", "--isolated", "--fail-on", "warning", SEEDS)
    assert (result.code, result.out) == (0, "")
    assert "OK: " in result.err
