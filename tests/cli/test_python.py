"""`python -m seedlint` and the public functions."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import seedlint
from paths import GOLDEN, ROOT


def test_module_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "seedlint", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"seedlint {seedlint.__version__}\n"


def test_lint_text_and_lint_paths_agree() -> None:
    path = GOLDEN / "err" / "enum-typo.md"
    from_text = seedlint.lint_text(path.read_text("utf-8"), filename=str(path))
    assert from_text == seedlint.lint_paths([path])
    (finding,) = from_text
    assert isinstance(finding, seedlint.Diagnostic)
    assert (finding.code, finding.region.start.line, finding.pointer) == ("SCH004", 8, "/type")


def test_lint_text_takes_a_contract() -> None:
    schema = ROOT / "schemas" / "config.schema.json"
    (finding,) = seedlint.lint_text("---\nselekt: [ALL]\n---\n", schema=schema)
    assert finding.message == "unknown key `selekt`; did you mean `select`?"


def test_one_path_is_one_path(monkeypatch: pytest.MonkeyPatch) -> None:
    path = GOLDEN / "err" / "enum-typo.md"
    findings = seedlint.lint_paths([path])
    assert findings
    assert seedlint.lint_paths(path) == seedlint.lint_paths(str(path)) == findings
    monkeypatch.chdir(path.parent)
    (finding,) = seedlint.lint_paths("enum-typo.md")
    assert finding.region.path == "enum-typo.md"


def test_no_paths_are_not_the_working_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GOLDEN)
    assert seedlint.lint_paths([]) == seedlint.lint_paths(iter([])) == []
    assert seedlint.lint_paths(["."])


def test_failures_are_public() -> None:
    with pytest.raises(seedlint.InputError):
        seedlint.lint_paths("no-such-file.md")
    with pytest.raises(seedlint.SchemaError):
        seedlint.lint_text("---\na: 1\n---\n", schema="no-such.schema.json")
    assert issubclass(seedlint.SchemaError, seedlint.SeedlintError)


SEED = """---
title: Tides
heat: hot # seedlint: ignore[SCH003] a figure of speech
cold: icy
---
"""


def test_rules_and_a_configuration_can_be_chosen(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text(
        '{"required": ["date"], "properties": {"heat": {"type": "integer"}, '
        '"cold": {"type": "integer"}}}'
    )
    config = tmp_path / "seedlint.toml"
    config.write_text('schema = "s.json"\n[severity]\nSCH003 = "info"\n')

    def codes(**chosen: Any) -> list[str]:
        found = seedlint.lint_text(SEED, **chosen)
        (tmp_path / "a.md").write_text(SEED)
        assert len(seedlint.lint_paths(tmp_path / "a.md", **chosen)) == len(found)
        return [each.code for each in found]

    schema = tmp_path / "s.json"
    assert codes(schema=schema) == codes(config=config) == ["SCH001", "SCH003"]
    assert codes(schema=schema, select=["SCH003"]) == ["SCH003"]
    assert codes(config=str(config), ignore=["missing-key"]) == ["SCH003"]
    (found,) = seedlint.lint_text(SEED, config=config, ignore=["SCH001"])
    assert found.severity is seedlint.Severity.INFO
    for wrong in ({"select": ["XYZ"]}, {"ignore": ["FM001"]}, {"ignore": ["ALL"]}):
        with pytest.raises(seedlint.ConfigError):
            seedlint.lint_paths([], **wrong)
    with pytest.raises(seedlint.ConfigError):
        seedlint.lint_text(SEED, config=tmp_path / "none.toml")


def test_a_finding_as_plain_data() -> None:
    path = "tests/golden/err/duplicate-key.md"
    (found,) = seedlint.lint_paths(ROOT / path)
    plain = json.loads(json.dumps(found.to_dict()))
    done = subprocess.run(
        [sys.executable, "-m", "seedlint", "--isolated", "--output-format", "json", ROOT / path],
        capture_output=True,
        check=False,
    )
    assert json.loads(done.stdout) == [plain]


def test_every_public_name_is_there() -> None:
    program = (
        "import seedlint; print(dir(seedlint) == sorted(seedlint.__all__));"
        "print(all(getattr(seedlint, name) for name in seedlint.__all__))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "True\nTrue\n", done.stderr


def test_unknown_attribute() -> None:
    with pytest.raises(AttributeError):
        _ = seedlint.no_such_thing  # type: ignore[attr-defined]


TYPED = """\
from pathlib import Path

import seedlint
from seedlint import (
    ConfigError, Diagnostic, InputError, Label, Position, Region, Rule, SchemaError, SeedlintError,
    Severity, __version__, lint_paths, lint_text,
)

findings: list[Diagnostic] = lint_paths("here.md") + lint_paths(Path("here.md"))
findings += lint_paths(["a.md", Path("b.md")]) + lint_text("", schema="s.json")
for finding in findings:
    region: Region = finding.region
    place: Position = region.start
    labels: tuple[Label, ...] = finding.labels
    grave: bool = finding.severity is Severity.ERROR
seedlint.lint_txt("")
from seedlint import lint_txt
"""


def test_a_type_checker_knows_the_names_and_only_these(tmp_path: Path) -> None:
    (tmp_path / "user.py").write_text(TYPED, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "user.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    wrong = [line.partition(": error: ") for line in done.stdout.splitlines()]
    line = TYPED.count("\n")
    assert [place for place, error, _ in wrong if error] == [
        f"user.py:{line - 1}",
        f"user.py:{line}",
    ], done.stdout + done.stderr


def test_the_collector_of_a_program_is_left_alone() -> None:
    # An anchor is nothing for the line reader.
    program = """
import gc, seedlint
# Python 3.12 begins with some objects that are frozen.
before = gc.get_freeze_count()
seedlint.lint_text("---\\ntitle: &a x\\n---\\n")
print(gc.get_freeze_count() - before, gc.isenabled())
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "0 True\n"
