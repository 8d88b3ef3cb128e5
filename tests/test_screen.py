"""The screen is never wrong: what it calls clean, the exact path reports nothing about."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import differential
from command import seedlint
from paths import CORPUS, SEEDS
from rule_examples import examples_of
from seedlint.check import Checker
from seedlint.document.document import read_document
from seedlint.document.limits import Limits
from seedlint.rules import all_rules
from seedlint.run import open_contract
from seedlint.schema import validate
from seedlint.schema.known import shipped_contract
from seedlint.schema.load import load_contract
from seedlint.schema.validate import ContractChecker
from seedlint.screen.contract import Undecided, compile_contract
from seedlint.screen.reader import Reader
from seedlint.screen.screen import Screen
from seedlint.settings import Settings
from seedlint.text.source import SourceFile

SECONDS = float(os.environ.get("SEEDLINT_FUZZ_SECONDS", "10"))
SETTINGS = Settings()
LIMITS = Limits()


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(validate, "Bound", differential.Unshortened)
        yield Checker(open_contract(SETTINGS), SETTINGS, shortened=False)


@pytest.fixture(scope="module")
def screen() -> Screen:
    return Screen(json.loads(Path(shipped_contract()).read_bytes()), LIMITS)


def files(*folders: Path) -> Iterator[bytes]:
    for folder in folders:
        for path in sorted(folder.rglob("*.md")):
            yield path.read_bytes()


def test_own_seeds(screen: Screen, checker: Checker) -> None:
    assert sum(differential.agree(data, screen, checker) for data in files(SEEDS)) > 5


def test_real_seeds(screen: Screen, checker: Checker) -> None:
    if not CORPUS.exists():
        pytest.skip("no corpus of real seeds beside the checkout")
    clean = screened = 0
    for data in files(CORPUS):
        screened += differential.agree(data, screen, checker)
        clean += not checker.check(SourceFile.from_bytes("seed.md", data)).diagnostics
    # A screen that is always unsure would be right, and useless.
    assert screened > 0.95 * clean > 100


def test_mutants(screen: Screen, checker: Checker) -> None:
    pool = list(files(SEEDS, *([CORPUS] if CORPUS.exists() else [])))
    cases, clean = differential.compare(pool, random.Random(7), screen, checker, seconds=SECONDS)
    print(f"{cases} mutants, {clean} of them screened clean, no disagreement")
    assert clean > cases // 20


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.code)
def test_no_failing_example_passes(rule: object, tmp_path: Path) -> None:
    for example in examples_of(rule):  # type: ignore[arg-type]
        if example.kind != "fail" or example.others:
            continue
        path = tmp_path / "contract.schema.json"
        path.write_text(example.schema, "utf-8")
        try:
            screen = Screen(load_contract(path).schema, LIMITS)
        except Undecided:
            continue
        assert screen.judge(example.text.encode("utf-8", "surrogatepass")) is None


VALUES = [
    *(None, True, False, 0, 1, -1, 2, 10**20, 1.0, 0.5, "", "a", "ab", "abc", "é😀", "2024-05-01"),
    *([], [1], ["a", "a"], ["a", "b"], [1, True], [None, {}], {}, {"a": 1}, {"a": "b", "c": []}),
]
CONTRACTS = [
    {"type": "integer"},
    {"type": "number", "minimum": 1, "exclusiveMaximum": 2},
    {"type": ["string", "null"], "minLength": 2, "maxLength": 2},
    {"enum": [1, "a", None, True]},
    {"const": 0},
    {"const": False},
    {"not": {"type": "string"}},
    {"anyOf": [{"type": "string"}, {"minimum": 1}]},
    {"oneOf": [{"type": "number"}, {"minimum": 1}]},
    {"if": {"type": "array"}, "then": {"minItems": 2, "uniqueItems": True}, "else": {"const": "a"}},
    {"required": ["a"], "properties": {"a": {"type": "integer"}}, "additionalProperties": False},
    {"patternProperties": {"^a": {"type": "integer"}}, "additionalProperties": {"type": "array"}},
    {"propertyNames": {"pattern": "^a$"}, "maxProperties": 1},
    {"dependentRequired": {"a": ["c"]}, "minProperties": 1},
    {"dependentSchemas": {"a": {"required": ["c"]}}},
    {"prefixItems": [{"type": "string"}], "items": {"type": "null"}},
    {"multipleOf": 2},
    {"format": "date"},
    {"anyOf": [{"format": "uri"}, {"type": "string"}]},
    {"$ref": "#/$defs/tree", "$defs": {"tree": {"items": {"$ref": "#/$defs/tree"}, "maxItems": 1}}},
]


@pytest.mark.parametrize("schema", CONTRACTS, ids=json.dumps)
@pytest.mark.parametrize(
    "dialect",
    ["https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema"],
)
def test_keywords(schema: dict[str, object], dialect: str, tmp_path: Path) -> None:
    """What passes has no finding on the exact path, and something passes."""
    path = tmp_path / "contract.schema.json"
    value = {"$schema": dialect, "properties": {"value": schema}, "$defs": schema.get("$defs", {})}
    path.write_text(json.dumps(value), "utf-8")
    contract = load_contract(path)
    passes = compile_contract(contract.schema)
    checker = ContractChecker(contract, SETTINGS.severity_of, shortened=False)
    decided = 0
    for each in VALUES:
        findings = list(checker.check({"value": each}))
        assert not (passes({"value": each}) and findings), (each, findings)
        decided += passes({"value": each})
    assert decided


NESTED = [
    "a: 1",
    "a: []",
    "a: {}",
    "a:\n  - 1",
    "a:\n- 1",
    "a:\n  b: 1",
    "a:\n  b: []",
    "a:\n  - []",
    "a:\n  - b: 1",
    "a:\n  - b: {}",
    "a:\n  - b: 1\n    c: []",
    "a:\n  b:\n    c: 1",
    "a:\n  b:\n    c: []\nd: 1",
    "a: 1\nb: []",
    "a:\n  b: 1\nc: []",
]


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("yaml", NESTED)
def test_depth_is_counted_alike(yaml: str, depth: int) -> None:
    limits = Limits(depth=depth)
    reader = Reader(limits)
    # The second time from what it remembers of the lines.
    for _ in range(2):
        text = f"---\n{yaml}\n---\n"
        read = reader.read(text.encode())
        document = read_document(SourceFile("seed.md", text), limits)
        assert (read is None) == bool(document.problems)
        assert read is None or read == document.data


def test_a_quoted_key_does_not_change_the_verdict_on_depth(tmp_path: Path) -> None:
    """It only keeps the screen from being sure."""
    (tmp_path / "contract.json").write_text("{}")
    for depth in (1, 2, 3):
        nested = "a:\n" * (depth > 2) + "  b:\n" * (depth > 1) + "    c: []\n"
        config = f'schema = "contract.json"\n[limits]\ndepth = {depth}\n'
        (tmp_path / "seedlint.toml").write_text(config)
        (tmp_path / "plain.md").write_text(f"---\n{nested}---\n")
        (tmp_path / "quoted.md").write_text(f"---\n{nested}---\n".replace("c:", '"c":'))
        result = seedlint(*("check", "--no-cache", "--output-format", "concise", "."), cwd=tmp_path)
        assert result.code == 1
        assert result.out.count("SEED002") == 2, result.out


def test_clean_seeds_load_no_heavy_module() -> None:
    """What positions, messages and the full JSON Schema need costs more than a thousand seeds."""
    program = (
        "import sys; from seedlint.cli.main import run_command\n"
        "assert run_command(['check', '--isolated', *sys.argv[1:]]) == 0\n"
        "print(' '.join(sorted(sys.modules)))"
    )
    seeds = [path for path in sorted(SEEDS.rglob("*.md")) if is_screened(path)]
    assert len(seeds) > 5
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, seeds)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "seedlint.screen.screen" in loaded
    heavy = {"jsonschema", "referencing", "ruamel.yaml", "attrs", "multiprocessing", "tomllib"}
    heavy |= {"seedlint.check", "seedlint.exact", "seedlint.schema.load", "seedlint.diagnostic"}
    heavy |= {"seedlint.rules.url.bad_host", "seedlint.report.full", "difflib"}
    heavy |= {"click", "dataclasses", "inspect", "pathlib", "platformdirs", "sqlite3"}
    assert loaded & heavy == set()


def is_screened(path: Path) -> bool:
    found = Screen(json.loads(Path(shipped_contract()).read_bytes()), LIMITS).judge(
        path.read_bytes()
    )
    return found is not None
