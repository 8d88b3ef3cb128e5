"""`--since` and `--staged` in repositories that are not as usual, or not as they should be."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from command import EXECUTABLE, Result, seedlint
from images import png
from repositories import commit, git, repository_of_titles, titled
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
