"""`--staged`: the index as it is staged, in real repositories."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from command import EXECUTABLE, Result, seedlint
from repositories import SCHEMA, commit, git, repository_of_titles
from repositories import titled as seed

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("git"), reason="needs git"
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository with three clean seeds and a wrong one, all of them committed."""
    folder = repository_of_titles(tmp_path)
    for name in ("a", "b", "c"):
        (folder / "seeds" / f"{name}.md").write_text(seed(name.upper()))
    (folder / "seeds" / "old.md").write_text(seed("Old", "one"))
    commit(folder)
    return folder


def check(tree: Path, *arguments: str, cwd: Path | None = None) -> Result:
    return seedlint("check", "--no-cache", "--staged", *arguments, cwd=cwd or tree)


def staged(tree: Path, *arguments: str, cwd: Path | None = None) -> list[tuple[str, str]]:
    """File and code of what is found."""
    done = check(tree, "--output-format", "json", *arguments, cwd=cwd)
    assert done.code in (0, 1), done.err
    return [(each["filename"], each["code"]) for each in done.findings]


def stage(tree: Path, name: str, text: str) -> Path:
    path = tree / "seeds" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    git(tree, "add", str(path))
    return path


def test_only_what_is_staged_is_checked(tree: Path) -> None:
    (tree / "seeds" / "b.md").write_text(seed("B", "not staged"))
    (tree / "seeds" / "new.md").write_text(seed("N", "not staged"))
    done = check(tree)
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines() == [
        "note: no seeds are staged",
        "no seeds to check",
    ]
    stage(tree, "a.md", seed("A", "two"))
    assert staged(tree) == [("seeds/a.md", "SCH003")]
    assert staged(tree, cwd=tree / "seeds") == [("a.md", "SCH003")]
    assert check(tree, "--show-files").out == "seeds/a.md\n"


def test_the_content_is_that_of_the_index(tree: Path) -> None:
    """Of a file that is staged in part, and of one that is gone from the disk."""
    wrong = stage(tree, "a.md", seed("A", "two"))
    wrong.write_text(seed("A"))
    clean = stage(tree, "b.md", "---\n# staged\ntitle: B\n---\n")
    clean.write_text(seed("B", "not staged"))
    stage(tree, "gone.md", seed("G", "three")).unlink()
    assert staged(tree) == [("seeds/a.md", "SCH003"), ("seeds/gone.md", "SCH003")]
    frames = check(tree).out
    assert "n: two" in frames
    assert "n: three" in frames


def test_suppressions_of_the_index_count(tree: Path) -> None:
    path = stage(tree, "a.md", seed("A", "two # seedlint: ignore[SCH003] a word"))
    path.write_text(seed("A", "two"))
    assert staged(tree) == []
    assert "1 finding suppressed" in check(tree).err


def test_new_renamed_and_deleted_files(tree: Path) -> None:
    stage(tree, "new one.md", seed("N", "two"))
    git(tree, "mv", "seeds/old.md", "seeds/älter.md")
    git(tree, "rm", "--quiet", "seeds/c.md")
    git(tree, "rm", "--quiet", "--cached", "seeds/b.md")
    assert staged(tree) == [("seeds/new one.md", "SCH003"), ("seeds/älter.md", "SCH003")]
    assert check(tree, "seeds/c.md").code == 2


def test_a_file_that_is_only_announced_is_not_staged(tree: Path) -> None:
    (tree / "seeds" / "later.md").write_text(seed("A", "x"))
    git(tree, "add", "--intent-to-add", "seeds/later.md")
    assert staged(tree) == []


def test_seeds_are_compared_with_those_of_the_index(tree: Path) -> None:
    stage(tree, "x.md", seed("A"))
    assert staged(tree) == [("seeds/x.md", "DUP002")]
    # What the disk has does not count, whether the index has it as well or not.
    (tree / "seeds" / "a.md").write_text(seed("Changed"))
    (tree / "seeds" / "untracked.md").write_text(seed("X"))
    assert staged(tree) == [("seeds/x.md", "DUP002")]
    stage(tree, "x.md", seed("X"))
    assert staged(tree) == []
    # Nor what is gone from the disk, or what git was told not to look at.
    stage(tree, "x.md", seed("B"))
    (tree / "seeds" / "b.md").unlink()
    assert staged(tree) == [("seeds/x.md", "DUP002")]
    stage(tree, "x.md", seed("C"))
    git(tree, "update-index", "--assume-unchanged", "seeds/c.md")
    (tree / "seeds" / "c.md").write_text(seed("Hidden"))
    assert staged(tree) == [("seeds/x.md", "DUP002")]


