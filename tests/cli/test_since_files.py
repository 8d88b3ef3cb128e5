"""`--since` and the local files that seeds name: judged as they were at the earlier commit."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from command import seedlint
from images import png
from repositories import commit, git
from trees import lay_contract
from trees import write_seed as seed

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("git"), reason="needs git"
)

CONTRACT = {
    "properties": {
        "image": {"x-seedlint": {"file": {"roots": ["static", "content"]}}},
        "cover": {"x-seedlint": {"image-size": {"roots": ["static"]}}},
    }
}
OTHERS = 200


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A repository whose seeds `a` to `i` each show a picture, and a branch of it."""
    folder = tmp_path / "site"
    lay_contract(folder, CONTRACT)
    for name in ("static/img", "content"):
        (folder / name).mkdir(parents=True)
    (folder / ".gitignore").write_text("/static/made/\n")
    for letter in "abcdefghi":
        (folder / "static" / "img" / f"{letter}.png").write_bytes(png(20, 10))
        seed(folder, letter, f"image: /img/{letter}.png")
    seed(folder, "missing", "image: /img/missing.png")
    seed(folder, "size", "cover: {url: /img/a.png, width: 20, height: 10}")
    seed(folder, "wrong", "cover: {url: /img/b.png, width: 20, height: 11}")
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder)
    git(folder, "checkout", "--quiet", "-b", "branch")
    return folder


def new(site: Path, *arguments: str, cwd: Path | None = None) -> list[tuple[str, str]]:
    """The name of the seed and the code of what is new since `main`."""
    command = ("check", "--no-cache", "--since", "main", "--output-format", "json", *arguments)
    done = seedlint(*command, cwd=cwd or site)
    assert done.code in (0, 1), done.err
    return [(Path(each["filename"]).stem, each["code"]) for each in done.findings]


Change = Callable[[Path], object]


CHANGES = pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(lambda site: None, [], id="nothing"),
        pytest.param(
            lambda site: (site / "static/img/c.png").unlink(), [("c", "REF004")], id="deleted"
        ),
        pytest.param(
            lambda site: git(site, "mv", "static/img/c.png", "static/img/cc.png"),
            [("c", "REF004")],
            id="renamed",
        ),
        pytest.param(
            lambda site: git(site, "mv", "static/img/c.png", "content/other.png"),
            [("c", "REF004")],
            id="moved to another root",
        ),
        pytest.param(
            lambda site: shutil.rmtree(site / "static"),
            [*((letter, "REF004") for letter in "abcdefghi")],
            id="the whole root",
        ),
        pytest.param(
            lambda site: (
                (site / "static/img/c.png").unlink(),
                (site / "static/img/c.png").mkdir(),
                (site / "static/img/c.png/x").write_text("x"),
            ),
            [("c", "REF004")],
            id="a folder in its place",
        ),
        pytest.param(
            lambda site: (
                (site / "static/img/c.png").unlink(),
                (site / "static/img/c.png").symlink_to("nowhere"),
            ),
            [("c", "REF004")],
            id="a broken link in its place",
        ),
        pytest.param(
            lambda site: (
                (site / "static/img/c.png").rename(site / "static/img/k.png"),
                (site / "static/img/c.png").symlink_to("k.png"),
            ),
            [],
            id="a link in its place",
        ),
        pytest.param(
            lambda site: (site / "static/img/a.png").write_bytes(png(30, 10)),
            [("size", "IMG006")],
            id="of another size",
        ),
        # It was wrong before, in the same way.
        pytest.param(
            lambda site: (site / "static/img/b.png").write_bytes(png(20, 12)), [], id="still wrong"
        ),
        pytest.param(
            lambda site: (site / "static/img/b.png").write_bytes(png(20, 11)), [], id="mended"
        ),
        pytest.param(
            lambda site: seed(site, "new", "image: /img/none.png"),
            [("new", "REF004")],
            id="a new seed",
        ),
        pytest.param(
            lambda site: (site / "static/img/missing.png").write_text("x"), [], id="added"
        ),
    ],
)


@CHANGES
def test_what_a_branch_does_to_local_files(
    site: Path, change: Change, expected: list[tuple[str, str]]
) -> None:
    change(site)
    assert new(site) == expected


@pytest.mark.slow
@CHANGES
def test_it_is_the_same_in_a_commit_and_in_a_folder(
    site: Path, change: Change, expected: list[tuple[str, str]]
) -> None:
    change(site)
    commit(site)
    assert new(site) == expected
    assert new(site, cwd=site / "seeds") == expected
    # What others have done meanwhile is nobody's fault.
    git(site, "checkout", "--quiet", "main")
    git(site, "rm", "--quiet", "static/img/i.png")
    commit(site)
    git(site, "checkout", "--quiet", "branch")
    assert new(site) == expected


def pointer(content: bytes) -> str:
    """What git has of a file that Git LFS keeps."""
    digest = hashlib.sha256(content).hexdigest()
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {len(content)}\n"


def test_a_picture_that_git_lfs_keeps_has_not_changed_for_that(site: Path) -> None:
    """A pointer is in git, and the picture on the disk."""
    for letter in "ab":
        (site / f"static/img/{letter}.png").write_text(pointer(png(20, 10)))
    commit(site)
    git(site, "branch", "--force", "main")
    for letter in "ab":
        (site / f"static/img/{letter}.png").write_bytes(png(20, 10))
    # `wrong` has been wrong before.
    assert new(site) == []
    # One of the same number of bytes.
    other = png(30, 10)
    assert len(other) == len(png(20, 10))
    (site / "static/img/a.png").write_bytes(other)
    assert new(site) == [("size", "IMG006")]


