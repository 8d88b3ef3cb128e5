"""The commands that CONTRIBUTING.md shows do what it says, in a copy of the working tree."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from paths import ROOT, copy_checkout

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
COMMANDS = [
    line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()
]
# Run by `.ci/run` and CI, as part of which this runs.
ELSEWHERE = ("python3 -m venv", ".venv/bin/pip install", ".venv/bin/pytest -n auto")
# Not in the environment of those who only run the tests; pre-commit and CI run them.
LINTERS = (".venv/bin/ruff", ".venv/bin/mypy")
HERE = [command for command in COMMANDS if not command.startswith((*ELSEWHERE, *LINTERS))]


def test_commands_are_known() -> None:
    assert len([command for command in COMMANDS if command.startswith(ELSEWHERE)]) == 3
    assert len([command for command in COMMANDS if command.startswith(LINTERS)]) == 3
    assert len(HERE) == 4


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("contributing") / "seedlint"
    copy_checkout(copy)
    return copy


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the commands are for POSIX shells")
def test_commands_in_their_order(copy: Path) -> None:
    """The last, a rule that is not filled in, comes when the documents have been compared."""
    env = {**os.environ, "PYTHONPATH": str(copy / "lint")}
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    for command in HERE:
        done = subprocess.run(
            command.replace(".venv/bin/python ", f"{sys.executable} ").replace(
                ".venv/bin/pytest ", f"{sys.executable} -m pytest -p no:cacheprovider "
            ),
            shell=True,
            cwd=copy,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (command, done.stdout, done.stderr)
    after = {path: path.read_bytes() for path in before}
    index = copy / "lint" / "seedlint" / "rules" / "index.py"
    assert [path for path in before if before[path] != after[path]] == [index]
    (made,) = (copy / "lint").rglob("tracking_parameter.py")
    assert f"{made}\n" == done.stdout


def test_no_test_compares_wall_clock_times() -> None:
    """Only `wait_until` reads a clock, so as not to wait for ever."""
    clocks = re.compile(r"\bperf_counter|\bmonotonic\b|\btime\.time\(|^from time import", re.M)
    reading = {
        path.relative_to(ROOT).as_posix(): len(clocks.findall(path.read_text("utf-8")))
        for path in (ROOT / "tests").rglob("*.py")
        if path != Path(__file__)
    }
    assert {name: count for name, count in reading.items() if count} == {
        "tests/support/processes.py": 2
    }
