"""Mistakes that a contract sees, each told once and in a way that mends it.

Each file of `alternatives/` has a contract, a seed with one mistake, the one finding it is to have,
and the seed after doing what the help says. That one lints clean.

`SEEDLINT_UPDATE=1 pytest tests/writers/test_alternatives.py` writes the findings; read the
difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from seedlint.check import Checker
from seedlint.schema.load import load_schema
from seedlint.settings import Settings

MISTAKES = sorted(Path(__file__).with_name("alternatives").glob("*.md"))
_BLOCK = re.compile(r"^```(?:json|text|markdown) (\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def findings(contract: str, seed: str, folder: Path) -> list[str]:
    """Each finding of a seed, as place, code, message and help."""
    (folder / "s.json").write_text(contract, "utf-8")
    checker = Checker(load_schema(folder / "s.json", "s.json"), Settings(root=folder))
    result = checker.check(checker.read("seed.md", seed.encode()))
    assert result.validated
    return [
        f"{each.region.start.line}:{each.region.start.column} {each.code} {each.message}\n"
        + (f"help: {each.help}\n" if each.help else "")
        for each in result.diagnostics
    ]


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_one_mistake_one_finding_and_its_help_works(path: Path, tmp_path: Path) -> None:
    text = path.read_text("utf-8")
    blocks = dict(_BLOCK.findall(text))
    found = findings(blocks["contract"], blocks["broken"], tmp_path)
    if os.environ.get("SEEDLINT_UPDATE"):
        before, _, after = text.partition("```text finding\n")
        _, _, after = after.partition("```")
        path.write_text(f"{before}```text finding\n{''.join(found)}```{after}", "utf-8")
    assert found == [blocks["finding"]]
    assert findings(blocks["contract"], blocks["mended"], tmp_path) == []


def test_there_are_mistakes() -> None:
    assert len(MISTAKES) >= 60
