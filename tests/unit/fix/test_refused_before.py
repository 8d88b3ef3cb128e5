"""What is refused at first may be sound once other fixes have been made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fixing import fix, make_fixer


@pytest.mark.parametrize(
    "seed",
    [
        "---\nrelated: []\nb:\nn: 1\n---\n",
        '---json\n{"related": [], "b": null, "n": 1}\n---\n',
    ],
)
def test_fixing_twice_is_fixing_once(seed: str, tmp_path: Path) -> None:
    contract = tmp_path / "c.json"
    contract.write_text(
        json.dumps(
            {
                "properties": {
                    "n": {"type": "integer"},
                    "b": {"type": "string"},
                    "related": {"type": "array", "items": {}},
                },
                "x-seedlint": {"ordered-keys": {}},
            }
        )
    )
    once = fix(make_fixer(contract, unsafe=True), seed)
    assert once.is_changed
    again = fix(make_fixer(contract, unsafe=True), once.new)
    assert not again.is_changed, (once.new, again.new)