def test_the_other_seed_may_be_a_staged_one(tree: Path) -> None:
    stage(tree, "x.md", seed("Twin")).write_text(seed("X"))
    stage(tree, "y.md", seed("Twin")).write_text(seed("Y"))
    assert staged(tree) == [("seeds/y.md", "DUP002")]
    # As a hook names it.
    assert staged(tree, "seeds/y.md") == [("seeds/y.md", "DUP002")]


def test_named_files_and_folders(tree: Path) -> None:
    for name in ("a.md", "b.md", "sub/c.md"):
        stage(tree, name, seed(name, "two"))
    (tree / "other.txt").write_text(seed("O", "two"))
    git(tree, "add", "--all")
    assert staged(tree, "seeds/b.md", "other.txt") == [
        ("other.txt", "SCH003"),
        ("seeds/b.md", "SCH003"),
    ]
    assert staged(tree, "--force-exclude", "other.txt") == []
    assert staged(tree, "sub", cwd=tree / "seeds") == [("sub/c.md", "SCH003")]
    assert staged(tree, "../../seeds/sub", "c.md", cwd=tree / "seeds" / "sub") == [
        ("c.md", "SCH003")
    ]
    assert [path for path, _ in staged(tree, ".")] == ["seeds/a.md", "seeds/b.md", "seeds/sub/c.md"]
    # Unchanged, so there is nothing to say of it.
    assert staged(tree, "seeds/old.md") == []
    done = check(tree, "nowhere.md", "seeds/b.md")
    assert (done.code, "seeds/b.md" in done.out) == (2, True)
    assert "nowhere.md: nothing of this name is in the index" in done.err
    (tree / "names").write_text("seeds/a.md\n")
    assert staged(tree, "--files-from", "names") == [("seeds/a.md", "SCH003")]


def test_a_listed_name_is_looked_for_in_the_index(tree: Path) -> None:
    """One that is gone from the disk is not taken for the clean one without a mark."""
    stage(tree, "\ufeffa.md", seed("Marked", "two")).unlink()
    (tree / "names").write_text("\ufeffa.md\n", "utf-8")
    found = staged(tree, "--files-from", "../names", cwd=tree / "seeds")
    assert found == [("\ufeffa.md", "SCH003")]
    git(tree, "reset", "--quiet")
    found = staged(tree, "--files-from", "../names", cwd=tree / "seeds")
    assert found == []


def test_what_folders_hold_is_what_a_walk_finds(tree: Path) -> None:
    (tree / "seedlint.toml").write_text(
        'schema = "s.json"\ninclude = ["**/*.md", "**/.shown/*.md"]\nexclude = ["seeds/drafts"]\n'
    )
    (tree / ".git" / "info" / "exclude").write_text("ignored.md\n")
    names = [
        "drafts/a.md", "node_modules/b.md", ".hidden/c.md", ".shown/d.md", "e.txt", "F.MD",
        "ignored.md",
    ]  # fmt: skip
    for name in names:
        path = tree / "seeds" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(seed(name, "two"))
        git(tree, "add", "--force", str(path))
    for arguments in [(), (".",), ("seeds",), ("seeds/.hidden",), ("seeds/drafts",)]:
        found = check(tree, "--show-files", *arguments).out.splitlines()
        walked = seedlint("check", "--show-files", *arguments, cwd=tree).out.splitlines()
        assert found == sorted(set(walked) & {f"seeds/{name}" for name in names})
    assert check(tree, "--show-files").out.splitlines() == [
        "seeds/.shown/d.md", "seeds/F.MD", "seeds/ignored.md",
    ]  # fmt: skip


def test_links_are_refused_and_submodules_passed_over(tree: Path) -> None:
    inner = tree.parent / "inner"
    inner.mkdir()
    git(inner, "init", "--quiet", "--initial-branch=main")
    (inner / "x.md").write_text(seed("X", "two"))
    commit(inner)
    git(tree, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner),
        "seeds/inner.md")  # fmt: skip
    assert staged(tree) == []
    # Inside it is a repository like any other.
    inside = tree / "seeds" / "inner.md"
    (inside / "y.md").write_text(seed("Y", "two"))
    git(inside, "add", "y.md")
    found = staged(inside, "--isolated", "--schema", str(tree / "s.json"))
    assert found == [("y.md", "SCH003")]
    (tree / "seeds" / "link.md").symlink_to("a.md")
    git(tree, "add", "seeds/link.md")
    stage(tree, "b.md", seed("B", "two"))
    done = check(tree)
    assert done.code == 2
    assert "seeds/link.md: it is a symbolic link" in done.err
    assert "seeds/b.md" in done.out


