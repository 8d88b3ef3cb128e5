"""Help that rules give for YAML, as it is in JSON."""

from __future__ import annotations

import json
import re

import pytest

from seedlint.rules.base import Finding
from seedlint.rules.in_json import in_json
from seedlint.rules.meant import advise_list, advise_single


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("add `title: …`", 'add `"title": …`'),
        ("add `kind: news`", 'add `"kind": "news"`'),
        ("add `heat: 5`", 'add `"heat": 5`'),
        ("add `open: true`", 'add `"open": true`'),
        ('add `kind: "12"`', 'add `"kind": "12"`'),
        ("rename `a` to `b` if that was meant, or add `b: …`", None),
        ("known keys here: `title`, `heat`", "known keys here: `title`, `heat`"),
        ("write `https://example.com/a: b`", "write `https://example.com/a: b`"),
        ("remove the quotes", "remove the quotes"),
        ("write `12`", "write `12`"),
    ],
)
def test_pairs(yaml: str, expected: str | None) -> None:
    if expected is None:
        expected = 'rename `a` to `b` if that was meant, or add `"b": …`'
    assert in_json(Finding("x", help=yaml)).help == expected


@pytest.mark.parametrize(
    "value", ["a, b", "- a - b", {"a": None, "b": None}, {"a": 1}, {"a`b": 1}, "a; it's"]
)
def test_nothing_of_the_layout_of_yaml_is_left(value: object) -> None:
    advice = in_json(Finding("x", help=advise_list(value))).help or ""
    assert advice
    assert not re.search(r"`- |\bdash\b|\bline\b", advice)
    for code in re.findall(r"`(\[.*?\])`", advice):
        assert json.loads(code)


def test_a_list_of_one() -> None:
    advice = advise_single(["a"], str)
    assert in_json(Finding("x", help=advice)).help == (
        "it is the only item of a list: remove the brackets around it"
    )


def test_a_key_with_a_backtick() -> None:
    advice = advise_list({"a`b": 1})
    assert advice == "put `- ` before the first key of each entry: ``- a`b: …``"
