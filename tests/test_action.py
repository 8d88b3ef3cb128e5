"""action.yml: its steps are run as a runner runs them, with a stranger's inputs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from command import EXECUTABLE, seedlint
from paths import ROOT

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
INSTALL, CHECK = ACTION["runs"]["steps"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs bash")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "s.json").write_text('{"properties": {"title": {"type": "string"}}}')
    (folder / "seedlint.toml").write_text('schema = "s.json"\n')
    (folder / "a.md").write_text("---\ntitle: 5\n---\n")
    (folder / "b c.md").write_text("---\ntitle: T\n---\n")
    # What the first step installs.
    (tmp_path / "seedlint" / "bin").mkdir(parents=True)
    (tmp_path / "seedlint" / "bin" / "seedlint").symlink_to(EXECUTABLE)
    return folder


def run(tree: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The step that checks, with these inputs."""
    assert inputs.keys() <= ACTION["inputs"].keys()
    names = {f"INPUT_{name.upper()}": inputs.get(name, "") for name in ACTION["inputs"]}
    assert CHECK["env"].keys() == names.keys()
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", CHECK["run"]],
        cwd=tree,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(tree),
            "GITHUB_ACTIONS": "true",
            "CI": "true",
            "RUNNER_TEMP": str(tree.parent),
            "GITHUB_STEP_SUMMARY": str(tree.parent / "summary.md"),
            **names,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_inputs_the_configuration_says_what_is_checked(tree: Path) -> None:
    done = run(tree)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error title=SCH003 wrong-type,file=a.md,line=2,col=8")
    assert "| error | <code>a&#46;md&#58;2&#58;8</code>" in (tree.parent / "summary.md").read_text()


def test_inputs(tree: Path) -> None:
    assert run(tree, paths="b c.md\n").returncode == 0
    assert run(tree, paths="b c.md\na.md", sarif="out.sarif").returncode == 1
    (found,) = json.loads((tree / "out.sarif").read_text())["runs"][0]["results"]
    assert found["ruleId"] == "SCH003"
    (tree / "all.json").write_text("{}")
    assert run(tree, schema="all.json").returncode == 0
    (tree / "known.json").write_text('{"version": 1, "findings": []}')
    assert run(tree, baseline="known.json").returncode == 1
    assert run(tree, config="none.toml").returncode == 2
    assert run(tree, since="main").returncode == 2


@pytest.mark.parametrize("name", ACTION["inputs"])
def test_inputs_are_never_run(tree: Path, name: str) -> None:
    run(tree, **{name: f"$(touch {tree}/pwned) `touch {tree}/pwned`; touch {tree}/pwned #"})
    run(tree, **{name: "--output-file=pwned"})
    assert not (tree / "pwned").exists()


def on_the_page(key: str) -> Any:
    """The first example of docs/ci.md that has a key at its top, and there what the key holds."""
    page = (ROOT / "docs" / "ci.md").read_text("utf-8")
    examples = map(yaml.safe_load, re.findall(r"```yaml\n(.*?)```", page, re.DOTALL))
    return next(each[key] for each in examples if key in each)


def test_the_page_shows_inputs_that_there_are() -> None:
    *_, step = on_the_page("steps")
    assert step["with"].keys() <= ACTION["inputs"].keys()


def test_the_job_for_gitlab_writes_the_report_that_it_keeps(tree: Path) -> None:
    job = on_the_page("seedlint")
    command = job["script"][-1].split()
    assert command[0] == "seedlint"
    done = seedlint(*command[1:], cwd=tree, env={"CI": "true"})
    assert done.code == 1
    (found,) = json.loads((tree / job["artifacts"]["reports"]["codequality"]).read_text())
    assert found["location"]["path"] == "a.md"


def test_scripts_have_no_expressions() -> None:
    assert "${{" not in CHECK["run"] + INSTALL["run"]
    assert set(CHECK["env"]) == {f"INPUT_{name.upper()}" for name in ACTION["inputs"]}
