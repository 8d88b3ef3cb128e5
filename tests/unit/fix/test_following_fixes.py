"""A fix that brings a finding is made if that can be fixed safely at the same time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fixing import fix, make_fixer

AMP = {
    "properties": {"amp": {"x-seedlint": {"url": {"schemes": ["https", "http"]}}}},
    "x-seedlint": {"amp-cache": {"amp": "amp", "cache": "cache"}},
}
CACHE = "https://www-example-com.cdn.ampproject.org/c"
MISSPELT = {
    "properties": {
        "width": {"type": "integer"},
        "kind": {"enum": ["ferry"]},
        "title": {"type": "string"},
    },
    "additionalProperties": False,
}

MADE: dict[str, tuple[Any, str, str]] = {
    "an address and the one that follows from it": (
        AMP,
        f"amp: http://www.example.com/a\ncache: {CACHE}/www.example.com/a # why\n",
        f"amp: https://www.example.com/a\ncache: {CACHE}/s/www.example.com/a # why\n",
    ),
    "a key, and what its value should be": (MISSPELT, 'widht: "12"\n', "width: 12\n"),
}
LEFT: dict[str, tuple[Any, str, str]] = {
    "a value that is a guess": (MISSPELT, "widht: 12 px\n", "it would bring SCH003"),
    "a value without a fix": (MISSPELT, "widht: broad\n", "it would bring SCH003"),
}


def contract(schema: Any, folder: Path) -> Path:
    path = folder / "s.json"
    path.write_text(json.dumps(schema))
    return path


@pytest.mark.parametrize("case", MADE)
def test_both_are_made(case: str, tmp_path: Path) -> None:
    schema, old, new = MADE[case]
    fixer = make_fixer(contract(schema, tmp_path), unsafe=True)
    fixed = fix(fixer, f"---\n{old}---\n")
    assert fixed.new == f"---\n{new}---\n".encode()
    assert sum(count for _, count in fixed.fixed) == 1, "the other was never reported"
    assert not fix(fixer, fixed.new).is_changed


@pytest.mark.parametrize("case", LEFT)
def test_none_is_made(case: str, tmp_path: Path) -> None:
    schema, old, reason = LEFT[case]
    fixed = fix(make_fixer(contract(schema, tmp_path), unsafe=True), f"---\n{old}---\n")
    assert not fixed.is_changed
    assert [each.reason for each in fixed.refused] == [reason]


def test_a_rule_that_is_not_to_fix_does_not(tmp_path: Path) -> None:
    schema, old, _ = MADE["a key, and what its value should be"]
    fixer = make_fixer(contract(schema, tmp_path), unsafe=True, unfixable=("SCH003",))
    assert not fix(fixer, f"---\n{old}---\n").is_changed
