"""`--since` where seeds are in submodules: a site may keep its content in another repository."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from command import Result, seedlint
from repositories import BROKEN, break_repository, commit, git, repository_of_titles
from repositories import titled as seed

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("git"), reason="needs git"
)


def add_submodule(tree: Path, content: Path, path: str) -> None:
    git(tree, "-c", "protocol.file.allow=always", "submodule", "add", "--quiet", str(content), path)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A repository of seeds, two of which are wrong."""
    folder = tmp_path / "content"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    for name in ("a", "b"):
        (folder / f"{name}.md").write_text(seed(name.upper(), "one"))
    (folder / "twin.md").write_text(seed("A"))
    commit(folder)
    return folder


@pytest.fixture
def site(tmp_path: Path, content: Path) -> Path:
    """A repository with a wrong seed of its own and those of `content` as a submodule."""
    folder = repository_of_titles(tmp_path)
    (folder / "seeds/own.md").write_text(seed("Own", "one"))
    add_submodule(folder, content, "seeds/content")
    commit(folder)
    git(folder, "checkout", "--quiet", "-b", "branch")
    return folder


def check(site: Path, *arguments: str) -> Result:
    return seedlint("check", "--no-cache", "--since", "main", *arguments, cwd=site)


def new(site: Path, *arguments: str) -> list[tuple[str, str]]:
    done = check(site, "--output-format", "json", *arguments)
    found = [(each["filename"], each["code"]) for each in done.findings]
    assert done.code == bool(found), done.err
    return found


def test_what_was_wrong_in_a_submodule_is_old(site: Path) -> None:
    assert new(site) == []
    assert check(site).err.splitlines()[-1] == (
        "OK: 4 seeds checked against s.json; 4 findings were there before"
    )
    assert new(site, "seeds/content/a.md", "seeds/own.md") == []


def test_a_submodule_that_moves_to_another_commit(site: Path) -> None:
    inside = site / "seeds/content"
    git(inside, "mv", "a.md", "renamed.md")
    (inside / "b.md").write_text(seed("B", "two"))
    (inside / "c.md").write_text(seed("C", "one"))
    expected = [("seeds/content/b.md", "SCH003"), ("seeds/content/c.md", "SCH003")]
    # On the disk, in the submodule, and in the commit of the site.
    assert new(site) == expected
    commit(inside)
    assert new(site) == expected
    commit(site)
    assert new(site) == expected
    # What two seeds share is found across the border, and was not shared before.
    (site / "seeds/own.md").write_text(seed("C", "one"))
    assert new(site) == [*expected, ("seeds/own.md", "DUP002")]


def add_nested_submodule(site: Path, content: Path, tmp_path: Path) -> None:
    """`seeds/around`, a submodule with `content` as its submodule `deep`, not checked out."""
    around = tmp_path / "around"
    around.mkdir()
    git(around, "init", "--quiet", "--initial-branch=main")
    add_submodule(around, content, "deep")
    commit(around)
    add_submodule(site, around, "seeds/around")


def test_a_submodule_in_a_submodule(site: Path, content: Path, tmp_path: Path) -> None:
    add_nested_submodule(site, content, tmp_path)
    git(site, "-c", "protocol.file.allow=always",
        "submodule", "--quiet", "update", "--init", "--recursive")  # fmt: skip
    commit(site)
    git(site, "branch", "--force", "main")
    assert new(site) == []
    (site / "seeds/around/deep/b.md").write_text(seed("B", "two"))
    assert new(site) == [("seeds/around/deep/b.md", "SCH003")]


def test_a_submodule_that_the_branch_adds_is_new(site: Path, content: Path) -> None:
    add_submodule(site, content, "seeds/more")
    assert {name for name, _ in new(site)} >= {"seeds/more/a.md", "seeds/more/b.md"}


