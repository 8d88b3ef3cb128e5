"""The pages of docs/ are executed as they are written."""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import seedlint
from command import EXECUTABLE
from command import seedlint as run
from paths import ROOT
from repositories import commit, git

SCHEMA = {
    "required": ["title", "date"],
    "properties": {"heat": {"type": "integer"}, "title": {"type": "string"}},
    "x-seedlint": {"unique-across": {"titles": ["title"]}},
}
SEED = "---\ndate: 2024-03-01\ntitle: Ferry\n---\n"


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page(name), re.DOTALL)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder that has what the pages speak of."""
    (tmp_path / ".git").mkdir()
    for folder in ("seeds", "drafts", "schemas"):
        (tmp_path / folder).mkdir()
    (tmp_path / "post.schema.json").write_text(json.dumps(SCHEMA))
    (tmp_path / "schemas" / "article.schema.json").write_text(json.dumps(SCHEMA))
    (tmp_path / "seeds" / "ferry.md").write_text(SEED)
    return tmp_path


COMMANDS = [
    (name, line.split(" #")[0].strip())
    for name in ("configuration.md", "suppressions.md", "ci.md")
    for block in blocks(name, "sh")
    for line in block.splitlines()
    if "_COMPLETE" not in line
]


@pytest.mark.skipif(sys.platform == "win32", reason="no bash here")
@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_command(name: str, command: str, tree: Path) -> None:
    (tree / "seedlint.toml").write_text('schema = "post.schema.json"\n')
    if "--since" in command or "git diff" in command or "--staged" in command:
        (tree / ".git").rmdir()
        git(tree, "init", "--quiet", "--initial-branch=main")
        commit(tree)
    env = {
        **os.environ,
        "PATH": f"{EXECUTABLE.parent}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_STEP_SUMMARY": str(tree / "step.md"),
    }
    (tree / "known.json").write_text('{"version": 1, "findings": []}')
    done = subprocess.run(
        ["bash", "-c", command], cwd=tree, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    said = "OK: 1 seed checked against post."
    if "--update-baseline" in command:
        said = "0 findings added, 0 removed"
    elif "--staged" in command:
        said = "no seeds are staged"
    elif "--files-from" in command:
        said = "names no files"
    assert said in done.stderr
    if "STEP_SUMMARY" in command:
        assert "No findings." in (tree / "step.md").read_text()


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 5


@pytest.mark.parametrize("name", ["configuration.md", "suppressions.md"])
def test_configuration(name: str, tree: Path) -> None:
    found = blocks(name, "toml")
    assert found
    for block in found:
        if "[tool.seedlint" in block:
            file = tree / "pyproject.toml"
        else:
            file = tree / "seedlint.toml"
            block = f'schema = "post.schema.json"\n{block}'
        file.write_text(block)
        seeds = "1 seed"
        if "seeds/news/" in block:
            seeds = "2 seeds"
            (tree / "seeds" / "news").mkdir()
            (tree / "seeds" / "news" / "harbour.md").write_text(SEED)
            (tree / "schemas" / "news.schema.json").write_text(json.dumps(SCHEMA))
        # The one seed has nothing that `ignore-at` leaves out.
        ran = run("--ignore", "SUP005", cwd=tree)
        assert ran.code == 0, ran.err
        assert f"OK: {seeds}" in ran.err
        file.unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="no sh here")
def test_a_hook_of_git(tree: Path) -> None:
    (block,) = (each for each in blocks("ci.md", "bash") if each.startswith("#!"))
    (tree / "seedlint.toml").write_text('schema = "post.schema.json"\n')
    (tree / ".git").rmdir()
    git(tree, "init", "--quiet")
    hook = tree / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(block.replace("seedlint", str(EXECUTABLE)))
    hook.chmod(0o755)
    commit(tree)
    (tree / "seeds" / "ferry.md").write_text("---\ntitle: Ferry\n---\n")
    with pytest.raises(subprocess.CalledProcessError) as raised:
        commit(tree)
    assert "missing key `date`" in raised.value.stdout + raised.value.stderr


@pytest.mark.parametrize("block", blocks("suppressions.md", "markdown"))
def test_a_seed_with_a_suppression(block: str, tree: Path) -> None:
    title = "Tides" if "DUP002" in block else "Another"
    (tree / "a.md").write_text(SEED.replace("Ferry", title))
    (tree / "b.md").write_text(block.replace("heat: hot", "date: x\nheat: hot"))
    options = ("--isolated", "--schema", "post.schema.json", "--fail-on", "warning", "seeds")
    ran = run(*options, "a.md", "b.md", cwd=tree)
    assert ran.code == 0, ran.out
    assert ran.err.endswith("; 1 finding suppressed\n")
    assert run(*options, "--ignore-suppressions", "a.md", "b.md", cwd=tree).code == 1


COMMENTS = re.findall(r"^\| `(SUP\d+)` \| `(.*?)` \|", page("suppressions.md"), re.MULTILINE)


@pytest.mark.parametrize(("code", "comment"), COMMENTS)
def test_a_comment_that_suppresses_nothing(code: str, comment: str, tree: Path) -> None:
    (tree / "a.md").write_text(SEED.replace("title: Ferry", f"title: Ferry {comment}"))
    ran = run(
        "--isolated", "--schema", "post.schema.json", "--output-format", "concise", "a.md", cwd=tree
    )
    assert re.fullmatch(rf"a\.md:3:\d+: {code} \[warning\] .*\n", ran.out), ran.out


def test_every_rule_about_suppressions_is_there() -> None:
    assert {code for code, _ in COMMENTS} == {"SUP001", "SUP002", "SUP003", "SUP004"}


def test_python(tree: Path) -> None:
    (tree / "drafts" / "ferry.md").write_text(SEED)
    program = "\n".join(blocks("api.md", "python"))
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tree,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[-1] == "nowhere.md: no such file or folder"
    assert lines[0].startswith("drafts/ferry.md:1:1: SCH001 ")
    assert json.loads(lines[-2])[0]["code"] == "SCH003"


def test_the_page_knows_every_argument_attribute_and_name() -> None:
    text = page("api.md")
    for function in (seedlint.lint_paths, seedlint.lint_text):
        for name in inspect.signature(function).parameters:
            assert f"`{name}`" in text or f"({name})" in text, name
    for name in {*seedlint.Diagnostic._fields} - {"subject"}:
        assert f"`{name}`" in text, name
    for name in {*seedlint.__all__} - {"__version__", "Rule"}:
        assert f"`{name}" in text, name


def test_an_editor_finds_the_places(tree: Path) -> None:
    task = next(json.loads(each) for each in blocks("configuration.md", "json") if "tasks" in each)
    (task,) = task["tasks"]
    (tree / "seedlint.toml").write_text('schema = "post.schema.json"\n')
    (tree / "seeds" / "a b.md").write_text("---\ndate: 2024-03-01\ntitle: [A: b]\n---\n")
    (tree / "seeds" / "harbour.md").write_text(SEED)
    done = run(*task["command"].split()[1:], cwd=tree)
    found = json.loads(run("--output-format", "json", cwd=tree).out)
    assert len(found) == len(done.out.splitlines()) == 2
    assert {each["severity"] for each in found} == {"error", "warning"}
    pattern = task["problemMatcher"]["pattern"]
    for line, each in zip(done.out.splitlines(), found, strict=True):
        match = re.fullmatch(pattern["regexp"], line)
        assert match, line
        assert [match[pattern[key]] for key in ("file", "line", "column", "severity", "code")] == [
            each["filename"],
            str(each["location"]["row"]),
            str(each["location"]["column"]),
            each["severity"],
            each["code"],
        ]
        assert match[pattern["message"]].startswith(each["message"])
