"""The gate of docs/security.md is run, over checkouts made with git.

The base branch has the configuration that README shows. Whatever a pull request changes, its seeds
are judged by that.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from command import EXECUTABLE
from paths import ROOT, SEEDS
from repositories import commit, git

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
(WORKFLOW,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
STEPS: list[dict[str, Any]] = yaml.safe_load(WORKFLOW)["jobs"]["seeds"]["steps"]
CHECKOUTS = [step["with"] for step in STEPS if step.get("uses", "").startswith("actions/checkout@")]
INSTALL = "python -m pip install ./seedlint"
COMMANDS = [step for step in STEPS if "run" in step and step["run"] != INSTALL]
CLEAN = sorted(SEEDS.glob("2024-03*.md"))[0]

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("git"), reason="needs bash and git"
)


def seed(name: str, url: str = "") -> str:
    """A seed like no other, clean but for `url`, a line that has another one than `originalUrl`."""
    text = re.sub(
        r'(?m)^(title|originalUrl|webUrl): "(.*)"$', rf'\1: "\2-{name}"', CLEAN.read_text("utf-8")
    )
    if url:
        text, count = re.subn(r"(?m)^originalUrl: .*$", lambda found: url, text)
        assert count == 1
    return text


def bad_url(name: str) -> str:
    return f"originalUrl: \"javascript:alert('{name}')\""


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@dataclass(frozen=True)
class Gate:
    """What the last command of the workflow left behind."""

    code: int
    out: str
    err: str

    @property
    def codes(self) -> set[str]:
        return set(re.findall(r"(?m)^\w+\[(\w+) ", self.out))


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """The repository: a branch `main` with README's configuration, and a branch `pull`."""
    folder = tmp_path / "origin"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    shutil.copytree(SEEDS, folder / "seeds")
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    found = re.search(r"```toml\n(.*?)```", README, re.DOTALL)
    assert found
    config = found[1].replace("[tool.seedlint]\n", "").replace("[tool.seedlint.", "[")
    for setting in ("schema", "include", "exclude", "[per-file-ignores]"):
        assert f"\n{setting}" in f"\n{config}"
    write(folder / "seedlint.toml", config)
    # Each setting matters: without it there would be a finding.
    write(folder / "README.md", "no seed\n")
    write(folder / "seeds/archive/old.md", "no seed\n")
    write(folder / "seeds/2019-old.md", seed("old", bad_url("old")))
    commit(folder)
    git(folder, "checkout", "--quiet", "-b", "pull")
    return folder


def run_gate(origin: Path) -> Gate:
    """Do what a runner does with the workflow."""
    workspace = origin.parent / "workspace"
    workspace.mkdir()
    commit(origin)
    for options in CHECKOUTS:
        if "repository" not in options:
            branch = {"${{ github.base_ref }}": "main", None: "pull"}[options.get("ref")]
            source = str(origin)
            git(workspace, "clone", "--quiet", "--branch", branch, source, options["path"])
    env = {
        "PATH": f"{EXECUTABLE.parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(workspace),
        "CI": "true",
        "GITHUB_WORKSPACE": str(workspace),
    }
    (step,) = COMMANDS
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=workspace / step.get("working-directory", "."),
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Gate(done.returncode, done.stdout, done.stderr)


def test_the_workflow_trusts_only_what_it_pins() -> None:
    ci = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    pins = re.findall(r"uses: (\S+ # \S+)", WORKFLOW)
    assert len(pins) == len([step for step in STEPS if "uses" in step]) == 4
    for pin in pins:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", pin)
        assert pin in ci
    assert all(options["persist-credentials"] is False for options in CHECKOUTS)
    assert [options["path"] for options in CHECKOUTS] == ["head", "base", "seedlint"]
    # What is installed is a commit with a full hash, neither a name nor what the pull request has.
    assert re.fullmatch("[0-9a-f]{40}", CHECKOUTS[2]["ref"])
    assert [step["run"] for step in STEPS if "pip" in step.get("run", "")] == [INSTALL]
    workflow = yaml.safe_load(WORKFLOW)
    assert workflow["permissions"] == {}
    assert workflow["jobs"]["seeds"]["permissions"] == {"contents": "read"}
    assert "${{" not in "".join(step.get("run", "") for step in STEPS)


