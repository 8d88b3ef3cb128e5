"""Group E: instance against schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness import Case, lay_out, one, params, run_case, seed, torture

DRAFT_4 = "http://json-schema.org/draft-04/schema#"
ROOMY = """[limits]
front-matter-bytes = 12_000_000
file-bytes = 12_000_000
nodes = 1_000_000
seconds = 60
"""
DIGITS = "[limits]\ninteger-digits = 4000\n"


def of_properties(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


BRANCHES = [
    {"type": "object", "required": [f"k{number}"], "additionalProperties": False}
    for number in range(10)
]
ITEMS = "a:\n" + "".join(f"- {{n: {number}}}\n" for number in range(8_000))

CASES = [
    Case(
        "E1",
        "a date is the text that stands there",
        {
            "text.md": (seed("text: 2022-07-06"), []),
            "number.md": (seed("number: 2022-07-06"), [("SCH003", 2, 9)]),
        },
        schema=of_properties(text={"const": "2022-07-06"}, number={"type": "integer"}),
        says=("`2022-07-06`",),
        never=("datetime",),
    ),
    Case(
        "E2",
        "whole numbers as the draft defines them (2020-12)",
        {
            "point.md": (seed("a: 1.0"), []),
            "true.md": (seed("a: true"), [("SCH003", 2, 4)]),
            "number.md": (seed("b: true"), [("SCH003", 2, 4)]),
            "large.md": (seed("a: 1" + "0" * 22), []),
            "rounded.md": (seed("a: 1" + "0" * 40), [("YML025", 2, 4)]),
            "half.md": (seed("a: 1.5"), [("SCH003", 2, 4)]),
        },
        schema=of_properties(a={"type": "integer"}, b={"type": "number"}),
    ),
    Case(
        "E2",
        "whole numbers as the draft defines them (draft 4)",
        {"point.md": (seed("a: 1.0"), [("SCH003", 2, 4)]), "one.md": (seed("a: 1"), [])},
        schema={"$schema": DRAFT_4, **of_properties(a={"type": "integer"})},
        variant="draft-4",
    ),
    Case(
        "E3",
        "multiples of a half, up to 10 to the 400",
        {
            "even.md": (seed("a: 1" + "0" * 400), [("YML025", 2, 4)]),
            "odd.md": (seed("b: 1" + "0" * 400), [("SCH012", 2, 4)]),
            "tenth.md": (seed("c: 0.3"), []),
            "infinite.md": (seed("a: .inf"), [("YML017", 2, 4)]),
            "large-float.md": (seed("a: 1.0e+308"), []),
            "small.md": (seed("d: 1.0e+308"), []),
        },
        schema=of_properties(
            a={"multipleOf": 0.5},
            b={"multipleOf": 0.3},
            c={"multipleOf": 0.1},
            d={"multipleOf": 1e-300},
        ),
        config=DIGITS,
    ),
    Case(
        "E4",
        "a missing key: at the fence, or at the mapping that lacks it",
        {
            "root.md": (seed("x: 1"), [("SCH001", 1, 1)]),
            "nested.md": (seed("name: n\nnest: {}"), [("SCH001", 3, 1)]),
            "item.md": (seed("name: n\nlist:\n  - b: 1\n    c: 2"), [("SCH001", 4, 5)]),
            "empty-item.md": (seed("name: n\nlist:\n  - {}"), [("SCH001", 4, 5)]),
        },
        schema={
            "required": ["name"],
            "properties": {
                "nest": {"required": ["a"]},
                "list": {"items": {"required": ["a"]}},
            },
        },
        says=("`a`", "`name`"),
    ),
    Case(
        "E5",
        "three unknown keys, one of them of 900 characters: three short findings",
        one(
            seed(f"name: n\nnaem: x\n{'k' * 900}: y\nz: [1]"),
            ("SCH002", 3, 1),
            ("SCH002", 4, 1),
            ("SCH002", 5, 1),
        ),
        schema={"properties": {"name": {}}, "additionalProperties": False},
    ),
    Case(
        "E6",
        "none of ten alternatives fits: one line",
        {
            "any.md": (seed("any: 5"), [("SCH022", 2, 6)]),
            "one.md": (seed("one: text"), [("SCH022", 2, 6)]),
            "several.md": (seed("both: 5"), [("SCH022", 2, 7)]),
        },
        schema=of_properties(
            any={"anyOf": [{"const": f"v{n}"} | {"minLength": n} for n in range(10)]},
            one={"oneOf": BRANCHES},
            both={"oneOf": [{"minimum": n} for n in range(10)]},
        ),
    ),
    Case(
        "E7",
        "a text of 2 MB: the limit applies first",
        one(seed(f"a: {'x' * 2_000_000}"), ("SEED001", 1, 1)),
        schema=of_properties(a={"maxLength": 10}),
    ),
    Case(
        "E7",
        "a text of 2 MB under raised limits: one short line",
        {
            "length.md": (seed(f"a: {'x' * 2_000_000}"), [("SCH009", 2, 4)]),
            "type.md": (seed(f"b: {'x' * 2_000_000}"), [("SCH003", 2, 4)]),
            "enum.md": (seed(f"c: {'x' * 2_000_000}"), [("SCH004", 2, 4)]),
            "pattern.md": (seed(f"d: {'x' * 2_000_000}"), [("SCH007", 2, 4)]),
            "unknown.md": (seed(f'? "{"x" * 2_000_000}"\n: 1'), [("SCH002", 2, 3)]),
        },
        schema={
            **of_properties(
                name={},
                a={"maxLength": 10},
                b={"type": "integer"},
                c={"enum": ["y"]},
                d={"pattern": "^y"},
            ),
            "additionalProperties": False,
        },
        config=ROOMY,
        variant="raised",
    ),
    Case(
        "E8",
        "8,000 different mappings, and one of them again",
        {
            "unique.md": (seed(ITEMS), []),
            "repeated.md": (seed(ITEMS + "- n: 17"), [("SCH015", 8_003, 3)]),
        },
        schema=of_properties(a={"uniqueItems": True}),
        within=15,
    ),
    Case(
        "E9",
        "ESC, NUL and direction marks out of escapes (surrogates: A11): escaped in messages",
        {
            "escape.md": (seed('a: "\\e[2J\\0\\u202e"'), [("SCH007", 2, 4), ("YML024", 2, 5)]),
            "key.md": (seed('"b\\e]0;x\\a": 1'), [("SCH002", 2, 1), ("YML024", 2, 3)]),
            "line.md": (
                seed('a: "x\\r\\n::error::y\\N##[add-mask]z"'),
                [("SCH007", 2, 4), ("YML024", 2, 20)],
            ),
            "command.md": (seed('"##[add-mask]k": 1'), [("SCH002", 2, 1)]),
        },
        schema={
            "properties": {"a": {"pattern": "^$"}, "name": {}},
            "additionalProperties": False,
        },
        full=True,
    ),
    Case(
        "E10",
        "values that come through an alias or a merge key: the finding is at the use",
        {
            "alias.md": (seed("a: &x 5\nb: *x"), [("SCH003", 3, 4)]),
            "inside.md": (seed("a: &x {b: 5}\nc: *x"), [("SCH003", 3, 4)]),
            "merge.md": (seed("a: &x {b: 5}\nc:\n  <<: *x"), [("SCH003", 4, 7)]),
            "merges.md": (seed("a: &x {b: 5}\nc:\n  <<: [{d: 1}, *x]"), [("SCH003", 4, 7)]),
            "own.md": (seed("a: &x {b: 5}\nc:\n  <<: *x\n  b: text"), []),
        },
        schema=of_properties(
            b={"type": "string"},
            c={"properties": {"b": {"type": "string"}}},
        ),
    ),
    Case(
        "E11",
        "200,000 errors in one list: the first 100, and how many more",
        one(
            seed("a:\n" + "- x\n" * 200_000),
            *[("SCH003", line, 3) for line in range(3, 103)],
            ("SEED005", 102, 3),
        ),
        schema=of_properties(a={"items": {"type": "integer"}}),
        config=ROOMY,
        says=("199900 more findings",),
        formats=("json",),
        within=60,
    ),
    Case(
        "E12",
        "an e-mail address with a line break and a command in it",
        {
            "email.md": (seed('email: "a@\\n::error::x"'), [("SCH006", 2, 8)]),
            "quoted.md": (seed('email: "\\"a\\n::error::x\\"@b.example"'), [("SCH006", 2, 8)]),
            "uri.md": (seed('host: "a\\n::error::x"'), [("SCH006", 2, 7)]),
        },
        schema=of_properties(email={"format": "email"}, host={"format": "hostname"}),
        full=True,
    ),
]


@pytest.mark.parametrize("case", params(CASES))
def test_instance(case: Case, tmp_path: Path) -> None:
    torture(case, tmp_path)


TREE = {"type": "object", "properties": {"a": {"$ref": "#"}}, "additionalProperties": False}


def deep(levels: int) -> bytes:
    """Mappings in mappings, the last with a key that nothing knows."""
    return seed("{a: " * (levels - 1) + "{b: 1}" + "}" * (levels - 1))


@pytest.mark.torture("E6", "data 64 levels deep against a contract that refers to itself")
def test_recursive_contract(tmp_path: Path) -> None:
    seeds = {
        "deep.md": (deep(64), [("SCH002", 2, 4 * 63 + 2)]),
        "deeper.md": (deep(65), [("SEED002", 2, 4 * 64 + 1)]),
    }
    torture(Case("E6", "", seeds, schema=TREE, good=seed("a: {}")), tmp_path)


@pytest.mark.torture("E6", "a contract that winds back to itself too long: refused, no failure")
def test_winding_contract(tmp_path: Path) -> None:
    inner: dict[str, Any] = {"$ref": "#"}
    for _ in range(20):
        inner = {"allOf": [inner]}
    schema = {"properties": {"a": inner}, "not": {"required": ["b"]}}
    seeds = {
        "deep.md": (deep(64), [("SEED002", 2, 1)]),
        "shallow.md": (deep(4), [("SCH023", 2, 14)]),
    }
    torture(Case("E6", "", seeds, schema=schema), tmp_path)


@pytest.mark.torture("E10", "the anchor's line is named beside the use")
def test_label_of_an_alias(tmp_path: Path) -> None:
    case = next(each for each in CASES if each.id == "E10")
    lay_out(case, tmp_path)
    for name, line in (("alias.md", 2), ("inside.md", 2), ("merge.md", 2)):
        ran = run_case(case, tmp_path, "json", name)
        labels = [label for each in json.loads(ran.out) for label in each["labels"]]
        assert [label["location"]["row"] for label in labels] == [line], name
