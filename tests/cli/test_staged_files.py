"""`--staged` and the local files that seeds name: judged as the next commit has them."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from command import Result, seedlint
from images import png
from repositories import commit, git
from trees import lay_contract
from trees import write_seed as seed

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("git"), reason="needs git"
)

CONTRACT = {
    "properties": {
        "image": {"x-seedlint": {"file": {"roots": ["static"]}}},
        "cover": {"x-seedlint": {"image-size": {"roots": ["static", "more"]}}},
    }
}
COUNTING = """#!/bin/sh
echo "$@" >> {log}
exec {git} "$@"
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A repository whose seeds `a` and `b` state the size of a picture; `wrong` has it wrong."""
    folder = tmp_path / "site"
    lay_contract(folder, CONTRACT)
    for name in ("static", "more"):
        (folder / name).mkdir()
    (folder / ".gitignore").write_text("/static/made/\n")
    for letter in "ab":
        (folder / f"static/{letter}.png").write_bytes(png(20, 10))
        seed(folder, letter, f"cover: {{url: /{letter}.png, width: 20, height: 10}}")
    (folder / "more/a.png").write_bytes(png(7, 7))
    seed(folder, "wrong", "cover: {url: /b.png, width: 20, height: 11}")
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder)
    return folder


def check(site: Path, *arguments: str, env: dict[str, str] | None = None) -> Result:
    command = ("check", "--no-cache", "--staged", "--output-format", "json", *arguments)
    done = seedlint(*command, cwd=site, env=env)
    assert done.code in (0, 1), done.err
    return done


def staged(site: Path, *arguments: str) -> list[tuple[str, str]]:
    findings = check(site, *arguments).findings
    return [(Path(each["filename"]).stem, each["code"]) for each in findings]


def test_another_size_of_a_picture_that_seeds_state(site: Path) -> None:
    (site / "static/a.png").write_bytes(png(30, 10))
    assert staged(site) == []
    git(site, "add", "static")
    assert staged(site) == [("a", "IMG006")]
    # On the disk it is right again, and the commit is not.
    (site / "static/a.png").write_bytes(png(20, 10))
    assert staged(site) == [("a", "IMG006")]
    assert staged(site, "--since", "HEAD") == [("a", "IMG006")]
    assert check(site, "--fail-on", "warning").code == 1


def test_a_picture_that_hid_another(site: Path) -> None:
    git(site, "rm", "--quiet", "static/a.png")
    assert staged(site) == [("a", "IMG006"), ("a", "IMG006")]


def test_another_content_of_the_same_size(site: Path) -> None:
    (site / "static/a.png").write_bytes(png(20, 10) + b"more")
    git(site, "add", "static")
    assert staged(site) == []


def test_a_picture_that_was_never_added(site: Path) -> None:
    """As CI will find: the commit does not have it."""
    (site / "static/new.png").write_bytes(png(1, 1))
    seed(site, "new", "image: /new.png")
    git(site, "add", "seeds")
    done = check(site)
    (finding,) = done.findings
    assert (finding["code"], finding["message"]) == (
        "REF004",
        "the file `/new.png` in `static` is not in git",
    )
    assert finding["help"].startswith("stage the file with `git add`")
    assert finding["fix"] is None
    git(site, "add", "static")
    assert staged(site) == []


def test_what_git_ignores_is_that_on_the_disk(site: Path) -> None:
    (site / "static/made").mkdir()
    (site / "static/made/x.png").write_bytes(png(1, 1))
    seed(site, "made", "image: /made/x.png")
    git(site, "add", "seeds")
    assert staged(site) == []


def with_submodule(site: Path) -> None:
    other = site.parent / "pictures"
    other.mkdir()
    (other / "deep").mkdir()
    (other / "deep/z.png").write_bytes(png(3, 3))
    git(other, "init", "--quiet", "--initial-branch=main")
    commit(other)
    git(site, "-c", "protocol.file.allow=always", "submodule", "add", "--quiet",
        "--name", "x/pictures", str(other), "static/sub")  # fmt: skip
    seed(site, "z", "image: /sub/deep/z.png")
    commit(site)
    assert staged(site) == []


@pytest.mark.parametrize("options", [[], ["--cached"]], ids=["from the disk", "from the index"])
def test_a_submodule_that_is_removed(site: Path, options: list[str]) -> None:
    with_submodule(site)
    git(site, "rm", "--quiet", *options, "static/sub")
    assert staged(site) == [("z", "REF004")]
    assert staged(site, "--since", "HEAD") == [("z", "REF004")]


def test_a_submodule_whose_files_become_those_of_the_repository(site: Path) -> None:
    with_submodule(site)
    git(site, "rm", "--quiet", "--cached", "static/sub")
    (site / "static/sub/.git").unlink()
    git(site, "add", "static/sub")
    assert staged(site) == []


def test_a_submodule_at_another_commit_is_not_looked_into(site: Path) -> None:
    with_submodule(site)
    (site / "static/sub/new.png").write_bytes(png(1, 1))
    commit(site / "static/sub")
    git(site, "add", "static/sub")
    assert staged(site) == []


def test_a_removed_submodule_with_a_name_that_leads_elsewhere(site: Path) -> None:
    """Git itself refuses such names; nothing is opened for one."""
    with_submodule(site)
    modules = site / ".gitmodules"
    modules.write_text(modules.read_text().replace("x/pictures", "../../../pictures/.git"))
    commit(site)
    git(site, "rm", "--quiet", "--cached", "static/sub")
    shutil.rmtree(site / "static/sub")
    # What it held is not known, so nothing is new.
    assert staged(site) == []


def test_one_process_of_git_reads_all_links_and_pictures(site: Path, tmp_path: Path) -> None:
    for number in range(40):
        (site / f"static/{number}.png").write_bytes(png(5, 5))
        (site / f"static/link-{number}.png").symlink_to(f"{number}.png")
        seed(site, f"n{number}", f"cover: {{url: /link-{number}.png, width: 5, height: 6}}")
    # One whose end is not waited for, on the way.
    (site / "static/20.png").write_bytes(png(5, 5) + bytes(range(256)) * 40_000)
    git(site, "add", "--all")
    for number in range(40):
        (site / f"static/{number}.png").unlink()
        (site / f"static/link-{number}.png").unlink()
    log, folder = tmp_path / "log", tmp_path / "bin"
    folder.mkdir()
    (folder / "git").write_text(COUNTING.format(log=log, git=shutil.which("git")))
    (folder / "git").chmod(0o755)
    env = {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    done = check(site, "--jobs", "2", env=env)
    assert [each["code"] for each in done.findings] == ["IMG006"] * 40
    # The seeds, then at most one for each process and one more after the large picture.
    assert log.read_text().count("cat-file --batch\n") <= 5
    assert "cat-file blob" not in log.read_text()


def test_contents_that_git_lacks(site: Path) -> None:
    """A picture whose object is gone is one of which nothing is known, and the next ones are."""
    (site / "static/a.png").write_bytes(png(30, 11))
    git(site, "add", "static")
    blob = git(site, "rev-parse", ":static/a.png").strip()
    (site / "static/a.png").unlink()
    (site / f".git/objects/{blob[:2]}/{blob[2:]}").unlink()
    (site / "static/b.png").write_bytes(png(30, 10))
    git(site, "add", "static/b.png")
    (site / "static/b.png").unlink()
    assert staged(site) == [("b", "IMG006"), ("wrong", "IMG006")]
