"""An entry in two parts is one finding, if that finding is reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from seedlint.check import Checker
from seedlint.schema.load import load_schema
from seedlint.settings import Settings

CONTRACT = {
    "properties": {"t": {"items": {"required": ["a", "b"], "properties": {"a": {}, "b": {}}}}}
}


def codes(folder: Path, yaml: str, **settings: object) -> list[str]:
    path = folder / "s.json"
    path.write_text(json.dumps(CONTRACT), "utf-8")
    checker = Checker(load_schema(path), Settings(schema=path, **settings))  # type: ignore[arg-type]
    document = checker.read("s.md", f"---\n{yaml}\n---\n".encode())
    found = checker.check(document).diagnostics
    return [f"{each.region.start.line} {each.code}" for each in found]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("t:\n- a: 1\n- b: 2", ["4 SCH001"]),
        ("t:\n- a: 1\n- b: 2\n- a: 1\n- b: 2", ["4 SCH001", "6 SCH001"]),
        # Entries that say the same, or lack the same, are entries of their own.
        ("t:\n- a: 1\n- a: 2", ["3 SCH001", "4 SCH001"]),
        ("t:\n- a: 1\n- c: 2", ["3 SCH001", "4 SCH001", "4 SCH001"]),
        ("t:\n- a: 1\n- a: 1\n  b: 2\n- b: 2", ["3 SCH001", "6 SCH001"]),
        ("t:\n- a: 1\n- b: 2 # seedlint: ignore[SCH001] later", ["3 SCH001"]),
    ],
)
def test_folded(tmp_path: Path, yaml: str, expected: list[str]) -> None:
    assert codes(tmp_path, yaml) == expected