def test_in_a_merge_what_the_other_side_has_is_not_checked(tree: Path) -> None:
    git(tree, "checkout", "--quiet", "-b", "topic")
    stage(tree, "a.md", seed("A topic"))
    commit(tree)
    git(tree, "checkout", "--quiet", "main")
    stage(tree, "a.md", seed("A main"))
    stage(tree, "b.md", seed("B", "wrong on main"))
    stage(tree, "c.md", seed("C", "wrong on main"))
    commit(tree)
    git(tree, "checkout", "--quiet", "topic")
    with pytest.raises(subprocess.CalledProcessError):
        git(tree, "merge", "--quiet", "main")
    # What is written here is checked: the conflict, and a change to what comes from there.
    stage(tree, "a.md", seed("Both", "one"))
    stage(tree, "c.md", seed("C", "wrong here"))
    expected = [("seeds/a.md", "SCH003"), ("seeds/c.md", "SCH003")]
    assert staged(tree) == expected
    assert staged(tree, "--since", "HEAD") == expected
    # A title that is taken there is still a duplicate.
    stage(tree, "a.md", seed("B"))
    assert staged(tree) == [("seeds/a.md", "DUP002"), ("seeds/c.md", "SCH003")]


def test_what_is_merged_is_no_option_of_git(tree: Path) -> None:
    """Who packs a repository can write what he likes into `.git`."""
    stage(tree, "a.md", seed("A", "one"))
    (tree / ".git" / "MERGE_HEAD").write_text("--output=pwned\n")
    assert staged(tree) == [("seeds/a.md", "SCH003")]
    assert not (tree / "pwned").exists()


def test_a_conflict_is_refused(tree: Path) -> None:
    git(tree, "checkout", "--quiet", "-b", "branch")
    stage(tree, "a.md", seed("Mine"))
    commit(tree)
    git(tree, "checkout", "--quiet", "main")
    stage(tree, "a.md", seed("Theirs"))
    commit(tree)
    with pytest.raises(subprocess.CalledProcessError):
        git(tree, "merge", "--quiet", "branch")
    done = check(tree)
    assert (done.code, done.out) == (2, "")
    assert "seeds/a.md: --staged: it has a merge conflict" in done.err


def test_before_the_first_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "s.json").write_text(json.dumps(SCHEMA))
    isolated = ("--isolated", "--schema", "s.json")
    assert staged(tmp_path, *isolated) == []
    (tmp_path / "a.md").write_text(seed("A", "two"))
    git(tmp_path, "add", "a.md")
    assert staged(tmp_path, *isolated) == [("a.md", "SCH003")]


