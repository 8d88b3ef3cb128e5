"""Which of two entries is removed: no fix loses more than it has to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fixing import fix, make_fixer

CONTRACT = {
    "properties": {
        "r": {"x-seedlint": {"unique-by": {"links": ["url"], "titles": ["title"]}}},
    }
}
CASES = {
    # What is there, what safe fixes make of it, and what unsafe ones do.
    "the same": (
        "r:\n  - title: a\n    n: 1\n  - title: a\n    n: 1\n",
        "r:\n  - title: a\n    n: 1\n",
        "r:\n  - title: a\n    n: 1\n",
    ),
    "the first says less": (
        "r:\n  - title: a\n  - title: a\n    n: 1\n",
        None,
        "r:\n  - title: a\n    n: 1\n",
    ),
    "the later says less": (
        "r:\n  - title: a\n    n: 1\n  - title: a\n",
        None,
        "r:\n  - title: a\n    n: 1\n",
    ),
    "each says something": (
        "r:\n  - title: a\n    n: 1\n  - title: a\n    n: 2\n",
        None,
        "r:\n  - title: a\n    n: 1\n",
    ),
    "three": (
        "r:\n  - title: a\n  - title: a\n    n: 1\n  - title: a\n    n: 1\n",
        None,
        "r:\n  - title: a\n    n: 1\n",
    ),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_entries(case: str, unsafe: bool, tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text(json.dumps(CONTRACT))
    text, *wanted = CASES[case]
    fixer = make_fixer(path, unsafe=unsafe)
    fixed = fix(fixer, f"---\n{text}---\n")
    assert fixed.new == f"---\n{wanted[unsafe] or text}---\n".encode()
    assert not fix(fixer, fixed.new).is_changed
