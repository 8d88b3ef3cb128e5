"""`--since` and `--staged` in repositories that are not as usual, or not as they should be."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from command import EXECUTABLE, Result, seedlint
from images import png
from repositories import commit, git, repository_of_titles, titled
from seedlint.disk import InGit, Snapshot
from seedlint.work_tree import WorkTree
from trees import write

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("git"), reason="needs git"
)

BOTH = pytest.mark.parametrize("options", [["--since", "HEAD"], ["--staged", "--since", "HEAD"]])


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return repository_of_titles(tmp_path)


def check(tree: Path, *arguments: str) -> Result:
    return seedlint("check", "--no-cache", "--output-format", "concise", *arguments, cwd=tree)


@BOTH
def test_before_the_first_commit_all_is_new(options: list[str], tree: Path) -> None:
    """A hook with `--since HEAD` does not stop the first commit."""
    write(tree, "seeds/a.md", titled("A"))
    git(tree, "add", "--all")
    assert check(tree, *options).code == 0
    write(tree, "seeds/a.md", titled("A", "wrong"))
    git(tree, "add", "--all")
    assert check(tree, *options).code == 1
    other = check(tree, "--since", "main")
    assert (other.code, "there is no commit yet" in other.err) == (2, True)
    assert "fetch" not in other.err


def references(tree: Path) -> None:
    """`b` names a key of `a`, and a picture; both are right."""
    contract = {
        "properties": {
            "of": {"x-seedlint": {"refers-to": {"key": "id"}}},
            "image": {"x-seedlint": {"file": {"roots": ["static"]}}},
        }
    }
    write(tree, "s.json", json.dumps(contract))
    write(tree, "seeds/out/a.md", "---\nid: a\n---\n")
    write(tree, "seeds/in/b.md", "---\nof: a\nimage: /p.png\n---\n")
    write(tree, "static/p.png", "x")
    commit(tree)


@BOTH
@pytest.mark.parametrize("index", [[], ["--sparse-index"]])
def test_what_a_sparse_checkout_leaves_out_is_not_lost(
    options: list[str], index: list[str], tree: Path
) -> None:
    references(tree)
    git(tree, "sparse-checkout", "set", "--cone", *index, "seeds/in")
    assert not (tree / "seeds/out/a.md").exists()
    assert check(tree).code == 1
    done = check(tree, *options)
    assert (done.code, done.out) == (0, "")
    # What is really wrong is still new, and so is what the index lacks.
    write(tree, "seeds/in/b.md", "---\nof: a\nimage: /p.png\n---\nText\n")
    write(tree, "seeds/in/c.md", "---\nof: nobody\n---\n")
    git(tree, "add", "--sparse", "seeds/in")
    done = check(tree, *options)
    assert [line.split(":")[0] for line in done.out.splitlines()] == ["seeds/in/c.md"]


@BOTH
def test_a_partial_clone_fetches_nothing_and_says_so(
    options: list[str], tree: Path, tmp_path: Path
) -> None:
    for name in "abcdefgh":
        write(tree, f"seeds/{name}.md", titled(name, "wrong") + "long enough to be similar\n" * 9)
    commit(tree)
    git(tree, "mv", "seeds/a.md", "seeds/z.md")
    for name in "zbcdefgh":
        write(tree, f"seeds/{name}.md", titled(name, "wrong") + "long enough to be similar\n" * 8)
    commit(tree)
    git(tree, "config", "uploadpack.allowFilter", "true")
    git(tree, "config", "uploadpack.allowAnySHA1InWant", "true")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", tree.as_uri(), str(clone))
    before = git(clone, "count-objects", "-v")
    done = check(clone, *options[:-1], "HEAD~1")
    assert done.code == 2, done
    assert "a partial clone" in done.err
    assert "clone without `--filter`" in done.err
    assert git(clone, "count-objects", "-v") == before


@pytest.mark.parametrize("option", [["--since", "HEAD"], ["--staged"]])
def test_another_folder_as_work_tree(option: list[str], tree: Path, tmp_path: Path) -> None:
    """The configuration of a repository can name one: what is there does not count."""
    references(tree)
    write(tree, "static/new.png", "x")
    write(tree, "seeds/in/b.md", "---\nof: a\nimage: /new.png\n---\n")
    git(tree, "add", "seeds")
    other = tmp_path / "other"
    (other / "static").mkdir(parents=True)
    expected = check(tree, *option)
    git(tree, "config", "core.worktree", str(other))
    assert check(tree, *option) == expected
    assert ("REF004" in expected.out) == (option == ["--staged"])


def test_a_conflict_counts_where_a_seed_has_it(tree: Path) -> None:
    def conflict(name: str) -> None:
        git(tree, "checkout", "--quiet", "-B", "other")
        write(tree, name, titled("other"))
        commit(tree)
        git(tree, "checkout", "--quiet", "main")
        write(tree, name, titled("main"))
        commit(tree)
        with pytest.raises(subprocess.CalledProcessError):
            git(tree, "merge", "--quiet", "other")

    write(tree, "seeds/a.md", titled("A"))
    commit(tree)
    conflict("code.py")
    write(tree, "seeds/a.md", titled("A", "wrong"))
    git(tree, "add", "seeds")
    assert check(tree, "--staged").out.startswith("seeds/a.md:3:4: SCH003")
    named = check(tree, "--staged", "code.py")
    assert (named.code, named.err.splitlines()[0]) == (
        2,
        "seedlint: code.py: --staged: it has a merge conflict",
    )
    git(tree, "reset", "--quiet", "--hard")
    conflict("seeds/b.md")
    for paths in ([], ["seeds/a.md"]):
        done = check(tree, "--staged", *paths)
        assert (done.code, "seedlint: seeds/b.md: --staged: it has" in done.err) == (2, True)


def test_a_lock_on_the_index_does_not_matter(tree: Path) -> None:
    write(tree, "seeds/a.md", titled("A", "wrong"))
    git(tree, "add", "--all")
    (tree / ".git/index.lock").touch()
    assert check(tree, "--staged").out.startswith("seeds/a.md:3:4: SCH003")


NAMES = [
    b"a\nb",
    b"\x1b[31m",
    b"-x",
    b"--help",
    b"\xff\xfe",
    b":(glob)*",
    "\u202e".encode(),
    b"::error::",
]


@pytest.mark.parametrize("option", [["--staged"], ["--since", "HEAD~1"]])
def test_names_of_files(option: list[str], tree: Path) -> None:
    git(tree, "config", "core.quotePath", "true")
    commit(tree)
    for name in NAMES:
        path = bytes(tree) + b"/seeds/" + name + b".md"
        try:
            with open(path, "w") as stream:
                stream.write(titled(name.hex(), "wrong"))
        except OSError:
            pytest.skip("the file system refuses such names")
    git(tree, "add", "--all")
    if option != ["--staged"]:
        commit(tree)
    done = check(tree, *option)
    lines = done.out.splitlines()
    assert (done.code, len(lines)) == (1, len(NAMES))
    assert all(line.isprintable() and ": SCH003 " in line for line in lines)


@pytest.mark.parametrize("way", ["real pictures", "a picture that a hook must not wait for"])
def test_pictures_in_a_hook_of_git(way: str, tree: Path) -> None:
    """`git commit FILE`: what else is staged is not part of the commit."""
    contract = {"x-seedlint": {"image-size": {"roots": ["static"]}}}
    write(tree, "s.json", json.dumps(contract))
    (tree / "static").mkdir()
    (tree / "static/p.png").write_bytes(png(5, 5))
    write(tree, "seeds/a.md", "---\nurl: /p.png\nwidth: 5\nheight: 5\n---\n")
    commit(tree)
    hook = tree / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nexec {EXECUTABLE} check --no-cache --staged --fail-on warning\n")
    hook.chmod(0o755)
    more = b"\0" * 9_000_000 if way != "real pictures" else b""
    (tree / "static/p.png").write_bytes(png(6, 5) + more)
    git(tree, "add", "static")
    write(tree, "other.txt", "x")
    git(tree, "add", "--intent-to-add", "other.txt")
    # The picture is staged, and not in this commit.
    git(tree, "commit", "--quiet", "--message", "x", "other.txt")
    with pytest.raises(subprocess.CalledProcessError) as failed:
        git(tree, "commit", "--quiet", "--message", "x")
    assert "IMG006" in failed.value.stderr + failed.value.stdout


@BOTH
@pytest.mark.parametrize("folder", [".git/hooks", ".husky"])
def test_no_hook_of_the_repository_is_run(options: list[str], folder: str, tree: Path) -> None:
    """Git writes the index when times have changed, and then a hook would be told."""
    write(tree, "seeds/a.md", titled("A"))
    commit(tree)
    write(tree, f"{folder}/post-index-change", f"#!/bin/sh\ntouch '{tree.parent}/pwned'\n")
    (tree / folder / "post-index-change").chmod(0o755)
    git(tree, "config", "core.hooksPath", folder)
    os.utime(tree / "seeds/a.md", (1_000_000_000, 1_000_000_000))
    assert check(tree, *options).code == 0
    assert not (tree.parent / "pwned").exists()
    # It would be: this is what git does by itself.
    os.utime(tree / "seeds/a.md", (2_000_000_000, 2_000_000_000))
    git(tree, "status")
    assert (tree.parent / "pwned").exists()


def test_a_pipe_in_the_place_of_a_file_of_git_holds_nothing_up(tree: Path) -> None:
    write(tree, "seeds/a.md", titled("A", "wrong"))
    commit(tree)
    git(tree, "mv", "seeds/a.md", "seeds/b.md")
    os.mkfifo(tree / ".git" / "MERGE_HEAD")
    done = subprocess.run(
        [EXECUTABLE, "check", "--no-cache", "--staged"], cwd=tree, capture_output=True, timeout=60
    )
    assert done.returncode == 1


def test_of_very_many_merged_commits_the_first_ones_count(tree: Path) -> None:
    write(tree, "seeds/a.md", titled("A", "wrong"))
    git(tree, "add", "--all")
    (tree / ".git" / "MERGE_HEAD").write_text("nonsense\n" + f"{'0' * 40}\n" * 100_000)
    done = check(tree, "--staged")
    # No such commit is there.
    assert (done.code, "git diff failed" in done.err) == (2, True)


def test_a_picture_is_not_looked_for_outside(tree: Path) -> None:
    """A pointer of Git LFS in a folder that is a link on the disk, and none to git."""
    outside = tree.parent / "outside"
    outside.mkdir()
    picture = png(3, 4)
    (outside / "a.png").write_bytes(picture)
    digest = hashlib.sha256(picture).hexdigest()
    pointer = (
        f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {len(picture)}\n"
    )
    write(tree, "static/a.png", pointer)
    commit(tree)
    tree_of = WorkTree(str(tree), "--staged")
    (blob,) = [line.split()[1] for line in git(tree, "ls-files", "--stage", "static").splitlines()]
    shutil.rmtree(tree / "static")
    (tree / "static").symlink_to(outside)
    snapshot = Snapshot(str(tree), {"static/a.png": InGit("100644", blob)}, tree_of.beginning)
    assert snapshot.read(f"{tree}/static/a.png", 1000) == pointer.encode()