def test_a_submodule_that_is_not_checked_out(site: Path) -> None:
    git(site, "submodule", "--quiet", "deinit", "--force", "seeds/content")
    assert new(site) == []
    # As `actions/checkout` leaves it by default: nobody should think that all was checked.
    note = "note: nothing is checked in submodules that are not checked out: seeds/content\n"
    assert note in check(site).err
    assert note not in check(site, "--quiet").err
    assert note in check(site, "seeds").err
    (site / "seedlint.toml").write_text('schema = "s.json"\ninclude = ["seeds/content/**/*.md"]\n')
    nothing = check(site)
    assert nothing.code == 2
    assert "; submodules that are not checked out: seeds/content\n" in nothing.err
    (site / "seedlint.toml").write_text('schema = "seeds/content/x/s.json"\n')
    assert "  help: check out the submodule that it is in\n" in check(site).err
    (site / "seedlint.toml").write_text('schema = "seeds/s.json"\n')
    assert "check out the submodule" not in check(site).err
    git(site, "checkout", "--quiet", "seedlint.toml")
    # What takes its place is new, whatever repository it is in.
    (site / "seeds/content").rmdir()
    (site / "seeds/content").mkdir()
    (site / "seeds/content/a.md").write_text(seed("A", "one"))
    assert new(site) == [("seeds/content/a.md", "SCH003")]


def test_only_submodules_are_called_so(site: Path, content: Path) -> None:
    for name in ("drafts", "seeds/empty"):
        (site / name).mkdir()
    (site / "seedlint.toml").write_text('schema = "s.json"\n')
    assert "submodules" not in check(site).err
    paths = [f"more/{number}" for number in range(7, 0, -1)]
    for path in paths:
        add_submodule(site, content, path)
    git(site, "submodule", "--quiet", "deinit", "--force", "--all")
    named = (
        "submodules that are not checked out: more/1, more/2, more/3, more/4, more/5 and 3 more\n"
    )
    assert f"note: nothing is checked in {named}" in check(site).err
    (site / "seedlint.toml").write_text('schema = "s.json"\ninclude = ["*/*/*.md"]\n')
    done = check(site, "more", "seeds", "more/7")
    assert (done.code, done.err.endswith(f"; {named}")) == (2, True), done.err
    # A contract in an empty folder is not in a submodule either.
    (site / "seedlint.toml").write_text('schema = "drafts/s.json"\n')
    assert "check out the submodule" not in check(site).err


def test_an_empty_submodule_in_a_submodule(site: Path, content: Path, tmp_path: Path) -> None:
    add_nested_submodule(site, content, tmp_path)
    assert "in submodules that are not checked out: seeds/around/deep\n" in check(site).err


def test_a_link_in_the_place_of_a_submodule_is_not_followed(site: Path, tmp_path: Path) -> None:
    shutil.move(site / "seeds/content", tmp_path / "elsewhere")
    (site / "seeds/content").symlink_to(tmp_path / "elsewhere")
    assert new(site) == []
    assert "1 linked folder" in check(site).err


def test_a_submodule_without_the_commit_is_a_failure_with_the_way_out(
    site: Path, tmp_path: Path
) -> None:
    inside = site / "seeds/content"
    (inside / "b.md").write_text(seed("B", "two"))
    commit(inside)
    git(inside, "push", "--quiet", "origin", "HEAD:next")
    commit(site)
    clone = tmp_path / "clone"
    git(site, "clone", "--quiet", str(site), str(clone))
    git(clone, "branch", "--quiet", "main", "origin/main")
    git(clone, "clone", "--quiet", "--depth=1", "--branch=next",
        (tmp_path / "content").as_uri(), "seeds/content")  # fmt: skip
    done = check(clone)
    assert done.code == 2
    assert "--since: the submodule `seeds/content` lacks its commit" in done.err
    assert "help: fetch it" in done.err
    # Nobody asks about a submodule without seeds.
    (clone / "seedlint.toml").write_text('schema = "s.json"\ninclude = ["seeds/*.md"]\n')
    assert new(clone) == []


@pytest.mark.parametrize("kind", BROKEN)
def test_a_submodule_whose_repository_is_not_found(site: Path, tmp_path: Path, kind: str) -> None:
    inside = site / "seeds/content"
    break_repository(inside, kind)
    done = check(site)
    assert done.code == 2
    assert done.err.endswith(
        "seedlint: --since: git cannot open the repository of the submodule `seeds/content`\n"
        "  help: move its folder away, then run `git submodule update --init --recursive`\n"
    ), done.err
    # In its folder as well.
    done = seedlint(
        "check", "--no-cache", "--since", "HEAD", "--schema", "../../s.json", cwd=inside
    )
    assert done.code == 2
    assert done.err.endswith("seedlint: --since: git cannot open the repository that this is in\n")
    # The help does what it says.
    shutil.move(inside, tmp_path / "away")
    git(site, "-c", "protocol.file.allow=always",
        "submodule", "--quiet", "update", "--init", "--recursive")  # fmt: skip
    assert new(site) == []
