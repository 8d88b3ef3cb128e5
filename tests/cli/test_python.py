"""`python -m seedlint` and the public functions."""

from __future__ import annotations

import subprocess
import sys

import pytest

import seedlint
from paths import GOLDEN, ROOT


def test_module_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "seedlint", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"seedlint {seedlint.__version__}\n"


def test_lint_text_and_lint_paths_agree() -> None:
    path = GOLDEN / "err" / "enum-typo.md"
    from_text = seedlint.lint_text(path.read_text("utf-8"), filename=str(path))
    assert from_text == seedlint.lint_paths([path])
    (finding,) = from_text
    assert isinstance(finding, seedlint.Diagnostic)
    assert (finding.code, finding.region.start.line, finding.pointer) == ("SCH004", 8, "/type")


def test_lint_text_takes_a_contract() -> None:
    schema = ROOT / "schemas" / "config.schema.json"
    (finding,) = seedlint.lint_text("---\nselekt: [ALL]\n---\n", schema=schema)
    assert finding.message == "unknown key `selekt`; did you mean `select`?"


def test_unknown_attribute() -> None:
    with pytest.raises(AttributeError):
        _ = seedlint.no_such_thing
