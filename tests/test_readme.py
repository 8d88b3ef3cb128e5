"""Every command that the README shows is run, and what it shows is what comes out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from command import EXECUTABLE, seedlint
from paths import ROOT

README = (ROOT / "README.md").read_text("utf-8")
SHELL = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
]
COMMANDS = [line.split(" #")[0].strip() for line in SHELL]
SETUP = [command for command in COMMANDS if command.startswith("python3 ")]
PLAIN = [command for command in COMMANDS if command.startswith("seedlint")]


def test_every_command_is_of_a_kind_that_is_run() -> None:
    assert sorted(COMMANDS) == sorted(SETUP + PLAIN)
    assert len(SETUP) == 2
    assert len(PLAIN) >= 8


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder in which the commands of the README make sense."""
    (tmp_path / "drafts").mkdir()
    (tmp_path / "videos").mkdir()
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    shutil.copy(
        ROOT / "schemas" / "article.schema.json", tmp_path / "schemas" / "video.schema.json"
    )
    some = sorted((ROOT / "seeds").glob("2024-03*.md"))[0]
    text = some.read_text("utf-8")
    for other in ("videos/one.md", "drafts/story.md", "story.md"):
        renamed = rf'\1: "\2-{other[:5]}"'
        renamed = re.sub(r'(?m)^(title|originalUrl|webUrl): "(.*)"$', renamed, text)
        (tmp_path / other).write_text(renamed, "utf-8")
    (tmp_path / "seedlint.toml").write_text('include = ["seeds/*.md", "videos/*.md"]\n', "utf-8")
    return tmp_path


@pytest.mark.parametrize("command", PLAIN)
def test_command_works(command: str, checkout: Path) -> None:
    env = {**os.environ, "PATH": f"{EXECUTABLE.parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        command, shell=True, cwd=checkout, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_output_shown_is_the_output() -> None:
    shown = re.search(r"<!-- output of: (.*?) -->\n```text\n(.*?)```", README, re.DOTALL)
    assert shown
    result = seedlint(*shown[1].split()[1:])
    assert result.code == 1
    assert shown[2] == result.out.rstrip("\n") + "\n"


def test_configuration_shown_is_accepted(tmp_path: Path) -> None:
    shown = re.search(r"```toml\n(.*?)```", README, re.DOTALL)
    assert shown
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    (tmp_path / "pyproject.toml").write_text(shown[1], "utf-8")
    result = seedlint(cwd=tmp_path)
    assert result.code == 0, result.err


def test_python_example_runs(tmp_path: Path) -> None:
    shown = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert shown
    (tmp_path / "story.md").write_text("# no front matter\n", "utf-8")
    done = subprocess.run(
        [EXECUTABLE.with_name("python"), "-c", shown[1]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "1 FM001 no front matter\n", done.stderr


def test_ci_runs_the_second_command() -> None:
    assert SETUP[1] in (ROOT / ".ci" / "run").read_text("utf-8")


@pytest.mark.slow
def test_the_first_command_in_a_fresh_copy(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis")
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=ignored)
    done = subprocess.run(
        SETUP[0], shell=True, cwd=copy, capture_output=True, text=True, check=False
    )
    if "No matching distribution" in done.stderr or "NewConnectionError" in done.stderr:
        pytest.skip("no package index can be reached")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "error[" in done.stdout
    assert " --> tests/golden/tour/" in done.stdout
