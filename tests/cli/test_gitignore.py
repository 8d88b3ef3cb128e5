"""Files that git ignores, in real repositories, hostile ones among them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from command import EXECUTABLE, Result, seedlint
from repositories import BROKEN, break_repository
from seedlint import git as git_module
from seedlint.discover import find_targets
from seedlint.settings import Settings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="git is not asked on Windows")

SCHEMA = '{"x-seedlint": {"unique-across": {"titles": ["title"]}}}'
ENV = {
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@tests.example",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@tests.example",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(folder: Path, *arguments: str) -> None:
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), **ENV}
    subprocess.run(["git", *arguments], cwd=folder, env=env, check=True, capture_output=True)


def write(tree: Path, name: str, text: str = "---\ntitle: [\n---\n") -> None:
    """A file that is a finding, so that whether it was looked at can be seen."""
    path = tree / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def check(tree: Path, *arguments: str, env: dict[str, str] | None = None) -> Result:
    options = ("check", "--no-cache", "--output-format", "concise")
    return seedlint(*options, *arguments, cwd=tree, env={**ENV, **(env or {})})


def looked_at(ran: Result) -> list[str]:
    return list(dict.fromkeys(line.split(":")[0] for line in ran.out.splitlines()))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    tree = tmp_path / "site"
    tree.mkdir()
    git(tree, "init", "--quiet")
    write(tree, "s.json", SCHEMA)
    write(tree, "seedlint.toml", 'schema = "s.json"\n')
    write(tree, ".gitignore", "/build/\nscratch*.md\nkept/\n")
    for name in ("seeds/a.md", "seeds/scratch tracked.md", "kept/tracked.md"):
        write(tree, name)
    git(tree, "add", "--force", ".")
    git(tree, "commit", "--quiet", "--message", "seeds")
    for name in ("new.md", "build/x.md", "build/deep/y.md", "seeds/scratch.md", "kept/z.md"):
        write(tree, name)
    return tree


TRACKED = ["kept/tracked.md", "seeds/a.md", "seeds/scratch tracked.md"]


def test_untracked_files_that_git_ignores_are_left_out(tree: Path) -> None:
    ran = check(tree)
    assert looked_at(ran) == [*TRACKED[:1], "new.md", *TRACKED[1:]]
    assert ran.err.startswith("note: git ignores 4 files; not checked\n")
    assert "note" not in check(tree, "--quiet").err
    assert check(tree, ".").out == ran.out
    assert looked_at(check(tree, "seeds", "kept")) == TRACKED
    assert looked_at(check(tree, "./seeds/")) == TRACKED[1:]
    # The configuration is found above, and what it includes is looked for from there.
    assert len(looked_at(check(tree / "seeds"))) == 4
    assert looked_at(check(tree.parent, "--isolated", "site/seeds")) == [
        f"site/{name}" for name in TRACKED[1:]
    ]


def test_what_is_named_is_looked_at(tree: Path) -> None:
    assert looked_at(check(tree, "build/x.md")) == ["build/x.md"]
    assert looked_at(check(tree, "seeds", "seeds/scratch.md")) == [
        "seeds/a.md",
        "seeds/scratch tracked.md",
        "seeds/scratch.md",
    ]
    # A folder as well, even if it lies in one that is ignored as a whole.
    assert looked_at(check(tree, "build")) == ["build/deep/y.md", "build/x.md"]
    assert looked_at(check(tree, "build/deep")) == ["build/deep/y.md"]


def test_nothing_is_compared_with_what_git_ignores(tree: Path) -> None:
    same = "---\ntitle: Ferry\n---\n"
    write(tree, "seeds/a.md", same)
    write(tree, "build/x.md", same)
    write(tree, "seeds/scratch.md", same)
    ran = check(tree, "--fail-on", "warning", "seeds/a.md")
    assert (ran.code, ran.out) == (0, "")
    write(tree, "seeds/scratch tracked.md", same)
    # That file is compared with, because git tracks it.
    assert "DUP002" in check(tree, "--fail-on", "warning", "seeds/scratch tracked.md").out


def test_the_setting(tree: Path) -> None:
    everything = 8
    write(tree, "seedlint.toml", 'schema = "s.json"\nrespect-gitignore = false\n')
    ran = check(tree)
    assert len(looked_at(ran)) == everything
    assert "note" not in ran.err
    # A configuration that is pinned looks at everything unless it says otherwise.
    write(tree.parent, "pinned.toml", "")
    pinned = ("--config", "../pinned.toml", "--schema", "s.json")
    assert len(looked_at(check(tree, *pinned))) == everything
    write(tree.parent, "pinned.toml", "respect-gitignore = true\n")
    assert len(looked_at(check(tree, *pinned))) == 4
    assert len(looked_at(check(tree, "--isolated"))) == 4


def test_nothing_left(tree: Path) -> None:
    write(tree, "seedlint.toml", 'schema = "s.json"\ninclude = ["build/**/*.md"]\n')
    ran = check(tree)
    assert ran.code == 2
    assert "; ignored by git: 2" in ran.err


def test_a_file_that_is_excluded_for_one_clone(tree: Path) -> None:
    (tree / ".git" / "info" / "exclude").write_text("new.md\n")
    assert "new.md" not in looked_at(check(tree))


def test_without_git_or_a_repository_nothing_is_left_out(tree: Path) -> None:
    assert len(looked_at(check(tree, env={"PATH": "."}))) == 8
    git_folder = tree / ".git"
    (git_folder / "HEAD").write_text("nonsense")
    assert len(looked_at(check(tree))) == 8
    git_folder.rename(tree / "git")
    assert len(looked_at(check(tree))) == 8


def test_a_broken_repository_is_not_taken_for_the_one_around_it(tree: Path) -> None:
    (tree / "build" / ".git").mkdir()
    assert looked_at(check(tree / "build", "--isolated")) == ["deep/y.md", "x.md"]


def test_git_of_the_working_directory_is_not_run(tree: Path) -> None:
    (tree / "git").write_text("#!/bin/sh\ntouch pwned\n")
    (tree / "git").chmod(0o755)
    check(tree, env={"PATH": f".{os.pathsep}{os.pathsep}{os.environ['PATH']}"})
    assert not (tree / "pwned").exists()


def test_a_hostile_repository_runs_nothing(tree: Path) -> None:
    program = tree / ".git" / "evil"
    program.write_text(f"#!/bin/sh\ntouch {tree}/pwned\n")
    program.chmod(0o755)
    for name in (
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "core.sshCommand",
        "alias.ls-files",
    ):
        value = f"!{program}" if name.startswith("alias") else str(program)
        git(tree, "config", name, value)
    git(tree, "config", "core.hooksPath", ".git/hooks")
    for hook in ("post-index-change", "fsmonitor-watchman"):
        target = tree / ".git" / "hooks" / hook
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(program.read_bytes())
        target.chmod(0o755)
    # The repository says that its work tree is elsewhere.
    (tree.parent / "other").mkdir()
    git(tree, "config", "core.worktree", str(tree.parent / "other"))
    ran = check(tree)
    assert len(looked_at(ran)) == 4
    assert not (tree / "pwned").exists()
    # The test is worth something: git itself would run it.
    git(tree, "config", "--unset", "core.worktree")
    git(tree, "status")
    assert (tree / "pwned").exists()


def test_variables_of_a_git_that_calls_us_are_not_about_this_repository(tree: Path) -> None:
    env = {"GIT_DIR": "/nowhere", "GIT_INDEX_FILE": "/nowhere", "GIT_WORK_TREE": "/"}
    assert len(looked_at(check(tree, env=env))) == 4


def test_git_that_hangs_is_ended(
    tree: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Git waits for somebody to write its patterns.
    os.mkfifo(tmp_path / "pipe")
    git(tree, "config", "core.excludesFile", str(tmp_path / "pipe"))
    monkeypatch.chdir(tree)
    monkeypatch.setattr(git_module, "_SECONDS", 0.2)
    found = find_targets([], Settings())
    assert len(found.files) == 8
    assert found.left_out.git_silent == {"."}
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_git_that_says_too_much_is_ended(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)
    monkeypatch.setattr(git_module, "_MOST_BYTES", 10)
    found = find_targets([], Settings())
    assert (len(found.files), found.left_out.git_silent) == (8, {"."})


def test_git_that_was_silent_is_said(tree: Path, tmp_path: Path) -> None:
    script = (
        "import sys\nfrom seedlint import git\ngit._SECONDS = 0\n"
        "from seedlint.cli.main import main\nmain()\n"
    )
    done = subprocess.run(
        [EXECUTABLE.with_name("python"), "-c", script, "check", "--quiet"],
        cwd=tree,
        env={"PATH": os.environ["PATH"], **ENV},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == (
        "note: git did not say which files it ignores, so none was left out for that\n"
    )


def test_a_repository_that_somebody_else_owns_is_said(tree: Path, tmp_path: Path) -> None:
    """As in a container of CI: git refuses to read it, so ignored files are checked."""
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec {shutil.which("git")} "$@"\n'
    )
    program.chmod(0o755)
    done = check(tree, env={"PATH": str(program.parent)})
    assert len(looked_at(done)) == 8
    assert "note: git did not say which files it ignores, so none was left out" in done.err
    # Where there is no repository, nobody expects git to say anything.
    (tree / ".git" / "HEAD").unlink()
    assert "git did not say" not in check(tree).err


@pytest.fixture
def inside(tree: Path, tmp_path: Path) -> Path:
    """A submodule of the tree that ignores some files, and has a seed."""
    content = tmp_path / "content"
    content.mkdir()
    git(content, "init", "--quiet")
    write(content, ".gitignore", "/drafts/\nscratch*\n")
    write(content, "posts/p.md")
    git(content, "add", "--all")
    git(content, "commit", "--quiet", "--message=x")
    git(tree, "-c", "protocol.file.allow=always",
        "submodule", "add", "--quiet", str(content), "deep/content")  # fmt: skip
    return tree / "deep/content"


def test_a_submodule_has_patterns_of_its_own(tree: Path, inside: Path) -> None:
    before = looked_at(check(tree))
    write(inside, "drafts/d.md")
    write(inside, "posts/scratch.md")
    write(inside, "posts/new.md")
    assert {*looked_at(check(tree))} - {*before} == {"deep/content/posts/new.md"}
    for folder in ("deep", "deep/content", "deep/content/posts"):
        found = looked_at(check(tree, folder))
        assert found == ["deep/content/posts/new.md", "deep/content/posts/p.md"], folder
    # One that is called a submodule and is elsewhere is not asked.
    (tree / ".gitmodules").write_text('[submodule "x"]\n\tpath = ../content\n\tpath = .\n')
    assert "deep/content/drafts/d.md" in looked_at(check(tree))


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_submodule_leaves_out_what_the_rest_ignores(
    tree: Path, inside: Path, kind: str
) -> None:
    write(inside, "drafts/d.md")
    before = looked_at(check(tree))
    break_repository(inside, kind)
    expected = sorted({*before, "deep/content/drafts/d.md"})
    note = (
        "note: git did not say which files it ignores in deep/content, so none was left out there\n"
    )
    for folders in ([], [".", "deep/"], ["deep/content", "."]):
        done = check(tree, *folders)
        assert sorted(looked_at(done)) == expected, folders
        assert note in done.err, folders


def test_a_submodule_that_hangs_takes_no_time_from_others(
    tree: Path, inside: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    git(inside, "config", "core.excludesFile", str(tmp_path / "pipe"))
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    write(other, ".gitignore", "*.md\n")
    write(other, "x.md")
    monkeypatch.chdir(tree)
    monkeypatch.setattr(git_module, "_SECONDS", 1)
    found = find_targets([".", "../other"], Settings())
    assert found.left_out.git_silent == {"deep/content"}
    assert "../other/x.md" not in [file.shown for file in found.files]


def test_a_list_of_submodules_from_a_stranger(tree: Path) -> None:
    (tree / "empty").mkdir()
    before = looked_at(check(tree))
    for path in ("a\0b", "a/" * 1_000_000, "\udcff", "..", "/", "~"):
        text = f'[submodule "x"]\n\tpath = {path}\n'
        (tree / ".gitmodules").write_bytes(os.fsencode(text))
        done = check(tree)
        assert looked_at(done) == before
        assert "submodules" not in done.err


def test_names_that_git_would_quote(tree: Path) -> None:
    odd = ["a\nb.md", 'é ".md', "[x].md", "\udcff.md"]
    for name in odd:
        (tree / "seeds" / name).write_text("---\ntitle: [\n---\n")
    write(tree, "seeds/.gitignore", "*\n")
    assert looked_at(check(tree, "seeds")) == TRACKED[1:]
    # A folder is named literally, whatever pathspecs mean by it.
    write(tree, "other/[ab]/k.md")
    write(tree, "other/a/.gitignore", "*\n")
    write(tree, "other/a/k.md")
    assert looked_at(check(tree, "other/[ab]")) == ["other/[ab]/k.md"]


def test_linked_work_trees(tree: Path) -> None:
    git(tree, "worktree", "add", "--quiet", "../second")
    second = tree.parent / "second"
    write(second, "build/x.md")
    write(second, "new.md")
    assert looked_at(check(second)) == [*TRACKED[:1], "new.md", *TRACKED[1:]]
