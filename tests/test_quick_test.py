"""What the quick test accepts has no findings: with and without it they are the same.

`tests/oracles/test_json_schema_suite.py` holds the two against each other as well, and
`tests/test_fast_path.py` for whole seeds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from seedlint.errors import SchemaError
from seedlint.rules.base import Rule
from seedlint.schema.evaluate import Evaluator
from seedlint.schema.load import load_schema
from seedlint.settings import Settings
from seedlint.severity import Severity
from walking import WalkingEvaluator

SETTINGS = Settings()


DRAFTS = [
    "https://json-schema.org/draft/2020-12/schema",
    "https://json-schema.org/draft/2019-09/schema",
    "http://json-schema.org/draft-07/schema",
    "http://json-schema.org/draft-06/schema",
    "http://json-schema.org/draft-04/schema",
]
INTEGER = {"type": "integer"}
# Each with what would let a schema vouch for a value that it refuses.
CONTRACTS: dict[str, dict[str, Any]] = {
    "siblings of a reference": {
        "properties": {"a": {"$ref": "#/definitions/any", "type": "integer"}},
        "definitions": {"any": {"minLength": 1}},
    },
    "a reference inside another address": {
        "properties": {
            "a": {
                "$id": "inner.json",
                "allOf": [{"$ref": "#/definitions/it"}],
                "definitions": {"it": INTEGER},
            }
        },
        "definitions": {"it": {}},
    },
    "another file with names of this one": {
        "properties": {"a": {"allOf": [{"$ref": "other.json"}]}, "b": {"$ref": "other.json#/x"}},
        "definitions": {"it": {}},
    },
    "a part that is not judged": {
        "properties": {
            "a": {"contains": INTEGER, "items": {"type": ["integer", "string"]}},
            "b": {"items": {"$ref": "#/properties/a"}},
            "c": {"properties": {"d": {"$ref": "#"}, "e": INTEGER}},
        },
    },
    "a tree with a part that is not judged": {
        "definitions": {
            "tree": {
                "properties": {"a": {"$ref": "#/definitions/tree"}, "b": {"contains": INTEGER}},
                "additionalProperties": {"items": {"$ref": "#/definitions/leaf"}},
            },
            "leaf": {"properties": {"a": {"$ref": "#/definitions/tree"}, "c": INTEGER}},
        },
        "allOf": [{"$ref": "#/definitions/tree"}],
    },
    "what nothing has looked at": {
        "allOf": [{"properties": {"a": INTEGER}}],
        "anyOf": [{"required": ["b"]}, {"properties": {"c": True}}],
        "unevaluatedProperties": False,
    },
    "a schema that grows": {
        "$recursiveAnchor": True,
        "properties": {"a": {"$recursiveRef": "#"}, "b": INTEGER},
    },
    "a dynamic reference": {
        "$dynamicAnchor": "node",
        "properties": {"a": {"$dynamicRef": "#node"}, "b": INTEGER, "c": {"$ref": "#/$defs/c"}},
        "$defs": {"c": {"type": "string"}},
    },
    "a condition that came with draft 7": {
        "properties": {"a": {"not": {"if": {"type": "integer"}, "then": False}}, "b": INTEGER},
    },
    "a warning in a branch": {
        "properties": {
            "a": {"anyOf": [{"type": "array"}, {"format": "uri", "type": "string"}, INTEGER]},
            "b": {"not": {"format": "uri"}},
            "c": {"oneOf": [{"format": "uri"}, INTEGER, {"type": "object"}]},
        },
    },
}
OTHER = {
    "properties": {"a": {"$ref": "#/definitions/it"}},
    "definitions": {"it": INTEGER},
    "x": {"not": {"$ref": "#/definitions/it"}},
}
LEAVES = [
    1,
    "a",
    2.0,
    None,
    [],
    [1],
    ["a"],
    [1, "a"],
    [None],
    {},
    "http://a.example/",
    "https://a b/",
]


def values() -> Iterator[dict[str, Any]]:
    inner = [{key: leaf} for key in "abcd" for leaf in LEAVES]
    inner += [{key: value} for key in "acde" for value in inner]
    inner += [{"a": 1, key: [value]} for key in "bcd" for value in inner[:100]]
    yield from inner
    for key in "abc":
        for number, value in enumerate(inner):
            yield {key: value, "d": LEAVES[number % len(LEAVES)]}


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("name", CONTRACTS)
def test_contracts(name: str, draft: str, tmp_path: Path) -> None:
    path = tmp_path / "contract.json"
    path.write_text(json.dumps({"$schema": draft, **CONTRACTS[name]}), "utf-8")
    (tmp_path / "other.json").write_text(json.dumps({"$schema": draft, **OTHER}), "utf-8")
    try:
        contract = load_schema(path)
    except SchemaError as error:
        pytest.skip(f"refused: {error}")

    def only_some(rule: Rule) -> Severity | None:
        return None if rule.code in ("SCH001", "SCH002", "URL012") else Severity.WARNING

    for severity_of in (SETTINGS.severity_of, only_some):
        quick = Evaluator(contract.references, severity_of)
        walking = WalkingEvaluator(contract.references, severity_of)
        for value in values():
            found = list(quick.failures(value))
            assert found == list(walking.failures(value)), value
            assert bool(quick.accepts(value)) == (not found), value


def test_deep_data_is_refused_or_not_by_what_is_in_it(tmp_path: Path) -> None:
    """A schema that cannot go as deep as the data vouches for none of it."""
    path = tmp_path / "contract.json"
    tree = {"type": "object", "properties": {"a": {"allOf": [{"allOf": [{"$ref": "#"}]}]}}}
    path.write_text(json.dumps({**tree, "additionalProperties": False}), "utf-8")
    contract = load_schema(path)
    quick = Evaluator(contract.references, SETTINGS.severity_of)
    walking = WalkingEvaluator(contract.references, SETTINGS.severity_of)
    for depth in (1, 10, 25):
        value: Any = {"b": 1}
        for _ in range(depth):
            value = {"a": value}
        assert list(quick.failures(value)) == list(walking.failures(value)) != []
    for _ in range(2000):
        value = {"a": value}
    for evaluator in (quick, walking):
        with pytest.raises(RecursionError):
            evaluator.failures(value)
