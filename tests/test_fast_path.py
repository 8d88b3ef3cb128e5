"""Shortcuts change no result: that of the YAML reader without quick tests is that of all ways."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

import differential
from command import seedlint
from paths import CORPUS, SEEDS, seeds_in
from rule_examples import examples_of, write_contract
from seedlint.check import Checker
from seedlint.discover import Target
from seedlint.document.document import read_document
from seedlint.document.limits import Limits
from seedlint.document.line_reader import LineReader
from seedlint.fast_path import FastPath, check_each
from seedlint.result import FileResult
from seedlint.rules import all_rules
from seedlint.rules.base import Rule
from seedlint.run import open_schema
from seedlint.schema.evaluate import Evaluator
from seedlint.schema.load import load_schema
from seedlint.settings import Settings
from seedlint.text.source import SourceFile
from walking import WalkingEvaluator, walking_checker

SETTINGS = Settings()
LIMITS = Limits()


@pytest.fixture(scope="module")
def checker() -> Checker:
    return walking_checker(open_schema(SETTINGS), SETTINGS)


@pytest.fixture(scope="module")
def fast_path() -> FastPath:
    return FastPath(open_schema(SETTINGS), SETTINGS)


def test_own_seeds(fast_path: FastPath, checker: Checker) -> None:
    found = [
        differential.agree(data, fast_path, checker)
        for data in seeds_in(SEEDS, Path(__file__).parent)
    ]
    assert sum(each.is_fast for each in found) > 15
    assert sum(bool(each.result.diagnostics) for each in found) > 10


@pytest.mark.slow
def test_real_seeds(fast_path: FastPath, checker: Checker) -> None:
    if not CORPUS.exists():
        pytest.skip("no corpus of real seeds beside the checkout")
    found = [differential.agree(data, fast_path, checker) for data in seeds_in(CORPUS)]
    # A fast path that is always unsure would be right, and useless.
    fast = [each.result for each in found if each.is_fast]
    assert len(fast) > 0.97 * len(found) > 100
    assert sum(bool(result.diagnostics) for result in fast) > 50


@pytest.mark.parametrize("count", [500, pytest.param(20_000, marks=pytest.mark.slow)])
def test_mutants(fast_path: FastPath, checker: Checker, count: int) -> None:
    pool = list(seeds_in(SEEDS, CORPUS))
    found = differential.compare(pool, random.Random(count), fast_path, checker, count)
    assert found["with findings"] > 10
    assert found["clean"] > count // 20
    assert found["fast"] - found["clean"] > count // 20


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.code)
def test_examples(rule: Rule, tmp_path: Path) -> None:
    for example in examples_of(rule):
        contract = load_schema(write_contract(example, tmp_path))
        checker = walking_checker(contract, SETTINGS)
        differential.agree(example.data, FastPath(contract, SETTINGS), checker)


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
    "draft",
    ["https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema"],
)
def test_keywords(schema: dict[str, object], draft: str, tmp_path: Path) -> None:
    """What the quick test accepts has no finding without it, and it accepts something."""
    path = tmp_path / "contract.schema.json"
    value = {"$schema": draft, "properties": {"value": schema}, "$defs": schema.get("$defs", {})}
    path.write_text(json.dumps(value), "utf-8")
    contract = load_schema(path)
    passes = Evaluator(contract.references, SETTINGS.severity_of).accepts
    walking = WalkingEvaluator(contract.references, SETTINGS.severity_of)
    decided = 0
    for each in VALUES:
        findings = walking.failures({"value": each})
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
    reader = LineReader(limits)
    # The second time from what it remembers of the lines.
    for _ in range(2):
        text = f"---\n{yaml}\n---\n"
        read = reader.read(text.encode())
        document = read_document(SourceFile("seed.md", text), limits)
        # What is too deep is left to the YAML reader, and so is what nearly is.
        assert read is None or (not document.problems and read.data == document.data)
        assert read is not None or depth < 4


def test_a_quoted_key_does_not_change_the_verdict_on_depth(tmp_path: Path) -> None:
    """Whichever reader reads it."""
    (tmp_path / "contract.json").write_text("{}")
    for depth in (1, 2, 3):
        nested = "a:\n" * (depth > 2) + "  b:\n" * (depth > 1) + "    c: []\n"
        config = f'schema = "contract.json"\n[limits]\ndepth = {depth}\n'
        (tmp_path / "seedlint.toml").write_text(config)
        (tmp_path / "plain.md").write_text(f"---\n{nested}---\n")
        (tmp_path / "quoted.md").write_text(f"---\n{nested}---\n".replace("c:", "? c\n    :"))
        result = seedlint(*("check", "--no-cache", "--output-format", "concise", "."), cwd=tmp_path)
        assert result.code == 1
        assert result.out.count("SEED002") == 2, result.out


@pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork there are no workers")
def test_the_parent_tries_a_few_files_and_workers_check_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_lines, by_yaml_reader = "---\ntitle: 1\n---\n", "---\ntitle: [\n---\n"
    seeds = []
    for number in range(300):
        path = tmp_path / f"{number:03}.md"
        path.write_text(by_lines if number % 2 else by_yaml_reader, "utf-8")
        seeds.append(Target(str(path), path.name))
    settings = Settings()
    fast_path = FastPath(open_schema(settings), settings)
    tried: list[str] = []
    log = tmp_path / "by-workers"
    check = FastPath.check

    def spy(
        self: FastPath, target: Target, data: bytes, *, in_worker: bool = False
    ) -> FileResult | None:
        if in_worker:
            with log.open("a") as stream:
                stream.write(f"{target.shown}\n")
        else:
            tried.append(target.shown)
        assert in_worker == (os.getpid() != parent)
        return check(self, target, data, in_worker=in_worker)

    parent = os.getpid()
    monkeypatch.setattr(FastPath, "check", spy)
    results = list(check_each(range(300), seeds, fast_path, None, 2))
    assert tried == [each.shown for each in seeds[: len(tried)]]
    assert 0 < len(tried) <= 32
    # The YAML reader is for workers only, so a result of the first file comes from one.
    by_workers = {*tried[::2], *(each.shown for each in seeds[len(tried) :])}
    assert sorted(log.read_text().split()) == sorted(by_workers)
    codes = [[code for _, code, *_ in each.findings] for each in results]
    assert "SCH003" in codes[1]
    assert codes[0][0].startswith("YML")
    assert codes == codes[:2] * 150


def test_clean_seeds_load_no_heavy_module() -> None:
    """What positions, messages and the full JSON Schema need costs more than a thousand seeds."""
    program = (
        "import sys; from seedlint.cli.main import run_command\n"
        "assert run_command(['check', '--isolated', *sys.argv[1:]]) == 0\n"
        "print(' '.join(sorted(sys.modules)))"
    )
    seeds = [path for path in sorted(SEEDS.rglob("*.md")) if is_accepted(path)]
    assert len(seeds) > 5
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, seeds)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "seedlint.fast_path" in loaded
    heavy = {"jsonschema", "referencing", "ruamel.yaml", "attrs", "multiprocessing", "tomllib"}
    heavy |= {"idna", "publicsuffixlist", "seedlint.rules.date", "seedlint.rules.seed"}
    heavy |= {
        "seedlint.check",
        "seedlint.full_path",
        "seedlint.schema.check",
        "seedlint.diagnostic",
    }
    heavy |= {"seedlint.rules.url.bad_host", "seedlint.report.full", "difflib"}
    heavy |= {"click", "dataclasses", "hashlib", "inspect", "pathlib", "platformdirs", "sqlite3"}
    heavy |= {"typing"}
    assert loaded & heavy == set()


_FOR_FEW_FINDINGS = {
    "hashlib",
    "html.entities",
    "seedlint.document.fences",
    "seedlint.schema.alternatives",
    "seedlint.suppress",
    "seedlint.text.places",
    "urllib.parse",
}
_FOR_YAML = {"ruamel.yaml", "seedlint.document.diagnosis", "seedlint.document.characters"}


@pytest.mark.parametrize(
    ("old", "new", "code", "spared"),
    [
        ("type: article", "type: articel", "SCH004", _FOR_FEW_FINDINGS | _FOR_YAML),
        ("https://", "htps://", "URL003", _FOR_FEW_FINDINGS | _FOR_YAML),
        (
            "\nprovider:\n  name: ",
            "\nprovider:\n  name: By: ",
            "YML005",
            _FOR_FEW_FINDINGS
            | {
                "seedlint.document.losses",
                "seedlint.document.slips.of_layout",
                "seedlint.document.source_map",
            },
        ),
    ],
)
def test_a_finding_loads_what_it_needs(
    tmp_path: Path, old: str, new: str, code: str, spared: set[str]
) -> None:
    """The first finding of a run is what somebody waits for who has one seed to check."""
    # In one process, because what a worker imports nobody sees.
    program = (
        "import os, sys; from seedlint.cli.main import run_command\n"
        "del os.fork\n"
        "assert run_command(['check', '--isolated', *sys.argv[1:]]) == 1\n"
        "print(' '.join(sorted(sys.modules)))"
    )
    seed = next(path for path in sorted(SEEDS.rglob("*.md")) if is_accepted(path))
    text = seed.read_text("utf-8")
    assert old in text
    (tmp_path / seed.name).write_text(text.replace(old, new, 1), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", program, "--output-format", "concise", str(tmp_path)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    report, loaded = done.stdout.splitlines()
    assert f" {code} " in report
    assert set(loaded.split()) & spared == set()


def is_accepted(path: Path) -> bool:
    """Whether there is certainly nothing to report, not even about characters."""
    content = LineReader(LIMITS).read(path.read_bytes())
    evaluator = FastPath(open_schema(SETTINGS), SETTINGS).evaluator
    return bool(content and not content.has_invisible and evaluator.accepts(content.data))
