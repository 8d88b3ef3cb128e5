"""Keys in the order of the contract: which one is late, and what a fix makes of the seed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checking import lines_and_codes
from fixing import fix, make_fixer
from seedlint.rules.seed.keys_out_of_order import keys_out_of_order
from seedlint.rules.seed.ordered import OrderedKeys
from seedlint.schema.load import load_schema

CONTRACT = {
    "properties": {"title": {}, "date": {}, "topics": {}, "image": {}},
    "x-seedlint": {"ordered-keys": {}},
}


@pytest.mark.parametrize(
    ("keys", "late", "order"),
    [
        ("title date topics", None, "title date topics"),
        ("date topics", None, "date topics"),
        ("date title", ("title", "date"), "title date"),
        ("topics title date", ("title", "topics"), "title date topics"),
        ("title topics date", ("date", "topics"), "title date topics"),
        ("x topics y date z", ("date", "topics"), "x date y topics z"),
        ("x y", None, "x y"),
        ("", None, ""),
    ],
)
def test_orders(keys: str, late: tuple[str, str] | None, order: str) -> None:
    found = OrderedKeys(tuple(keys.split()), ("title", "date", "topics"))
    assert found.first_late() == late
    assert found.in_order() == tuple(order.split())


@pytest.mark.parametrize(
    ("keys", "way_out"),
    [
        # One step puts all in order.
        ("title topics date", "move it before `topics`"),
        ("topics title date", "write the keys in this order: `title`, `date`, `topics`"),
        (
            "x topics y title date",
            "write the keys in this order: `x`, `title`, `y`, `date`, `topics`",
        ),
        (
            " ".join(["topics", "date", "title", *map(str, range(10))]),
            "put the keys in the order of the contract",
        ),
    ],
)
def test_help(keys: str, way_out: str) -> None:
    properties = ("title", "date", "topics", *map(str, range(10)))
    (finding,) = keys_out_of_order.check(OrderedKeys(tuple(keys.split()), properties))
    assert finding.help == way_out


@pytest.mark.parametrize(
    ("yaml", "found"),
    [
        ("title: a\ntopics: []\nimage: x", []),
        ("topics: []\n\ntitle: a", ["4 SEED012"]),
        ("{topics: [], title: a}", ["2 SEED012"]),
        ("image: &i {title: a}\ntitle: *i", ["3 SEED012"]),
    ],
)
def test_seeds(tmp_path: Path, yaml: str, found: list[str]) -> None:
    assert lines_and_codes(tmp_path, CONTRACT, yaml) == found


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_fix(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "s.json"
    path.write_text(json.dumps(CONTRACT), "utf-8")
    old = '---\nimage: |\n  x\n# A\ntopics: ["a"]  # b\n\ndate: 2024-05-01\ntitle: "c"\n---\nd\n'
    new = '---\ntitle: "c"\n\ndate: 2024-05-01\n# A\ntopics: ["a"]  # b\nimage: |\n  x\n---\nd\n'
    fixed = fix(make_fixer(path, unsafe=True), old.replace("\n", ending).encode())
    # There are a block scalar and a blank line.
    assert not fixed.is_changed
    old, new = (each.replace("|\n  x", "x") for each in (old, new))
    fixed = fix(make_fixer(path, unsafe=True), old.replace("\n", ending).encode())
    assert fixed.new == new.replace("\n", ending).encode()


def test_a_contract_without_an_order(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text('{"required": ["a"], "x-seedlint": {"ordered-keys": {}}}', "utf-8")
    (remark,) = load_schema(path).warnings
    assert "`ordered-keys` does nothing without `properties` in the same schema" in remark
