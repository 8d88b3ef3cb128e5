"""The texts that a contract binds, found in a document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from seedlint.schema.bound_texts import BoundTexts
from seedlint.schema.evaluate import Evaluator
from seedlint.schema.load import load_schema

BOUND = {"x-seedlint": {"refers-to": {"key": "id"}}}


def texts(folder: Path, contract: Any) -> BoundTexts:
    path = folder / "s.json"
    path.write_text(json.dumps(contract))
    evaluator = Evaluator(load_schema(path).references, lambda rule: rule.severity)
    return BoundTexts(evaluator, lambda name, options: name == "refers-to")


def test_schemas_that_meet_again_at_each_level_are_looked_at_once(tmp_path: Path) -> None:
    contract = {
        "allOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/b"}],
        "$defs": {
            "a": {"properties": {"inner": {"$ref": "#"}, "author": BOUND}},
            "b": {"additionalProperties": {"$ref": "#"}},
        },
    }
    data: Any = {"author": "nobody"}
    for _ in range(60):
        data = {"inner": data}
    (found,) = texts(tmp_path, contract).find(data)
    assert (found.pointer, found.text) == (("inner",) * 60 + ("author",), "nobody")


def test_only_what_leads_to_a_binding_is_looked_at(tmp_path: Path) -> None:
    contract = {
        "properties": {
            "a": {"items": BOUND},
            "b": {"prefixItems": [{}, BOUND], "items": {"properties": {"x": BOUND}}},
            "c": {"patternProperties": {"^k": BOUND}, "properties": {"k1": {}}},
            "d": {"items": {"type": "string"}},
        }
    }
    data = {
        "a": ["one", ["two"], 3],
        "b": ["no", "four", {"x": ["five"], "y": "no"}],
        "c": {"k1": "six", "k2": "seven", "other": "no"},
        "d": ["no"],
    }
    found = texts(tmp_path, contract).find(data)
    assert sorted((each.pointer, each.text) for each in found) == [
        (("a", 0), "one"),
        (("a", 1, 0), "two"),
        (("b", 1), "four"),
        (("b", 2, "x", 0), "five"),
        (("c", "k1"), "six"),
        (("c", "k2"), "seven"),
    ]


def test_it_remembers_nothing_of_another_document(tmp_path: Path) -> None:
    contract = {
        "anyOf": [
            {"required": ["a"], "properties": {"a": {"const": 1}, "x": BOUND}},
            {"properties": {"y": BOUND}},
        ]
    }
    bound = texts(tmp_path, contract)
    for _ in range(50):
        assert [each.text for each in bound.find({"a": 1, "x": "one"})] == ["one"]
        assert [each.text for each in bound.find({"a": 2, "x": "one"})] == []
        assert [each.text for each in bound.find({"a": 2, "y": "two"})] == ["two"]
