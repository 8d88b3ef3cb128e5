"""The scaffold makes a rule that needs no other file."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from paths import ROOT

SPEAKS = """
import sys
from rule_examples import examples_of, run_example
from seedlint.rules import all_rules
rule = next(rule for rule in all_rules().values() if rule.name == sys.argv[1])
for example in examples_of(rule):
    print(example.kind, rule.code in {each.code for each in run_example(example)[0]})
"""


def test_scaffolded_rule_is_found_documented_and_run(tmp_path: Path) -> None:
    package = tmp_path / "lint" / "seedlint"
    shutil.copytree(
        ROOT / "lint" / "seedlint", package, ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    env = {"PYTHONPATH": f"{tmp_path / 'lint'}:{tmp_path / 'tools'}", "PATH": ""}

    def python(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-P", *arguments]
            if sys.version_info >= (3, 11)
            else [sys.executable, *arguments],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )

    made = python("tools/new_rule.py", "url", "forgotten-draft")
    assert made.returncode == 0, made.stderr
    assert Path(made.stdout.strip()) == package / "rules" / "url" / "forgotten_draft.py"
    explained = python("-m", "seedlint", "rule", "forgotten-draft")
    assert explained.returncode == 0, explained.stderr
    assert "# forgotten-draft (URL" in explained.stdout
    # It speaks of a value that the binding accepts quickly, because it has not said otherwise.
    spoken = python("-c", SPEAKS, "forgotten-draft")
    assert spoken.stdout.split() == ["fail", "True", "pass", "False"], spoken.stderr
    again = python("tools/new_rule.py", "url", "forgotten-draft")
    assert again.returncode == 1
    assert "already" in again.stderr
