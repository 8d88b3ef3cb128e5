"""An entry in two parts is one finding, if that finding is reported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checking import lines_and_codes

CONTRACT = {
    "properties": {"t": {"items": {"required": ["a", "b"], "properties": {"a": {}, "b": {}}}}}
}


def codes(folder: Path, yaml: str, **settings: Any) -> list[str]:
    return lines_and_codes(folder, CONTRACT, yaml, **settings)


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
