"""Comments to seedlint that suppress nothing, rewritten as its author meant them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fixing import fix, make_fixer
from seedlint.fix.fixer import FixedFile

REWRITTEN = {
    "# seedlint: ignore SCH003": "# seedlint: ignore[SCH003]",
    "# seedlint: ignore SCH003, SCH004: a name": "# seedlint: ignore[SCH003, SCH004]: a name",
    "# seedlint: ignore wrong-type because": "# seedlint: ignore[wrong-type] because",
    "# seedlint: disable[SCH003] a name": "# seedlint: ignore[SCH003] a name",
    "# SEEDLINT: Ignore[SCH003]": "# seedlint: ignore[SCH003]",
    "# seedlint ignore[SCH003]": "# seedlint: ignore[SCH003]",
    "# seedlint-disable SCH003 -- a name": "# seedlint: ignore[SCH003] -- a name",
    "# seedlint: ignore-this-file[SCH]": "# seedlint: ignore-file[SCH]",
}
LEFT = (
    "# seedlint: ignore",
    "# seedlint: ignore because",
    "# seedlint: ignore[ALL]",
    "# seedlint: ignore ALL",
    "# seedlint: disable[SCH003, E501]",
    "# seedlint: enable[SCH003]",
    "# seedlint: ignore[]",
)


def fixed_with(comment: str, folder: Path, *, unsafe: bool = True) -> FixedFile:
    contract = folder / "s.json"
    contract.write_text(json.dumps({"properties": {"n": {"type": "number", "enum": [1]}}}))
    fixer = make_fixer(contract, unsafe=unsafe, fixable=("SUP003", "SUP004"))
    return fix(fixer, f"---\nn: a {comment}\nk: 1\n---\n")


@pytest.mark.parametrize("comment", REWRITTEN)
def test_it_is_rewritten(comment: str, tmp_path: Path) -> None:
    fixed = fixed_with(comment, tmp_path)
    wanted = REWRITTEN[comment]
    assert fixed.new == f"---\nn: a {wanted}\nk: 1\n---\n".encode()


@pytest.mark.parametrize("comment", LEFT)
def test_it_is_left(comment: str, tmp_path: Path) -> None:
    fixed = fixed_with(comment, tmp_path)
    assert not fixed.is_changed
    assert not fixed.refused


def test_it_hides_a_finding_only_on_request(tmp_path: Path) -> None:
    assert not fixed_with("# seedlint: ignore SCH003", tmp_path, unsafe=False).is_changed


def test_one_that_would_suppress_nothing_stays(tmp_path: Path) -> None:
    fixed = fixed_with("# seedlint: ignore SCH005", tmp_path)
    assert [each.reason for each in fixed.refused] == ["it would bring SUP001"]
