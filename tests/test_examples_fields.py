"""The examples of bindings on fields: each folder has a contract, seeds, and what is found in them.

`SEEDLINT_UPDATE=1 pytest tests/test_examples_fields.py` writes `expected.txt`; read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from command import seedlint
from paths import ROOT

FOLDERS = [
    ROOT / "examples" / name
    for name in ("same-site", "not-after", "file-name", "unique-across", "ordered-keys")
]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_example(folder: Path) -> None:
    schema = ("--schema", "contract.schema.json")
    report = ("--isolated", "--no-cache", "--quiet", "--output-format", "concise")
    out = seedlint("check", *report, *schema, ".", cwd=folder).out
    expected = folder / "expected.txt"
    if os.environ.get("SEEDLINT_UPDATE"):
        expected.write_text(out, "utf-8", newline="\n")
    assert out == expected.read_text("utf-8")
    assert out, "an example shows what is found"
    clean = {path.name for path in folder.glob("*.md")} - {
        line.split(":")[0] for line in out.splitlines()
    }
    assert clean, "and what is not"