def test_equal_heads(origin: Path) -> None:
    gate = run_gate(origin)
    assert (gate.code, gate.out) == (0, "")
    count = len(list((origin / "seeds").glob("*.md")))
    assert gate.err.endswith(
        f"OK: {count} seeds checked against ../base/schemas/article.schema.json; "
        "1 finding suppressed\n"
    )


def test_a_good_seed(origin: Path) -> None:
    write(origin / "seeds/new.md", seed("new"))
    write(origin / "seeds/archive/new.md", "excluded\n")
    write(origin / "seeds/2019-new.md", seed("2019", bad_url("2019")))
    gate = run_gate(origin)
    assert (gate.code, gate.out) == (0, "")
    assert "; 2 findings suppressed" in gate.err


def nothing_more(origin: Path) -> None:
    """Only the bad seed."""


def other_rules(origin: Path) -> None:
    write(origin / "seedlint.toml", 'ignore = ["ALL"]\nexclude = ["seeds/bad.md"]\n')
    write(origin / "pyproject.toml", '[tool.seedlint]\nexclude = ["seeds/bad.md"]\n')
    write(origin / "seeds/seedlint.toml", 'ignore = ["ALL"]\n')


def no_rules(origin: Path) -> None:
    (origin / "seedlint.toml").unlink()


def broken_rules(origin: Path) -> None:
    (origin / "seedlint.toml").unlink()
    (origin / "seedlint.toml").symlink_to("/dev/zero")
    write(origin / "pyproject.toml", "# seedlint\n" + ".".join(["a"] * 20_000) + " = 1\n")


def other_schema(origin: Path) -> None:
    for path in (origin / "schemas").glob("*.json"):
        path.write_text("true")


def schema_that_leads_away(origin: Path) -> None:
    shutil.rmtree(origin / "schemas")
    (origin / "schemas").symlink_to("../base/seeds")


def comments(origin: Path) -> None:
    marks = ("ignore[ALL]", "ignore[URL003]", "ignore[URL]", "ignore[unknown-scheme]", "ignore")
    for number, mark in enumerate(marks):
        name = f"bad-{number}"
        text = seed(name, f"{bad_url(name)} # seedlint: {mark}")
        write(origin / f"seeds/{name}.md", text)
    text = seed("bad", f"# seedlint: ignore[URL003]\n{bad_url('bad')}")
    write(origin / "seeds/bad.md", text)


def programs(origin: Path) -> None:
    for name in ("click", "seedlint", "jsonschema", "json", "sitecustomize", "tomllib"):
        write(origin / f"{name}.py", "import os\nos._exit(0)\n")


@pytest.mark.parametrize(
    "change",
    [
        nothing_more,
        other_rules,
        no_rules,
        broken_rules,
        other_schema,
        schema_that_leads_away,
        comments,
        programs,
    ],
    ids=lambda change: change.__name__,
)
def test_a_hostile_head_is_judged_by_the_base(change: Callable[[Path], None], origin: Path) -> None:
    write(origin / "seeds/bad.md", seed("bad", bad_url("bad")))
    change(origin)
    gate = run_gate(origin)
    assert (gate.code, gate.codes) == (1, {"URL003"}), gate
    assert " --> seeds/bad.md:" in gate.out
    found = len(list((origin / "seeds").glob("bad*.md")))
    assert gate.out.count("[URL003 ") == found
    assert "against ../base/schemas/article.schema.json; 1 finding suppressed" in gate.err


def test_seeds_are_compared_with_those_of_the_head(origin: Path) -> None:
    shutil.copy(origin / "seeds" / CLEAN.name, origin / "seeds/twin.md")
    gate = run_gate(origin)
    assert (gate.code, gate.codes) == (1, {"DUP001", "DUP002"})
    assert "base/seeds" not in gate.out


def test_a_seed_that_moves_is_no_duplicate(origin: Path) -> None:
    (origin / "seeds" / CLEAN.name).rename(origin / "seeds/moved.md")
    assert run_gate(origin).code == 0


@pytest.mark.parametrize("how", ["gone", "link", "elsewhere"])
def test_a_head_without_seeds_is_not_green(how: str, origin: Path) -> None:
    shutil.rmtree(origin / "seeds")
    if how == "link":
        (origin / "seeds").symlink_to("../base/seeds")
    elif how == "elsewhere":
        write(origin / "posts/bad.md", seed("bad", bad_url("bad")))
    gate = run_gate(origin)
    assert gate.code == 2
    assert "no seeds found" in gate.err
