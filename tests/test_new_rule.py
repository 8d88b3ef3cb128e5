"""The scaffold makes a rule that needs no other file."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from paths import ROOT


def test_scaffolded_rule_is_found_documented_and_run(tmp_path: Path) -> None:
    package = tmp_path / "lint" / "seedlint"
    shutil.copytree(
        ROOT / "lint" / "seedlint", package, ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    env = {"PYTHONPATH": str(tmp_path / "lint"), "PATH": ""}

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
    again = python("tools/new_rule.py", "url", "forgotten-draft")
    assert again.returncode == 1
    assert "already" in again.stderr
