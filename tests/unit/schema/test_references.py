"""References in contracts of several files, and what depends on where they lead."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from command import seedlint
from seedlint.errors import SchemaError
from seedlint.schema.evaluate import Evaluator
from seedlint.schema.explain import explain
from seedlint.schema.load import load_schema
from walking import WalkingEvaluator

DRAFT_4, DRAFT_6, DRAFT_7 = (f"http://json-schema.org/draft-0{n}/schema#" for n in (4, 6, 7))
DRAFT_2019 = "https://json-schema.org/draft/2019-09/schema"
DRAFT_2020 = "https://json-schema.org/draft/2020-12/schema"

Check = Callable[..., list[str]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Where data departs from a contract, given its draft and its files, itself first."""

    def run(draft: str, data: Any, schema: Any, **files: Any) -> list[str]:
        for name, content in {"s": schema, **files}.items():
            if isinstance(content, dict):
                content = {"$schema": draft, **content}
            (tmp_path / f"{name}.json").write_text(json.dumps(content))
        contract = load_schema(tmp_path / "s.json", "s.json")
        found = [
            [
                "/".join(map(str, (*each.pointer, *each.finding.pointer)))
                for each in explain(evaluator.failures(data), lambda rule: rule.severity)
            ]
            for evaluator in (
                kind(contract.references, lambda rule: rule.severity)
                for kind in (WalkingEvaluator, Evaluator)
            )
        ]
        assert found[0] == found[1]
        return found[0]

    return run


NOTE = {"type": "object", "required": ["text"]}
UNUSED = {"any": {}, "unused": {"$dynamicRef": "#/$defs/any", "$recursiveRef": "#"}}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("files", "code"),
    [
        # a dynamic reference anywhere in a contract of two files
        ({"s": {"properties": {"thread": {"$ref": "note.json"}}, "$defs": UNUSED},
          "note": NOTE}, 0),
        ({"s": {"$schema": DRAFT_2019, "properties": {"thread": {"$ref": "note.json"}},
                "$defs": UNUSED}, "note": NOTE}, 0),
        ({"s": {"$schema": DRAFT_7, "properties": {"thread": {"$ref": "note.json"}},
                "definitions": UNUSED}, "note": NOTE}, 0),
        ({"s": {"properties": {"thread": {"$ref": "note.json"}}},
          "note": {"$dynamicAnchor": "note", **NOTE,
                   "additionalProperties": {"anyOf": [{"type": "string"}, {"$dynamicRef": "#note"}]}
                   }}, 0),
        ({"s": {"properties": {"thread": {"$ref": "note.json"}}, "$defs": UNUSED},
          "note": {"required": ["title"]}}, 1),
        # a second file with an address of its own, by which others are found in it
        ({"s": {"properties": {"thread": {"$ref": "note.json"}}, "$defs": UNUSED},
          "note": {"$id": "https://n.example/schemas/note/", "$ref": "list",
                   "$defs": {"l": {"$id": "list", "required": ["text"]}}}}, 0),
        # `items` as true or false leaves nothing to `additionalItems`
        *(({"s": {"$schema": draft, "properties": {"list": {"items": True, keyword: False}}}}, 0)
          for draft in (DRAFT_6, DRAFT_7, DRAFT_2019)
          for keyword in ("additionalItems", "unevaluatedItems")),
        ({"s": {"$schema": DRAFT_2019,
                "properties": {"list": {"items": False, "unevaluatedItems": False}}}}, 1),
    ],
    ids=lambda value: repr(value)[:60],
)  # fmt: skip
def test_no_contract_fails_on_a_seed(files: dict[str, Any], code: int, tmp_path: Path) -> None:
    for name, content in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
    seed = tmp_path / "seed.md"
    seed.write_text("---\nthread:\n  text: a\nlist:\n  - 1\n---\n")
    result = seedlint("check", "--isolated", "--schema", tmp_path / "s.json", seed)
    assert result.code == code, result.out + result.err
    assert "INT001" not in result.out


TREE = {
    "$dynamicAnchor": "node",
    "properties": {"children": {"items": {"$dynamicRef": "#node"}}, "data": True},
}
OLD_TREE = {
    "$recursiveAnchor": True,
    "properties": {"children": {"items": {"$recursiveRef": "#"}}, "data": True},
}


