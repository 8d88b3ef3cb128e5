"""schemas/contract.schema.json: what editors complete and check contracts with."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from contract_schema import contract_schema
from paths import ROOT
from rule_examples import examples_of
from seedlint.rules import all_rules
from seedlint.rules.index import BINDINGS

METASCHEMA = json.loads(contract_schema())
VALIDATOR = Draft202012Validator(METASCHEMA)
# All places of a schema where another one can be.
PLACES = [
    ("properties", "a"),
    ("patternProperties", "a"),
    ("additionalProperties",),
    ("items",),
    ("prefixItems", 0),
    ("allOf", 0),
    ("anyOf", 0),
    ("oneOf", 0),
    ("not",),
    ("if",),
    ("then",),
    ("else",),
    ("$defs", "a"),
    ("dependentSchemas", "a"),
    ("contains",),
    ("propertyNames",),
    ("unevaluatedProperties",),
    ("unevaluatedItems",),
]


def contracts_of_the_project() -> Iterator[tuple[str, Any]]:
    for path in sorted((ROOT / "schemas").glob("*.json")):
        yield path.name, json.loads(path.read_text("utf-8"))
    for rule in all_rules().values():
        if rule.on.kind != "contract":
            for number, example in enumerate(examples_of(rule)):
                contract = json.loads(example.schema)
                if contract.get("$schema") in (None, METASCHEMA["$schema"]):
                    yield f"{rule.code}-{number}", contract


CONTRACTS = dict(contracts_of_the_project())


def test_it_is_a_schema_itself() -> None:
    Draft202012Validator.check_schema(METASCHEMA)
    assert VALIDATOR.is_valid(METASCHEMA)


@pytest.mark.parametrize("name", CONTRACTS)
def test_contracts_fit(name: str) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(CONTRACTS[name])] == []


def test_every_binding_is_there_with_words() -> None:
    bindings = METASCHEMA["$defs"]["bindings"]["properties"]
    assert list(bindings) == sorted(BINDINGS)
    for each in bindings.values():
        assert each["title"]
        assert each["description"]
        assert each["additionalProperties"] is False
        for option in each.get("properties", {}).values():
            assert option["description"].endswith(".")


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place[0])
@pytest.mark.parametrize(
    "bindings", [{"urls": {}}, {"url": {"schemes": "http"}}, {"url": {"scheme": ["http"]}}, []]
)
def test_bindings_are_checked_wherever_a_schema_is(place: tuple[Any, ...], bindings: Any) -> None:
    inner = {"properties": {"deeper": {"x-seedlint": bindings}}}
    schema: Any = inner
    for step in reversed(place):
        schema = [schema] if isinstance(step, int) else {step: schema}
    errors = list(VALIDATOR.iter_errors(schema))
    assert errors
    for error in errors:
        path = [*place, "properties", "deeper", "x-seedlint"]
        assert list(error.absolute_path)[: len(path)] == path


def test_the_draft_is_checked_too() -> None:
    assert not VALIDATOR.is_valid({"properties": {"a": {"type": "sting"}}})


def test_what_only_looks_like_a_binding_is_left_alone() -> None:
    assert VALIDATOR.is_valid({"properties": {"x-seedlint": {"type": "string"}}})
    assert VALIDATOR.is_valid({"default": {"x-seedlint": 5}, "const": {"x-seedlint": 5}})


def test_a_deep_schema_takes_no_doubling() -> None:
    schema: Any = {}
    for _ in range(40):
        schema = {"allOf": [schema]}
    assert VALIDATOR.is_valid(schema)


def _has_ajv() -> bool:
    if shutil.which("node") is None:
        return False
    done = subprocess.run(
        ["node", "-e", "require('ajv/dist/2020')"], capture_output=True, check=False
    )
    return done.returncode == 0


@pytest.mark.skipif(not _has_ajv(), reason="no node with Ajv here (NODE_PATH leads to one)")
def test_ajv_agrees(tmp_path: Path) -> None:
    wrong = {"items": {"x-seedlint": {"urls": {}}}}
    schemas = [METASCHEMA, *CONTRACTS.values(), wrong]
    (tmp_path / "schemas.json").write_text(json.dumps(schemas), "utf-8")
    program = (
        "const Ajv = require('ajv/dist/2020');"
        "const [metaschema, ...rest] = JSON.parse(require('fs').readFileSync(process.argv[1]));"
        "const validate = new Ajv({strict: false}).compile(metaschema);"
        "console.log(JSON.stringify(rest.map(each => validate(each))));"
    )
    done = subprocess.run(
        ["node", "-e", program, str(tmp_path / "schemas.json")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == [*([True] * len(CONTRACTS)), False]
