"""A baseline in a checkout that lacks some of the seeds: they are not gone."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from command import Result, seedlint
from repositories import commit, git, repository_of_titles
from repositories import titled as seed

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("git"), reason="needs git"
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository with wrong seeds in two folders, all of which a baseline holds."""
    folder = repository_of_titles(tmp_path)
    for name in ("near/a", "near/b", "far/c", "far/twin"):
        path = folder / "seeds" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(seed("C" if "far" in name else name, "one"))
    done = check(folder, "--update-baseline")
    assert done.err.endswith("baseline known.json: 5 findings added, 0 removed\n")
    commit(folder)
    return folder


def check(tree: Path, *arguments: str) -> Result:
    return seedlint("check", "--no-cache", "--baseline", "known.json", *arguments, cwd=tree)


def assert_far_is_kept(tree: Path) -> None:
    """That a checkout without `far` changes nothing about what the baseline says of it."""
    before = (tree / "known.json").read_text()
    for option in ("--strict-baseline", "--prune-baseline", "--update-baseline"):
        done = check(tree, option)
        assert (done.code, "no longer found" in done.err) == (0, False), done.err
        assert (tree / "known.json").read_text() == before
    # A new seed with the same mistake is not one of those that are not here.
    (tree / "seeds/near/new.md").write_text(seed("New", "one"))
    assert check(tree).code == 1
    (tree / "seeds/near/new.md").unlink()
    # What is gone from here is.
    (tree / "seeds/near/a.md").unlink()
    assert "no longer found: SCH003 in seeds/near/a.md" in check(tree).err
    assert check(tree, "--update-baseline").err.endswith("0 findings added, 1 removed\n")


def test_a_sparse_checkout(tree: Path) -> None:
    git(tree, "sparse-checkout", "set", "seeds/near")
    assert not (tree / "seeds/far").exists()
    assert_far_is_kept(tree)


def test_a_submodule_that_is_not_checked_out(tree: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.move(tree / "seeds/far", content)
    git(content, "init", "--quiet", "--initial-branch=main")
    commit(content)
    git(tree, "rm", "--quiet", "-r", "--cached", "seeds/far")
    git(tree, "-c", "protocol.file.allow=always",
        "submodule", "add", "--quiet", str(content), "seeds/far")  # fmt: skip
    commit(tree)
    assert check(tree, "--strict-baseline").code == 0
    git(tree, "submodule", "--quiet", "deinit", "--force", "seeds/far")
    assert_far_is_kept(tree)


def test_what_is_deleted_is_gone(tree: Path) -> None:
    shutil.rmtree(tree / "seeds/far")
    assert check(tree, "--strict-baseline").code == 1
    git(tree, "add", "--all")
    assert check(tree, "--prune-baseline").err.count("3 findings removed") == 1