def test_without_git_it_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(seed("A"))
    done = check(tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "--staged: this is not in a git work tree" in done.err
    assert check(tmp_path, "-").code == 2


def test_a_root_below_the_work_tree(tree: Path) -> None:
    """A configuration of a folder is about that folder."""
    shutil.copyfile(tree / "s.json", tree / "seeds" / "s.json")
    (tree / "seeds" / "seedlint.toml").write_text('schema = "s.json"\n')
    (tree / "outside.md").write_text(seed("O", "two"))
    git(tree, "add", "--all")
    stage(tree, "a.md", seed("A", "two"))
    assert staged(tree, cwd=tree / "seeds") == [("a.md", "SCH003")]
    found = staged(tree, "--config", "seeds/seedlint.toml", "--root", "seeds")
    assert found == [("seeds/a.md", "SCH003")]


def test_settings_that_are_staged_otherwise_are_said(tree: Path) -> None:
    assert "warning" not in check(tree).err
    (tree / "s.json").write_text(json.dumps({**SCHEMA, "required": ["date"]}))
    assert (
        "warning: s.json differs from what is staged: the one on the disk is used\n"
        in check(tree).err
    )
    git(tree, "add", "s.json")
    (tree / "s.json").touch()
    assert "warning" not in check(tree).err


def test_with_a_baseline(tree: Path) -> None:
    known = ("--baseline", "known.json")
    assert seedlint("check", "--no-cache", *known, "--update-baseline", cwd=tree).code == 0
    stage(tree, "old.md", "---\n# a note\ntitle: Old\nn: one\n---\n").write_text(seed("Old", "x"))
    assert staged(tree, *known) == []
    stage(tree, "a.md", seed("A", "two"))
    assert staged(tree, *known) == [("seeds/a.md", "SCH003")]
    # What else it holds is not of this run.
    git(tree, "reset", "--quiet")
    assert "no longer found" not in check(tree, *known, "--strict-baseline").err


def test_with_since_it_is_what_the_commit_brings(tree: Path) -> None:
    stage(tree, "old.md", "---\n# a note\ntitle: Old\nn: one\n---\n").write_text(seed("Old", "x"))
    stage(tree, "a.md", seed("A", "two")).write_text(seed("A"))
    stage(tree, "b.md", "---\nn: 1\n---\n").write_text(seed("B"))
    stage(tree, "x.md", seed("C")).write_text(seed("X"))
    since = ("--since", "HEAD")
    expected = [("seeds/a.md", "SCH003"), ("seeds/b.md", "SCH001"), ("seeds/x.md", "DUP002")]
    assert staged(tree, *since) == expected
    assert [code for _, code in staged(tree, *since, cwd=tree / "seeds")] == [
        code for _, code in expected
    ]
    git(tree, "mv", "seeds/old.md", "seeds/older.md")
    (tree / "seeds" / "older.md").unlink()
    assert staged(tree, *since) == expected


HOOK = """#!/bin/sh
exec {seedlint} check --no-cache --staged --output-format concise --isolated --schema s.json
"""


@pytest.mark.parametrize("way", ["index", "all", "file", "worktree", "amend"])
def test_in_a_hook_of_git(tree: Path, way: str) -> None:
    """Each way to commit gives the hook an index of its own."""
    hook = tree / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(HOOK.format(seedlint=EXECUTABLE))
    hook.chmod(0o755)
    if way == "worktree":
        git(tree, "worktree", "add", "--quiet", "--detach", str(tree.parent / "other"))
        tree = tree.parent / "other"
    stage(tree, "a.md", seed("A", "two"))
    (tree / "seeds" / "a.md").write_text(seed("A"))
    (tree / "seeds" / "b.md").write_text(seed("B", "three"))
    arguments, expected = {
        "all": (["--all"], ["b.md"]),
        "file": (["seeds/b.md"], ["b.md"]),
        "index": ([], ["a.md"]),
        "worktree": ([], ["a.md"]),
        "amend": (["--amend"], ["a.md"]),
    }[way]
    with pytest.raises(subprocess.CalledProcessError) as raised:
        git(tree, "commit", "--message", "x", *arguments)
    said = raised.value.stdout + raised.value.stderr
    found = [line for line in said.splitlines() if "SCH003" in line]
    assert [line.partition(":")[0] for line in found] == [f"seeds/{name}" for name in expected]
    # What is clean in the index can be committed, whatever the disk has.
    git(tree, "reset", "--quiet", "--hard")
    stage(tree, "a.md", seed("A", "2")).write_text(seed("A", "two"))
    git(tree, "commit", "--quiet", "--message", "x")


def test_the_index_is_left_alone(tree: Path) -> None:
    stage(tree, "a.md", seed("A", "two"))
    os.utime(tree / "seeds" / "b.md", (1, 1))
    before = (tree / ".git" / "index").read_bytes()
    assert staged(tree) == [("seeds/a.md", "SCH003")]
    assert (tree / ".git" / "index").read_bytes() == before


def test_programs_that_the_repository_names_are_not_run(tree: Path) -> None:
    script = tree.parent / "pwn.sh"
    script.write_text(f"#!/bin/sh\ntouch {tree.parent}/pwned\ncat\n")
    script.chmod(0o755)
    for name in ("core.fsmonitor", "diff.external", "diff.x.textconv", "filter.x.clean",
                 "filter.x.smudge"):  # fmt: skip
        git(tree, "config", name, str(script))
    stage(tree, "a.md", seed("A", "two"))
    (tree / ".gitattributes").write_text("*.md diff=x filter=x\n")
    (tree / "seeds" / "b.md").write_text(seed("Q"))
    (tree.parent / "pwned").unlink(missing_ok=True)
    assert staged(tree) == [("seeds/a.md", "SCH003")]
    assert not (tree.parent / "pwned").exists()


def test_line_breaks_of_the_checkout_make_no_difference(tree: Path) -> None:
    (tree / ".gitattributes").write_text("*.md text eol=crlf\n")
    path = tree / "seeds" / "a.md"
    path.write_bytes(seed("A", "two").replace("\n", "\r\n").encode())
    git(tree, "add", "--all")
    assert staged(tree) == [("seeds/a.md", "SCH003")]
