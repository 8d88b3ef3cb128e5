"""Keys that are indented too little are one finding, where indenting them is known to mend it."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from checking import found_in, lines_and_codes

IMAGE = {
    "required": ["url", "width"],
    "properties": {"url": {}, "width": {}, "note": {}},
    "additionalProperties": False,
}
CONTRACT = {
    "properties": {
        "title": {},
        "images": {"type": "array", "items": IMAGE},
        "logo": IMAGE,
        "url": {},
        "more": {"type": "array", "items": {"properties": {"logo": IMAGE}}},
    },
    "additionalProperties": False,
}


def codes(folder: Path, yaml: str, **settings: Any) -> list[str]:
    return lines_and_codes(folder, CONTRACT, yaml, **settings)


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("images:\n- url: a\nwidth: 1", ["3 SCH001"]),
        ("images:\n- url: a\nwidth:\n- 1\n- 2", ["3 SCH001"]),
        ("images:\n- url: a\nwidth: |\n  1\nnote: b\ntitle: T", ["3 SCH001"]),
        ("logo:\n  url: a\nwidth: 1\nnote: b", ["2 SCH001"]),
        ("more:\n- logo:\n    url: a\n  b: 1\nwidth: 1", ["3 SCH001", "6 SCH002"]),
        ("more:\n- logo:\n    url: a\nwidth: 1", ["3 SCH001"]),
        # What YAML would not read there, or not there, is not in place.
        ("images: [{url: a}]\nwidth: 1", ["2 SCH001", "3 SCH002"]),
        ("images:\n- {url: a}\nwidth: 1", ["3 SCH001", "4 SCH002"]),
        ("images:\n- url: a\ntitle: T\nwidth: 1", ["3 SCH001", "5 SCH002"]),
        ("images:\n- url: a\n- url: b\n  width: 1\nwidth: 1", ["3 SCH001", "6 SCH002"]),
        ('images:\n- url: "a\n  b"\nwidth: 1', ["3 SCH001", "4 YML026"]),
        ("x: &a {url: a}\nimages:\n- *a\nwidth: 1", ["2 SCH002", "4 SCH001", "5 SCH002"]),
        # A key that the entry does not know is another mistake.
        ("images:\n- url: a\nwidth: 1\nelse: 2", ["3 SCH001", "5 SCH002"]),
        ("images:\n- url: a\nelse: 2\nwidth: 1", ["3 SCH001", "4 SCH002", "5 SCH002"]),
        # What is missing may be there: it is only a key of the seed.
        ("images:\n- width: 1\nurl: a", ["3 SCH001"]),
        ("images:\n- width: 1\nurl: a\nurl: b", ["3 SCH001", "5 YML008"]),
        ("url: b\nimages:\n- width: 1\nurl: a", ["4 SCH001"]),
        # Something that is there already does not belong there again.
        ("url: b\nimages:\n- url: a\n  width: 1\nurl: a", ["6 YML008"]),
    ],
)
def test_folded(tmp_path: Path, yaml: str, expected: list[str]) -> None:
    assert codes(tmp_path, yaml) == expected


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("images:\n- url: a\nwidth: 1", ["4 SCH002"]),
        ("url: b\nimages:\n- width: 1\nurl: a", ["5 YML008"]),
    ],
)
def test_not_folded_under_what_is_not_reported(
    tmp_path: Path, yaml: str, expected: list[str]
) -> None:
    assert codes(tmp_path, yaml, ignore=("SCH001",)) == expected


def test_one_that_a_comment_answers_leaves_the_others(tmp_path: Path) -> None:
    yaml = "images:\n- url: a  # seedlint: ignore[SCH001] later\nwidth: 1"
    assert codes(tmp_path, yaml) == ["4 SCH002"]


def test_many_of_them_take_no_time(tmp_path: Path) -> None:
    logos = "\n".join(f"- logo:\n    url: a{number}" for number in range(2_000))
    unknown = "\n".join(f"k{number}: 1" for number in range(2_000))
    yaml = f"more:\n{logos}\nwidth: 1\n{unknown}"
    start = time.process_time()
    found = codes(tmp_path, yaml)
    assert found
    assert time.process_time() - start < 5


OPTIONAL = {
    "properties": {
        "width": {},
        "img": {
            "properties": {"url": {}, "width": {}, "height": {}},
            "additionalProperties": False,
        },
        "a": {"properties": {"p": {}}, "additionalProperties": False},
    },
    "additionalProperties": False,
}


def test_a_run_that_begins_with_a_key_that_is_there_twice(tmp_path: Path) -> None:
    yaml = "width: 1\nimg:\n  url: x\nwidth: 2\nheight: 3"
    assert lines_and_codes(tmp_path, OPTIONAL, yaml) == ["6 SCH002"]


def test_an_unknown_key_of_the_same_name_elsewhere(tmp_path: Path) -> None:
    yaml = "a:\n  p: 1\n  height: 7\nimg:\n  url: x\nheight: 3"
    assert lines_and_codes(tmp_path, OPTIONAL, yaml) == ["4 SCH002", "7 SCH002"]


@pytest.mark.parametrize("first", ["text\n", ""])
def test_what_looks_like_a_comment_may_be_text(tmp_path: Path, first: str) -> None:
    """It is indented, too, or the text would lose it."""
    text = "".join(f"  {line}\n" for line in (*first.splitlines(), "# Heading"))
    yaml = f"images:\n- url: a\nwidth: |\n{text}"
    (found,) = found_in(tmp_path, CONTRACT, yaml)
    lines = "lines 4 to 6" if first else "lines 4 and 5"
    assert found.help == f"add 2 spaces at the beginning of {lines}"


def test_how_the_contract_is_written_makes_no_difference(tmp_path: Path) -> None:
    schema = json.loads(json.dumps(CONTRACT).replace("width", "höhe"))
    assert lines_and_codes(tmp_path, schema, "images:\n- url: a\nhöhe: 1") == ["3 SCH001"]


def test_keys_below_a_text_are_not_put_in_quotes(tmp_path: Path) -> None:
    yaml = "title: T\nurl: b\n    width: 1\n    note: c"
    (found,) = found_in(tmp_path, CONTRACT, yaml)
    assert found.code == "YML001"
    assert "quotes" not in found.message + (found.help or "")
