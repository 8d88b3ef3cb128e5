"""A mapping that is not indented is one finding, if that finding is reported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checking import lines_and_codes
from seedlint.severity import Severity

PROVIDER = {"type": "object", "properties": {"name": {}, "domain": {}}}
EITHER = {"oneOf": [{"type": "string"}, {"type": "object", "properties": {"from": {}, "to": {}}}]}
CONTRACT = {
    "properties": {
        "when": EITHER,
        "title": {},
        "provider": PROVIDER,
        "list": {"items": {"$ref": "#/$defs/entry"}},
        "providers": {"items": PROVIDER},
    },
    "additionalProperties": False,
    "$defs": {"entry": {"properties": {"provider": PROVIDER}, "additionalProperties": False}},
}


def codes(folder: Path, yaml: str, **settings: Any) -> list[str]:
    return lines_and_codes(folder, CONTRACT, yaml, **settings)


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("provider:\nname: A\ndomain: b", ["2 SCH003"]),
        ("provider:\nname: A\ntitle: T", ["2 SCH003"]),
        ("title: T\nprovider:\nname: A", ["3 SCH003"]),
        ("list:\n  - provider:\n    name: A\n    domain: b", ["3 SCH003"]),
        ("when:\nfrom: 1\nto: 2\ntitle: T", ["2 SCH003"]),
        # What does not follow, or belongs to nothing, is a mistake of its own.
        ("name: A\nprovider:", ["2 SCH002", "3 SCH003"]),
        ("provider:\ntitle: T\nname: A", ["2 SCH003", "4 SCH002"]),
        ("provider:\nheat: 1\nname: A", ["2 SCH003", "3 SCH002", "4 SCH002"]),
        ("provider:\nname: A\nheat: 1", ["2 SCH003", "4 SCH002"]),
        ("provider: A\nname: A", ["2 SCH003", "3 SCH002"]),
        # Nothing can be below a null in brackets.
        ("providers: [{name: A}, null]\nname: B", ["2 SCH003", "3 SCH002"]),
        ("list: [{provider: null}]\nname: B", ["2 SCH003", "3 SCH002"]),
    ],
)
def test_folded(tmp_path: Path, yaml: str, expected: list[str]) -> None:
    assert codes(tmp_path, yaml) == expected


def test_not_folded_under_what_is_not_reported(tmp_path: Path) -> None:
    yaml = "provider:\nname: A\ndomain: b"
    assert codes(tmp_path, yaml, ignore=("SCH003",)) == ["3 SCH002", "4 SCH002"]


@pytest.mark.parametrize(
    "comment", ["  # seedlint: ignore[SCH003] later", "  # seedlint: ignore[SCH]"]
)
def test_not_folded_under_what_a_comment_answers(tmp_path: Path, comment: str) -> None:
    yaml = f"provider:{comment}\nname: A\ndomain: b"
    assert codes(tmp_path, yaml) == ["3 SCH002", "4 SCH002"]


def test_not_folded_under_what_is_milder(tmp_path: Path) -> None:
    yaml = "provider:\nname: A\ndomain: b"
    milder = (("SCH003", Severity.WARNING),)
    assert codes(tmp_path, yaml, severity=milder) == ["2 SCH003", "3 SCH002", "4 SCH002"]