@pytest.mark.parametrize(
    ("draft", "schema", "files", "place"),
    [
        # the tree of the specification, made strict by another file
        (DRAFT_2020, {"$dynamicAnchor": "node", "$ref": "tree.json",
                      "unevaluatedProperties": False}, {"tree": TREE}, ["children/0/daat"]),
        (DRAFT_2019, {"$recursiveAnchor": True, "$ref": "tree.json",
                      "unevaluatedProperties": False}, {"tree": OLD_TREE}, ["children/0/daat"]),
        (DRAFT_2020, {"$ref": "tree.json"}, {"tree": TREE}, []),
        (DRAFT_2019, {"$ref": "tree.json"}, {"tree": OLD_TREE}, []),
        # the outermost counts, with a resource that has no such anchor on the way
        (DRAFT_2019, {"$recursiveAnchor": True, "$ref": "middle.json",
                      "unevaluatedProperties": False},
         {"middle": {"$ref": "tree.json"}, "tree": OLD_TREE}, ["children/0/daat"]),
        (DRAFT_2020, {"$dynamicAnchor": "node", "$ref": "middle.json",
                      "unevaluatedProperties": False},
         {"middle": {"$ref": "tree.json"}, "tree": TREE}, ["children/0/daat"]),
        # a plain reference to a dynamic anchor is plain
        (DRAFT_2020, {"$dynamicAnchor": "node", "$ref": "tree.json#node",
                      "properties": {"daat": False}},
         {"tree": {**TREE, "properties": {"children": {"items": {"$ref": "#node"}}}}}, []),
        # references inside the schema it leads to are those of the file where that is written
        (DRAFT_2020, {"$ref": "tree.json", "$defs": {
            "strict": {"$dynamicAnchor": "node", "$ref": "#/$defs/closed"},
            "closed": {"additionalProperties": False, "properties": {"data": True}}}},
         {"tree": {"$defs": {"node": {"$dynamicAnchor": "node"}, "closed": True},
                   "properties": {"children": {"items": {"$dynamicRef": "#node"}}}}},
         ["children/0/daat"]),
        # a condition with an address of its own
        (DRAFT_2020, {"if": {"$id": "https://n.example/a/b", "$ref": "c", "$defs": {
            "c": {"$id": "c", "required": ["children"]}}}, "then": {"$ref": "then.json"},
            "$defs": UNUSED},
         {"then": {"properties": {"children": {"items": {"maxProperties": 0}}}}}, ["children/0"]),
    ],
    ids=lambda value: repr(value)[:60],
)  # fmt: skip
def test_dynamic_references(
    check: Check, draft: str, schema: Any, files: dict[str, Any], place: list[str]
) -> None:
    assert check(draft, {"children": [{"daat": 1}]}, schema, **files) == place


@pytest.mark.parametrize(
    ("schema", "start"),
    [
        # a part of a file whose other parts only dynamic references lead to
        ({"$ref": "part.json#/properties/a"}, "part.json:1:101: pattern"),
        # it leads back here, if this is where it begins
        ({"$dynamicAnchor": "node", "$ref": "any.json"}, "any.json:1:1: reference loop"),
    ],
)
def test_all_that_a_dynamic_reference_may_lead_to_is_checked(
    tmp_path: Path, schema: Any, start: str
) -> None:
    bad = {"bad": {"$dynamicAnchor": "node", "pattern": "("}}
    files = {
        "s": schema,
        "part": {"properties": {"a": {"$ref": "any.json"}}, "$defs": bad},
        "any": {"$dynamicRef": "#node", "$defs": {"any": {"$dynamicAnchor": "node"}}},
    }
    for name, content in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
    with pytest.raises(SchemaError) as caught:
        load_schema(tmp_path / "s.json", "s.json")
    assert str(caught.value).startswith(start), caught.value


def test_a_dynamic_reference_of_another_draft_means_nothing(check: Check) -> None:
    nowhere = "https://n.example/"
    for draft in (DRAFT_4, DRAFT_6, DRAFT_7, DRAFT_2019):
        assert check(draft, {"a": 1}, {"properties": {"a": {"$dynamicRef": nowhere}}}) == []
    assert check(DRAFT_2020, {"a": 1}, {"properties": {"a": {"$recursiveRef": nowhere}}}) == []


