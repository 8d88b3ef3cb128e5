"""The official JSON Schema test suite through our validator: valid exactly when no finding."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import specification_with
from seedlint.schema.validate import ContractChecker
from seedlint.screen.contract import Undecided, compile_contract

from paths import ORACLES, needs
from seedlint.errors import SchemaError
from seedlint.schema.load import Contract, load_contract
from seedlint.text.patterns import PatternError

SUITE = ORACLES / "json-schema"
DRAFTS = {
    "draft4": "http://json-schema.org/draft-04/schema",
    "draft6": "http://json-schema.org/draft-06/schema",
    "draft7": "http://json-schema.org/draft-07/schema",
    "draft2019-09": "https://json-schema.org/draft/2019-09/schema",
    "draft2020-12": "https://json-schema.org/draft/2020-12/schema",
}
# Where seedlint differs on purpose, by file.
DIFFERENT = {
    "format.json": "`format` is asserted, in every draft",
    "vocabulary.json": "a `$schema` of one's own is refused when the contract is loaded",
}


def groups() -> Iterator[Any]:
    for draft, dialect in DRAFTS.items():
        for path in sorted((SUITE / "tests" / draft).glob("*.json")):
            for group in json.loads(path.read_text("utf-8")):
                label = f"{draft}-{path.stem}-{group['description']}"
                yield pytest.param(dialect, path.name, group, id=label)


def remotes(dialect: str) -> Registry[Any]:
    """The suite's remote schemas; nothing else can be reached."""

    def remote(uri: str) -> Resource[Any]:
        path = SUITE / "remotes" / uri.removeprefix("http://localhost:1234/")
        contents = json.loads(path.read_text("utf-8"))
        return Resource.from_contents(contents, default_specification=specification_with(dialect))

    return Registry(retrieve=remote).combine(jsonschema.validators.SPECIFICATIONS)


def checkers(contract: Contract) -> list[ContractChecker]:
    """One that asks the library about everything, and one as it is used."""
    return [
        ContractChecker(contract, lambda rule: rule.severity, shortened=shortened)
        for shortened in (False, True)
    ]


@needs(SUITE)
@pytest.mark.parametrize(("dialect", "file", "group"), list(groups()) or [("", "", {})])
def test_valid_exactly_when_no_finding(dialect: str, file: str, group: dict[str, Any]) -> None:
    if file in DIFFERENT:
        pytest.skip(DIFFERENT[file])
    contract = Contract("suite", group["schema"], dialect, remotes(dialect))
    checker, shortened = checkers(contract)
    for case in group["tests"]:
        findings = list(checker.check(case["data"]))
        assert (not findings) == case["valid"], (case["description"], findings)
        assert list(shortened.check(case["data"])) == findings, case["description"]
        assert all(found.finding.message for found in findings)


def screen(schema: Any) -> Callable[[Any], bool]:
    """Whether the screen calls a value clean; never, where it does not judge the contract."""
    try:
        passes = compile_contract(schema)
    except (Undecided, PatternError, LookupError):
        return lambda value: False

    def is_clean(value: Any) -> bool:
        try:
            return bool(passes(value))
        except Exception:
            # As in `Screen.judge`.
            return False

    return is_clean


REFUSALS = ("reference", "`$schema`", "format `", "pattern cannot", "a JSON Schema is an object")


@needs(SUITE)
@pytest.mark.parametrize(("dialect", "file", "group"), list(groups()) or [("", "", {})])
def test_a_loaded_contract_says_the_same_or_is_refused(
    dialect: str, file: str, group: dict[str, Any], tmp_path: Path
) -> None:
    """Loading adds shortcuts (references are resolved once) and refusals; no other verdicts."""
    if file in DIFFERENT:
        pytest.skip(DIFFERENT[file])
    schema = group["schema"]
    if isinstance(schema, dict):
        schema = {"$schema": dialect, **schema}
    path = tmp_path / "schema.json"
    path.write_text(json.dumps(schema), "utf-8")
    refusal = ""
    try:
        contract = load_contract(path)
    except SchemaError as error:
        refusal = error.message
    if refusal:
        assert any(reason in refusal for reason in REFUSALS), refusal
        pytest.skip(f"refused: {refusal}")
    checker, shortened = checkers(contract)
    is_clean = screen(contract.schema)
    for case in group["tests"]:
        findings = list(checker.check(case["data"]))
        assert (not findings) == case["valid"], (case["description"], findings)
        assert list(shortened.check(case["data"])) == findings, case["description"]
        assert case["valid"] or not is_clean(case["data"]), case["description"]


@needs(SUITE)
def test_the_screen_is_sure_of_much_that_is_valid() -> None:
    """What it is never sure of, the test above says nothing about."""
    valid = clean = 0
    for dialect, _, group in (parameter.values for parameter in groups()):
        if isinstance(group["schema"], dict) and isinstance(dialect, str):
            is_clean = screen({"$schema": dialect, **group["schema"]})
            values = [case["data"] for case in group["tests"] if case["valid"]]
            valid += len(values)
            clean += sum(map(is_clean, values))
    assert clean > valid / 3, (clean, valid)