def test_a_picture_that_is_added_has_a_size_from_then_on(site: Path) -> None:
    seed(site, "later", "cover: {url: /img/later.png, width: 20, height: 10}")
    commit(site)
    git(site, "branch", "--force", "main")
    (site / "static/img/later.png").write_bytes(png(20, 15))
    assert new(site) == [("later", "IMG006")]
    commit(site)
    assert new(site) == [("later", "IMG006")]


def test_links_were_followed_as_they_were(site: Path) -> None:
    links = site / "static" / "links"
    links.mkdir()
    (links / "gone.png").symlink_to("../img/d.png")
    (links / "stays.png").symlink_to("../img/e.png")
    (links / "folder").symlink_to("../img")
    (links / "round").symlink_to("round")
    (links / "out").symlink_to("../../..")
    seed(site, "gone", "image: /links/gone.png")
    seed(site, "stays", "image: /links/stays.png")
    seed(site, "folder", "image: /links/folder/f.png")
    seed(site, "through", "image: /links/folder/g.png")
    seed(site, "round", "image: /links/round")
    seed(site, "out", "image: /links/out/site/static/img/a.png")
    commit(site)
    git(site, "branch", "--force", "main")
    assert new(site) == []
    (links / "gone.png").unlink()
    (site / "static/img/e.png").unlink()
    (site / "static/img/g.png").unlink()
    assert new(site) == [(name, "REF004") for name in ("e", "g", "gone", "stays", "through")]
    (links / "folder").unlink()
    (links / "round").unlink()
    (links / "out").unlink()
    expected = [(name, "REF004") for name in ("e", "folder", "g", "gone", "stays", "through")]
    assert new(site) == expected
    commit(site)
    assert new(site) == expected


def test_a_link_that_took_the_place_of_a_folder_is_not_followed(site: Path) -> None:
    """Not when it is asked what was in the folder, either: it may lead anywhere."""
    outside = site.parent / "outside"
    (outside / "inner").mkdir(parents=True)
    for name in ("x.png", "inner/x.png"):
        (outside / name).write_text("x")
    folder = site / "static" / "folder"
    (folder / "inner").mkdir(parents=True)
    for name in ("y.png", "inner/y.png"):
        (folder / name).write_text("y")
    for number, name in enumerate(("x.png", "inner/x.png", "y.png", "inner/y.png")):
        seed(site, f"n{number}", f"image: /folder/{name}")
    commit(site)
    git(site, "branch", "--force", "main")
    shutil.rmtree(folder)
    folder.symlink_to(outside)
    expected = [("n2", "REF004"), ("n3", "REF004")]
    assert new(site) == expected
    commit(site)
    assert new(site) == expected


def test_what_git_ignores_is_as_it_is_on_the_disk(site: Path) -> None:
    """A program makes it: git cannot say whether it was there."""
    (site / "static/made").mkdir()
    (site / "static/made/x.png").write_text("x")
    seed(site, "made", "image: /made/x.png")
    commit(site)
    git(site, "branch", "--force", "main")
    (site / "static/made/x.png").unlink()
    assert new(site) == []


def test_a_sparse_checkout_deletes_nothing(site: Path) -> None:
    git(site, "sparse-checkout", "set", "--no-cone", "/*", "!/static/img/c.png")
    assert not (site / "static/img/c.png").exists()
    (site / "static/img/d.png").unlink()
    assert new(site) == [("d", "REF004")]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_many_seeds(site: Path, jobs: str) -> None:
    for number in range(OTHERS):
        (site / "static" / f"{number}.png").write_bytes(png(20, 10))
        seed(site, f"{number:03}", f"cover: {{url: /{number}.png, width: 20, height: 10}}")
    commit(site)
    git(site, "branch", "--force", "main")
    for number in range(0, OTHERS, 2):
        (site / "static" / f"{number}.png").write_bytes(png(20, 11))
    expected = [(f"{number:03}", "IMG006") for number in range(0, OTHERS, 2)]
    assert new(site, "--jobs", jobs) == expected


def test_names_of_all_kinds(site: Path) -> None:
    names = ["a b.png", "é.png", "new\nline.png", 'quo"te.png', "tab\t.png", "-x.png"]
    for number, name in enumerate(names):
        (site / "static" / name).write_text("x")
        seed(site, f"n{number}", f"image: {json.dumps(name)}")
    commit(site)
    git(site, "branch", "--force", "main")
    assert new(site) == []
    for name in names:
        (site / "static" / name).unlink()
    assert new(site) == [(f"n{number}", "REF004") for number in range(len(names))]


def test_a_root_that_is_not_in_this_work_tree(site: Path) -> None:
    """A repository inside the other: git says nothing of it."""
    inner = site / "content"
    git(inner, "init", "--quiet", "--initial-branch=main")
    (inner / "x.png").write_text("x")
    seed(site, "inner", "image: /x.png")
    git(site, "add", "seeds")
    git(site, "commit", "--quiet", "--message", "x")
    git(site, "branch", "--force", "main")
    (site / "static/img/c.png").unlink()
    assert new(site) == [("c", "REF004")]


def test_comments_are_still_written_where_the_disk_is_asked(site: Path) -> None:
    """Comments are not tried with the contract that looked at the earlier commit."""
    (site / "static/img/c.png").unlink()
    command = ("check", "--no-cache", "--since", "main", "--add-ignores")
    done = seedlint(*command, cwd=site)
    assert "ignore[REF004]" in (site / "seeds/c.md").read_text(), done.err
    assert new(site) == []
