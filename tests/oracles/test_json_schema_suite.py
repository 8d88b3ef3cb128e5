"""The official JSON Schema test suite, loaded from files as a contract is: valid exactly when no
finding.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from paths import ORACLES, needs
from seedlint.errors import SchemaError
from seedlint.schema.evaluate import Evaluator
from seedlint.schema.explain import explain
from seedlint.schema.load import load_schema
from seedlint.severity import Severity
from walking import WalkingEvaluator

SUITE = ORACLES / "json-schema"
# Where the schemas of the suite believe that the others are.
HOST = "http://localhost:1234/"
DRAFTS = {
    "draft4": "http://json-schema.org/draft-04/schema",
    "draft6": "http://json-schema.org/draft-06/schema",
    "draft7": "http://json-schema.org/draft-07/schema",
    "draft2019-09": "https://json-schema.org/draft/2019-09/schema",
    "draft2020-12": "https://json-schema.org/draft/2020-12/schema",
}
# A reference that nothing leads to, but which makes the contract one with dynamic references.
DYNAMIC = {"draft2019-09": "$recursiveRef", "draft2020-12": "$dynamicRef"}
# Where seedlint differs on purpose, by file.
DIFFERENT = {
    "format.json": "`format` is asserted, in every draft",
    "vocabulary.json": "a `$schema` of one's own is refused when the contract is loaded",
}
# What of the optional files is about references and addresses.
OPTIONAL = ("anchor", "dynamicRef", "id", "no-schema", "refOfUnknownKeyword", "unknownKeyword")


class Group(NamedTuple):
    draft: str
    file: str
    schema: Any
    tests: list[dict[str, Any]]

    @property
    def declared(self) -> str:
        """The `$schema` of the draft."""
        return DRAFTS[self.draft]

    @property
    def address(self) -> str:
        """The `$id` of the schema, if that is on the host of the suite."""
        name = "id" if self.draft == "draft4" else "$id"
        address = self.schema.get(name, "") if isinstance(self.schema, dict) else ""
        return address if address.startswith(HOST) else ""


def groups() -> Iterator[Any]:
    for draft in DRAFTS:
        folder = SUITE / "tests" / draft
        optional = [folder / "optional" / f"{name}.json" for name in OPTIONAL]
        for path in sorted(folder.glob("*.json")) + [each for each in optional if each.exists()]:
            if path.name in DIFFERENT:
                continue
            for number, group in enumerate(json.loads(path.read_text("utf-8"))):
                label = f"{draft}-{path.stem}-{number}-{group['description']}"
                found = Group(draft, path.stem, group["schema"], group["tests"])
                yield pytest.param(found, id=label)


GROUPS = list(groups()) or [Group("draft7", "", True, [])]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The host of the suite as a folder."""
    folder = tmp_path_factory.mktemp("host")
    shutil.copytree(SUITE / "remotes", folder, dirs_exist_ok=True)
    return folder


def write(path: Path, schema: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(schema), "utf-8")
    return path


def declared(group: Group) -> Any:
    if not isinstance(group.schema, dict):
        return group.schema
    return {"$schema": group.declared, **group.schema}


def alone(group: Group, folder: Path) -> Path:
    """The contract is the schema, in the folder that its address asks for."""
    place = group.address.removeprefix(HOST).rpartition("/")[0]
    return write(folder / place / "contract.json", declared(group))


def second(group: Group, folder: Path) -> Path:
    """The schema is a second file, whatever address it gives itself."""
    write(folder / "second.json", declared(group))
    name = "id" if group.draft == "draft4" else "$id"
    contract = {"$schema": group.declared, name: f"{HOST}contract.json"}
    return write(folder / "contract.json", {**contract, "allOf": [{"$ref": "second.json"}]})


def _beside_a_dynamic_reference(path: Path, group: Group) -> Path:
    contract = json.loads(path.read_text("utf-8"))
    definitions = {"any": {}, "unused": {DYNAMIC.get(group.draft, "$dynamicRef"): "#/$defs/any"}}
    return write(path, {**contract, "$defs": definitions})


def dynamic(group: Group, folder: Path) -> Path:
    """The same, where references have to be followed on the way that was taken."""
    return _beside_a_dynamic_reference(second(group, folder), group)


def without_address(group: Group, folder: Path) -> Path:
    """The same, by a contract that gives itself no address."""
    path = dynamic(group, folder)
    contract = json.loads(path.read_text("utf-8"))
    contract.pop("$id", None)
    contract.pop("id", None)
    return write(path, contract)


@needs(SUITE)
@pytest.mark.parametrize("layout", [alone, second, dynamic, without_address])
@pytest.mark.parametrize("group", GROUPS)
def test_valid_exactly_when_no_finding(
    group: Group, layout: Callable[[Group, Path], Path], folder: Path
) -> None:
    path = layout(group, folder)
    refusal = ""
    try:
        contract = load_schema(path)
    except SchemaError as error:
        refusal = error.message
    if refusal:
        # Only what is asked of a host that the contract does not say it is from.
        assert layout in (alone, without_address), refusal
        assert "leads nowhere" in refusal or "nothing is fetched" in refusal
        pytest.skip(f"refused: {refusal}")
    quick = Evaluator(contract.references, lambda rule: rule.severity)
    walking = WalkingEvaluator(contract.references, lambda rule: rule.severity)
    for case in group.tests:
        failures = list(quick.failures(case["data"]))
        assert (not failures) == case["valid"], (case["description"], failures)
        assert bool(quick.accepts(case["data"])) == case["valid"], case["description"]
        assert list(walking.failures(case["data"])) == failures, case["description"]
        explained = list(explain(failures, lambda rule: Severity.ERROR))
        assert bool(explained) == bool(failures), case["description"]
        assert all(found.finding.message for found in explained)
