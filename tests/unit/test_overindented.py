"""Keys that are indented too far are one finding, where moving them left is known to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from checking import found_in, lines_and_codes

PROVIDER = {"properties": {"name": {}, "domain": {}}, "additionalProperties": False}
CONTRACT = {
    "required": ["provider", "heat"],
    "properties": {"provider": PROVIDER, "heat": {}, "title": {}},
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("provider:\n  name: a\n  heat: 1", ["4 SCH002"]),
        ("provider:\n  name: a\n  heat: 1\r\n  title: T", ["4 SCH002"]),
        ("provider:\n    name: a\n    heat: |\n      b\n\n      c\ntitle: T", ["4 SCH002"]),
        # What follows it is in place, or nothing is.
        ("provider:\n  heat: 1\n  name: a", ["1 SCH001", "3 SCH002"]),
        ("provider:\n  heat: 1", ["1 SCH001", "3 SCH002"]),
        # It is around the mapping already, or unknown there, too.
        ("provider:\n  name: a\n  heat: 1\nheat: 2", ["4 SCH002"]),
        ("provider:\n  name: a\n  rank: 1\nheat: 2", ["4 SCH002"]),
        # YAML does not care about lines in braces.
        ("provider: {name: a,\n  heat: 1}", ["1 SCH001", "3 SCH002"]),
        ("x: &a {name: a, heat: 1}\nprovider: *a", ["1 SCH001", "2 SCH002", "3 SCH002"]),
    ],
)
def test_folded(tmp_path: Path, yaml: str, expected: list[str]) -> None:
    assert lines_and_codes(tmp_path, CONTRACT, yaml) == expected


@pytest.mark.parametrize(
    ("yaml", "is_moved"),
    [
        ("provider:\n  name: a\n  heat: 1", True),
        ("provider:\n  name: a\n  heat: 1\nheat: 2", False),
        ("provider:\n  name: a\n  rank: 1\nheat: 2", False),
    ],
)
def test_said_only_where_it_helps(tmp_path: Path, yaml: str, is_moved: bool) -> None:
    (found,) = found_in(tmp_path, CONTRACT, yaml)
    assert ("at the beginning of line" in (found.help or "")) is is_moved


def test_not_folded_under_what_is_not_reported(tmp_path: Path) -> None:
    yaml = "provider:\n  name: a\n  heat: 1"
    assert lines_and_codes(tmp_path, CONTRACT, yaml, ignore=("SCH002",)) == ["1 SCH001"]
