"""Runs with nothing to check: which of them pass, and what is said of it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from command import Result, seedlint
from repositories import commit, git, repository_of_titles, titled
from trees import write

WRONG_CONFIG = 'schema = "s.json"\ninclude = ["post/**/*.md"]\n'
NO_SEEDS = [
    "seedlint: no seeds found in .",
    "  help: files that are looked for: post/**/*.md",
    "no seeds to check; the run is not complete",
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    if sys.platform == "win32" or not shutil.which("git"):
        pytest.skip("needs git")
    folder = repository_of_titles(tmp_path)
    write(folder, "seeds/a.md", titled("A"))
    write(folder, "docs/x.md", "no seed\n")
    commit(folder)
    return folder


def check(tree: Path, *arguments: str, stdin: bytes | None = None) -> Result:
    return seedlint("check", "--no-cache", *arguments, cwd=tree, stdin=stdin)


def said(done: Result) -> tuple[int, list[str]]:
    assert done.out == ""
    return done.code, done.err.splitlines()


def test_a_hook_with_nothing_to_do_passes_and_says_why(tree: Path) -> None:
    unmatched = "note: 1 file was not checked, because no pattern of `include` matches: docs/x.md"
    for reason, arguments in (
        ("note: no seeds are staged", ["--staged"]),
        ("note: no seeds are staged", ["--staged", "docs"]),
        ("note: - names no files", ["--files-from", "-"]),
        (unmatched, ["--force-exclude", "--", "docs/x.md"]),
        (unmatched, ["--force-exclude", "--files-from", "-"]),
        (unmatched, ["--force-exclude", "--stdin-filename", "docs/x.md"]),
    ):
        given = b"docs/x.md" if reason == unmatched else b""
        assert said(check(tree, *arguments, stdin=given)) == (0, [reason, "no seeds to check"])
    # A file that is no seed is staged.
    write(tree, "docs/x.md", "changed\n")
    git(tree, "add", "docs/x.md")
    assert said(check(tree, "--staged")) == (0, ["note: no seeds are staged", "no seeds to check"])


def test_a_configuration_that_matches_nothing_fails_every_gate(tree: Path) -> None:
    """Also a hook that is given files, all of which the configuration leaves out."""
    write(tree, "seedlint.toml", WRONG_CONFIG)
    commit(tree)
    assert said(check(tree)) == (2, NO_SEEDS[:2])
    assert said(check(tree, "--since", "HEAD")) == (2, NO_SEEDS[:2])
    for arguments in (
        ["--staged"],
        ["--staged", "--since", "HEAD"],
        ["--force-exclude", "--", "docs/x.md", "seeds/a.md"],
        ["--files-from", "-"],
    ):
        code, lines = said(check(tree, *arguments, stdin=b""))
        assert (code, lines[-3:]) == (2, NO_SEEDS)
        assert lines[0].startswith("note: ")


def test_seeds_that_are_not_staged_yet_are_enough(tree: Path) -> None:
    git(tree, "rm", "--quiet", "--cached", "seeds/a.md")
    commit_of_nothing = check(tree, "--staged")
    assert commit_of_nothing.code == 0
    # The commit deletes the last one, and the gate has nothing to guard any more.
    (tree / "seeds/a.md").unlink()
    assert check(tree, "--staged").code == 2


def test_an_editor_is_not_told_of_the_configuration(tree: Path) -> None:
    write(tree, "seedlint.toml", WRONG_CONFIG)
    done = check(tree, "--force-exclude", "--stdin-filename", "seeds/a.md", stdin=b"x")
    assert (done.code, done.err.splitlines()[-1]) == (0, "no seeds to check")


def test_without_a_configuration_nothing_was_promised(tree: Path) -> None:
    shutil.rmtree(tree / "seeds")
    (tree / "docs/x.md").unlink()
    write(tree, "notes.txt", "x")
    isolated = ("--isolated", "--force-exclude", "--", "notes.txt")
    code, lines = said(check(tree, *isolated))
    assert (code, lines[-1]) == (0, "no seeds to check")


@pytest.mark.parametrize("unmatched", ["report", "ignore"])
def test_collections_that_take_nothing(unmatched: str, tree: Path) -> None:
    """Only files that no collection takes are named, as by pre-commit with a wrong pattern."""
    config = f"""unmatched = "{unmatched}"
[[collections]]
name = "posts"
schema = "s.json"
files = ["post/*.md"]
"""
    write(tree, "seedlint.toml", config)
    done = check(tree, "--force-exclude", "--", "seeds/a.md")
    assert done.code == 2
    assert "seedlint: collection `posts` takes no file\n" in done.err
    assert "OK" not in done.err
    # One that takes a file is at work, whatever was named.
    write(tree, "post/b.md", titled("B"))
    done = check(tree, "--force-exclude", "--", "seeds/a.md")
    assert done.code == 0
    assert "OK" not in done.err
    chosen = check(tree, "--collection", "posts", "seeds/a.md")
    assert said(chosen)[0] == 0
    assert chosen.err.splitlines()[-1] == "no seeds to check"


def test_nothing_is_written_as_a_baseline_of_nothing(tree: Path) -> None:
    write(tree, "seedlint.toml", WRONG_CONFIG)
    commit(tree)
    done = check(tree, "--staged", "--baseline", "known.json", "--update-baseline")
    assert done.code == 2
    assert not (tree / "known.json").exists()


def test_a_folder_without_seeds_beside_one_with_some(tree: Path) -> None:
    (tree / "seeds/empty").mkdir()
    for paths, names in (
        (("seeds", "docs"), "docs"),
        (("seeds/a.md", "docs"), "docs"),
        (("./docs/", "seeds", "seeds/empty"), "docs, seeds/empty"),
    ):
        done = check(tree, *paths)
        assert said(done) == (
            0,
            [f"note: no seeds found in {names}", "OK: 1 seed checked against s.json"],
        )
    # Named twice is not empty.
    assert said(check(tree, "seeds", "seeds"))[1] == ["OK: 1 seed checked against s.json"]


def test_a_folder_of_include_that_is_not_there(tree: Path) -> None:
    def configure(*patterns: str) -> None:
        write(tree, "seedlint.toml", f'schema = "s.json"\ninclude = {list(patterns)}\n')

    configure("seeds/**/*.md", "content/posts/*.md", "news/**", "news/*/x.md", "seeds/20??/*.md")
    done = check(tree)
    assert said(done) == (
        0,
        [
            "note: no folder of this name, so `include` finds nothing there: content/posts, news",
            "OK: 1 seed checked against s.json",
        ],
    )
    assert said(check(tree, "seeds"))[1] == ["OK: 1 seed checked against s.json"]
    configure("**/*.md", "*.markdown", "news/", "seeds/a.md", "/docs/x.md", "/top.md")
    assert [line for line in check(tree).err.splitlines() if "folder" in line] == []