@pytest.mark.parametrize("draft", [DRAFT_2019, DRAFT_2020])
@pytest.mark.parametrize(
    ("schema", "data", "places"),
    [
        # keys that `additionalProperties` looks at are evaluated, those that it names are not
        ({"additionalProperties": {"type": "string"}}, {"a": "x", "type": "y"}, []),
        ({"additionalProperties": {"type": "string"}}, {"a": 1}, ["a"]),
        ({"allOf": [{"additionalProperties": {"type": "string"}}]}, {"a": "x"}, []),
        ({"anyOf": [{"additionalProperties": {"type": "string"}}, {}]}, {"a": 1}, ["a"]),
        ({"properties": {"a": True}, "additionalProperties": True}, {"a": 1, "b": 1}, []),
        ({"allOf": [{"properties": {"a": {"additionalProperties": {}}}}]}, {"a": 1, "b": 1}, ["b"]),
        # a pattern means the same everywhere
        ({"patternProperties": {"^\\d$": {}}}, {"1": 1, "٣": 1}, ["٣"]),
        ({"allOf": [{"patternProperties": {"^a$": {}}}]}, {"a\n": 1}, ["a\n"]),
        # applicators
        ({"if": {"properties": {"a": {"const": 1}}}, "else": {"properties": {"b": {}}}},
         {"a": 1, "b": 1}, ["b"]),
        ({"if": {"properties": {"a": {"const": 1}}}, "else": {"properties": {"a": {}, "b": {}}}},
         {"a": 2, "b": 1}, []),
        ({"dependentSchemas": {"a": {"properties": {"a": {}}}}}, {"a": 1, "b": 1}, ["b"]),
        ({"not": {"not": {"properties": {"a": {}}}}}, {"a": 1}, ["a"]),
        ({"allOf": [{"unevaluatedProperties": {"type": "integer"}}]}, {"a": 1}, []),
        ({"anyOf": [{"unevaluatedProperties": {"type": "integer"}}, {}]}, {"a": "x"}, ["a"]),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"properties": {"a": {}}}}}, {"a": 1, "b": 1}, ["b"]),
        # by the address of a schema inside
        ({"$id": "https://n.example/a/", "allOf": [{"$id": "b/", "$ref": "c"}],
          "$defs": {"c": {"$id": "b/c", "properties": {"a": {}}}}}, {"a": 1, "b": 1}, ["b"]),
        # one finding for a defect in what has to fit
        ({"allOf": [{"required": ["z"], "properties": {"a": {"type": "string"}}}]}, {"a": 1},
         ["", "a"]),
        # other values
        ({}, 5, []),
        ({}, [1], []),
    ],
    ids=lambda value: repr(value)[:60],
)  # fmt: skip
def test_unevaluated_properties(
    check: Check, draft: str, schema: Any, data: Any, places: list[str]
) -> None:
    assert check(draft, data, {**schema, "unevaluatedProperties": False}) == places


@pytest.mark.parametrize(
    ("draft", "schema", "data", "places"),
    [
        (DRAFT_2019, {"items": [{}]}, [1], []),
        (DRAFT_2019, {"items": [{}]}, [1, 2, 3], ["1"]),
        (DRAFT_2019, {"items": {"type": "integer"}}, [1, 2], []),
        (DRAFT_2019, {"items": True}, [1, 2], []),
        (DRAFT_2019, {"items": [{}], "additionalItems": {"type": "integer"}}, [1, 2], []),
        (DRAFT_2019, {"additionalItems": {"type": "integer"}}, [1], ["0"]),
        (DRAFT_2019, {"contains": {"type": "integer"}}, [1], ["0"]),
        (DRAFT_2020, {"contains": {"type": "integer"}}, [1, "a"], ["1"]),
        (DRAFT_2020, {"contains": {"type": "integer"}}, [1, 2], []),
        (DRAFT_2020, {"prefixItems": [{}]}, [1, 2, 3], ["1"]),
        (DRAFT_2020, {"prefixItems": [{}], "items": True}, [1, 2], []),
        (DRAFT_2020, {"allOf": [{"prefixItems": [{}, {}]}], "prefixItems": [{}]}, [1, 2, 3], ["2"]),
        (DRAFT_2020, {"allOf": [{"unevaluatedItems": {"type": "integer"}}]}, [1, 2], []),
        (DRAFT_2020, {"anyOf": [{"prefixItems": [{"const": 1}]}, {}]}, [2], ["0"]),
        (DRAFT_2020, {}, {"a": 1}, []),
    ],
    ids=lambda value: repr(value)[:60],
)  # fmt: skip
def test_unevaluated_items(
    check: Check, draft: str, schema: Any, data: Any, places: list[str]
) -> None:
    assert check(draft, data, {**schema, "unevaluatedItems": False}) == places


def test_unevaluated_items_of_a_schema_are_held_against_it(check: Check) -> None:
    schema = {"prefixItems": [{}], "unevaluatedItems": {"type": "string"}}
    assert check(DRAFT_2020, [1, "a", 2, 3], schema) == ["2", "3"]


def test_a_loop_by_a_recursive_reference_is_refused(tmp_path: Path) -> None:
    """It leads to the outermost schema on the way: back to where it began."""
    path = tmp_path / "s.json"
    schema = {
        "$schema": DRAFT_2019,
        "$id": "https://a.example/outer",
        "$recursiveAnchor": True,
        "$ref": "inner",
        "$defs": {
            "inner": {"$id": "inner", "allOf": [{"$recursiveRef": "other"}]},
            "other": {"$id": "other", "$recursiveAnchor": True},
        },
    }
    path.write_text(json.dumps(schema))
    with pytest.raises(SchemaError, match="reference loop"):
        load_schema(path, "s.json")
