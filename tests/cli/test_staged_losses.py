"""`--staged`: what the next commit takes away, and the seeds, not staged, that still name it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from command import Result, seedlint
from repositories import commit, git
from trees import collection
from trees import write_front_matter as write

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("git"), reason="needs git"
)

CONFIG = "".join(
    collection(f"{each}s", f"{each}s/*.md", f'schema = "{each}.json"')
    for each in ("author", "post", "page")
)
POST = {
    "properties": {
        "n": {"type": "integer"},
        "author": {"x-seedlint": {"refers-to": {"collection": "authors", "key": "id"}}},
        "follows": {"x-seedlint": {"refers-to": {"key": "slug"}}},
    }
}
PAGE = {"properties": {"image": {"x-seedlint": {"file": {"roots": ["static"]}}}}}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A repository in which some references are broken already."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "seedlint.toml").write_text(CONFIG)
    (folder / "author.json").write_text(json.dumps({"properties": {"id": {"type": "string"}}}))
    (folder / "post.json").write_text(json.dumps(POST))
    (folder / "page.json").write_text(json.dumps(PAGE))
    for name in ("ann", "bob", "cyd"):
        write(folder, f"authors/{name}.md", f"id: {name}")
        # Its `n` is wrong, and nobody touches it.
        write(folder, f"posts/{name}.md", f"slug: by-{name}\nauthor: {name}\nn: x")
        (folder / "static").mkdir(exist_ok=True)
        (folder / "static" / f"{name}.png").write_text("x")
        write(folder, f"pages/{name}.md", f"image: /{name}.png")
    write(folder, "posts/old.md", "slug: old\nauthor: dan\nfollows: by-bob")
    write(folder, "pages/old.md", "image: /old.png")
    (folder / "src.txt").write_text("x")
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder)
    return folder


def check(site: Path, *arguments: str, cwd: Path | None = None) -> Result:
    return seedlint("check", "--no-cache", "--staged", *arguments, cwd=cwd or site)


def staged(site: Path, *arguments: str, cwd: Path | None = None) -> list[tuple[str, str]]:
    """File and code of what is found."""
    done = check(site, "--output-format", "json", *arguments, cwd=cwd)
    assert done.code in (0, 1), done.err
    return [(each["filename"], each["code"]) for each in done.findings]


Change = Callable[[Path], object]


def rewrite(site: Path, name: str, front_matter: str) -> None:
    write(site, name, front_matter)
    git(site, "add", name)


def relink(site: Path, name: str, target: str) -> None:
    """A link in the place of a file, a folder or another link."""
    path = site / name
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.symlink_to(target)
    git(site, "add", "--all")


CHANGES = pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(lambda site: None, [], id="nothing"),
        pytest.param(
            lambda site: git(site, "rm", "-q", "authors/ann.md"),
            [("posts/ann.md", "REF002")],
            id="an author",
        ),
        pytest.param(
            lambda site: git(site, "rm", "-q", "--cached", "authors/ann.md"),
            [("posts/ann.md", "REF002")],
            id="an author that stays on the disk",
        ),
        pytest.param(
            lambda site: (site / "authors/ann.md").unlink(), [], id="not staged: an author"
        ),
        pytest.param(
            lambda site: git(site, "mv", "authors/ann.md", "authors/other.md"),
            [],
            id="another name of the file",
        ),
        pytest.param(
            lambda site: git(site, "mv", "authors/ann.md", "pages/ann-bell.md"),
            [("posts/ann.md", "REF002")],
            id="another collection",
        ),
        pytest.param(
            lambda site: rewrite(site, "authors/ann.md", "id: anna"),
            [("posts/ann.md", "REF002")],
            id="another name of the author",
        ),
        pytest.param(
            lambda site: rewrite(site, "authors/ann.md", "id: ann\nname: Ann Bell"),
            [],
            id="something else about the author",
        ),
        pytest.param(
            lambda site: rewrite(site, "authors/ann.md", "id: 'ann"),
            [("authors/ann.md", "YML004"), ("posts/ann.md", "REF002")],
            id="an author that cannot be read any more",
        ),
        pytest.param(
            lambda site: git(site, "rm", "-q", "posts/bob.md"),
            [("posts/old.md", "REF002")],
            id="a post of the same collection",
        ),
        pytest.param(
            lambda site: git(site, "rm", "-q", "static/ann.png"),
            [("pages/ann.md", "REF004")],
            id="a picture",
        ),
        pytest.param(
            lambda site: git(site, "rm", "-q", "--cached", "static/ann.png"),
            [("pages/ann.md", "REF004")],
            id="a picture that stays on the disk",
        ),
        pytest.param(
            lambda site: (
                git(site, "rm", "-q", "--cached", "static/ann.png"),
                (site / ".gitignore").write_text("static/ann*\n"),
            ),
            [],
            id="a picture that a program makes from now on",
        ),
        pytest.param(
            lambda site: git(site, "mv", "static/ann.png", "static/anna.png"),
            [("pages/ann.md", "REF004")],
            id="another name of a picture",
        ),
        pytest.param(
            lambda site: (site / "static/ann.png").unlink(), [], id="not staged: a picture"
        ),
        pytest.param(
            lambda site: (
                git(site, "rm", "-q", "authors/ann.md", "static/bob.png"),
                rewrite(site, "posts/new.md", "author: ann\nn: y"),
            ),
            [
                ("pages/bob.md", "REF004"),
                ("posts/ann.md", "REF002"),
                ("posts/new.md", "REF002"),
                ("posts/new.md", "SCH003"),
            ],
            id="several things and a new post",
        ),
        pytest.param(
            lambda site: (
                git(site, "rm", "-q", "authors/ann.md"),
                rewrite(site, "posts/ann.md", "slug: by-ann\nauthor: bob"),
            ),
            [],
            id="an author and the post",
        ),
        pytest.param(
            lambda site: (
                git(site, "rm", "-q", "authors/ann.md"),
                # Not staged, so it does not count.
                write(site, "posts/ann.md", "slug: by-ann\nauthor: bob"),
            ),
            [("posts/ann.md", "REF002")],
            id="an author, and the post on the disk only",
        ),
        pytest.param(lambda site: git(site, "rm", "-q", "src.txt"), [], id="something else"),
        pytest.param(
            lambda site: relink(site, "static/ann.png", "nowhere.png"),
            [("pages/ann.md", "REF004")],
            id="a picture that is a link to nowhere now",
        ),
        pytest.param(
            lambda site: relink(site, "static/ann.png", "../src.txt"),
            [("pages/ann.md", "REF004")],
            id="a picture that is a link out of its root now",
        ),
        pytest.param(lambda site: relink(site, "static/ann.png", "bob.png"), [], id="a good link"),
        pytest.param(
            lambda site: relink(site, "static", "/"),
            [(f"pages/{name}.md", "REF004") for name in ("ann", "bob", "cyd")],
            id="a root that is a link out of the repository now",
        ),
        pytest.param(
            lambda site: (
                git(site, "mv", "static", "pictures"),
                relink(site, "static", "pictures"),
            ),
            [],
            id="a root that is a link to its folder now",
        ),
        pytest.param(
            lambda site: (
                (site / "static/ann.png").unlink(),
                (site / "static/ann.png").mkdir(),
                (site / "static/ann.png/x.png").write_text("x"),
                git(site, "add", "--all"),
            ),
            [("pages/ann.md", "REF004")],
            id="a picture that is a folder now",
        ),
    ],
)


@CHANGES
def test_what_the_commit_takes_away(
    site: Path, change: Change, expected: list[tuple[str, str]]
) -> None:
    change(site)
    assert sorted(staged(site)) == expected


@pytest.mark.slow
@CHANGES
def test_it_is_the_same_in_a_folder_since_head_and_from_the_cache(
    site: Path, change: Change, expected: list[tuple[str, str]]
) -> None:
    change(site)
    inside = staged(site, cwd=site / "posts")
    assert sorted(code for _, code in inside) == sorted(code for _, code in expected)
    assert sorted(staged(site, "--since", "HEAD")) == expected
    cached = ("check", "--staged", "--cache-dir", str(site.parent / "cache"), "--quiet")
    for _ in range(2):
        done = seedlint(*cached, "--output-format", "json", cwd=site)
        assert sorted((each["filename"], each["code"]) for each in done.findings) == expected


@pytest.mark.parametrize(
    ("name", "old", "new", "image"),
    [
        pytest.param("static/now", "one", "two", "/now/x.png", id="inside of a root"),
        pytest.param("static", "good", "empty", "/x.png", id="the root"),
        pytest.param("good", "better", "empty", "/x.png", id="on the way to the root"),
    ],
)
def test_a_link_that_leads_elsewhere_takes_away(
    site: Path, name: str, old: str, new: str, image: str
) -> None:
    for root in (".", "static"):
        for folder in ("one", "good", "better"):
            path = site / root / folder / "x.png"
            path.parent.mkdir(exist_ok=True)
            path.write_text("x")
        for folder in ("two", "empty"):
            (site / root / folder).mkdir()
            (site / root / folder / "y.txt").write_text("y")
    if name != "static/now":
        relink(site, "static", "good")
    relink(site, name, old)
    write(site, "pages/x.md", f"image: {image}")
    commit(site)
    assert ("pages/x.md", "REF004") not in staged(site)
    relink(site, name, new)
    assert staged(site, "--since", "HEAD") == [("pages/x.md", "REF004")]


def test_a_folder_in_the_place_of_a_file_is_there(site: Path) -> None:
    (site / "static/new").write_text("x")
    commit(site)
    (site / "static/new").unlink()
    (site / "static/new").mkdir()
    (site / "static/new/x.png").write_text("x")
    write(site, "pages/new.md", "image: /new/x.png")
    git(site, "add", "--all")
    assert staged(site) == []
    assert staged(site, "--since", "HEAD") == []


def test_the_place_is_that_in_the_seed_and_it_is_said(site: Path) -> None:
    git(site, "rm", "-q", "authors/ann.md")
    git(site, "rm", "-q", "static/bob.png")
    done = check(site)
    assert done.code == 1
    assert "posts/ann.md:3:9" in done.out
    assert "author: ann" in done.out
    assert "pages/bob.md:2:8" in done.out
    assert done.err.splitlines() == [
        "note: no seeds are staged",
        "note: seeds that are not staged and name what the next commit takes away: 2",
        "2 errors in 2 seeds checked",
    ]


def test_a_picture_is_there_if_it_is_staged(site: Path) -> None:
    rewrite(site, "pages/new.md", "image: /new.png")
    assert staged(site) == [("pages/new.md", "REF004")]
    (site / "static/new.png").write_text("x")
    git(site, "add", "static/new.png")
    (site / "static/new.png").unlink()
    assert staged(site) == []


def test_paths_and_collections_narrow_it_down(site: Path) -> None:
    git(site, "rm", "-q", "authors/ann.md", "static/bob.png")
    assert staged(site, "--collection", "pages") == [("pages/bob.md", "REF004")]
    # Who names paths asks about these.
    rewrite(site, "posts/new.md", "author: bob")
    assert staged(site, "posts") == []
    assert staged(site, "posts/new.md") == []


def test_what_was_broken_before_the_branch_is_old(site: Path) -> None:
    git(site, "rm", "-q", "authors/ann.md")
    commit(site)
    write(site, "authors/ann.md", "id: ann")
    commit(site)
    git(site, "rm", "-q", "authors/ann.md", "authors/bob.md")
    assert staged(site, "--since", "HEAD~1") == [("posts/bob.md", "REF002")]


def test_a_baseline_holds_it_and_is_not_pruned(site: Path) -> None:
    base = site / "known.json"
    seedlint("check", "--no-cache", "--baseline", str(base), "--update-baseline", cwd=site)
    before = base.read_text()
    git(site, "rm", "-q", "authors/ann.md")
    options = ("--baseline", str(base))
    assert staged(site, *options, "--prune-baseline") == [("posts/ann.md", "REF002")]
    assert base.read_text() == before
    assert check(site, *options, "--update-baseline").code == 0
    assert staged(site, *options) == []
    assert len(json.loads(base.read_text())["findings"]) == (
        len(json.loads(before)["findings"]) + 1
    )


def test_a_comment_answers_it(site: Path) -> None:
    write(site, "posts/ann.md", "author: ann # seedlint: ignore[REF002] she will be back")
    commit(site)
    git(site, "rm", "-q", "authors/ann.md")
    assert staged(site) == []


def test_without_collections(site: Path) -> None:
    (site / "seedlint.toml").write_text('schema = "own.json"\n')
    contract = {"properties": {"author": {"x-seedlint": {"refers-to": {"key": "id"}}}}}
    (site / "own.json").write_text(json.dumps(contract))
    commit(site)
    git(site, "rm", "-q", "authors/bob.md")
    assert staged(site) == [("posts/bob.md", "REF002")]
    # Nobody says which other seeds there are.
    assert staged(site, "--isolated", "--schema", "own.json") == []


def test_a_contract_that_a_post_names_itself(site: Path) -> None:
    config = CONFIG.replace('schema = "post.json"', 'schema = "page.json"')
    (site / "seedlint.toml").write_text('allow-in-file-schema = ["post.json"]\n' + config)
    write(site, "posts/ann.md", "$schema: ../post.json\nauthor: ann")
    commit(site)
    git(site, "rm", "-q", "authors/ann.md")
    assert staged(site) == [("posts/ann.md", "REF002")]


def test_a_site_in_a_folder_of_a_repository(site: Path) -> None:
    shutil.rmtree(site / ".git")
    mono = site.parent
    git(mono, "init", "--quiet")
    commit(mono)
    git(mono, "rm", "-q", "site/authors/ann.md", "site/static/bob.png")
    assert staged(site) == [("pages/bob.md", "REF004"), ("posts/ann.md", "REF002")]
    named = ("--config", "site/seedlint.toml", "--root", "site")
    assert staged(mono, *named) == [
        ("site/pages/bob.md", "REF004"),
        ("site/posts/ann.md", "REF002"),
    ]
    assert staged(mono, *named, "--since", "HEAD") == staged(mono, *named)


def test_a_merge_that_takes_something_away(site: Path) -> None:
    git(site, "checkout", "-q", "-b", "branch")
    git(site, "rm", "-q", "authors/ann.md")
    commit(site)
    git(site, "checkout", "-q", "main")
    write(site, "posts/new.md", "slug: new\nauthor: ann")
    commit(site)
    git(site, "merge", "-q", "--no-commit", "--no-ff", "branch")
    assert staged(site) == [("posts/ann.md", "REF002"), ("posts/new.md", "REF002")]


def test_the_first_commit_takes_nothing_away(site: Path) -> None:
    shutil.rmtree(site / ".git")
    git(site, "init", "--quiet")
    git(site, "add", "authors", "static")
    assert staged(site) == []


def test_a_shallow_clone_knows_its_own_commit(site: Path) -> None:
    clone = site.parent / "clone"
    git(site.parent, "-c", "protocol.file.allow=always", "clone", "--quiet", "--depth=1",
        f"file://{site}", "clone")  # fmt: skip
    git(clone, "rm", "-q", "authors/ann.md")
    assert staged(clone) == [("posts/ann.md", "REF002")]
    assert staged(clone, "--since", "HEAD") == [("posts/ann.md", "REF002")]


def test_seeds_are_only_read_where_something_is_lost(site: Path) -> None:
    """A commit that takes nothing away that anybody names looks at no seed that is not staged."""
    rewrite(site, "authors/ann.md", "id: ann\nname: Ann")
    git(site, "rm", "-q", "src.txt", "pages/cyd.md")
    script = (
        "import sys, seedlint.cli.lost as lost\n"
        "lost.run = lambda *a, **k: sys.exit('everything is checked')\n"
        "from seedlint.cli.main import main\n"
        "sys.argv = ['seedlint', 'check', '--no-cache', '--staged']\n"
        "sys.exit(main())\n"
    )

    def run() -> str:
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=site, capture_output=True, text=True, check=False
        )
        return done.stderr

    assert "OK: 1 seed checked" in run()
    git(site, "rm", "-q", "authors/bob.md")
    assert "everything is checked" in run()


def test_the_hook_of_git_itself(site: Path) -> None:
    """`git commit FILE` and `git commit --all` have an index of their own."""
    hook = site / ".git" / "hooks" / "pre-commit"
    program = Path(sys.executable).parent / "seedlint"
    hook.write_text(f"#!/bin/sh\nexec {program} check --staged --no-cache\n")
    hook.chmod(0o755)
    (site / "authors/ann.md").unlink()
    for arguments in (["--all"], ["authors/ann.md"]):
        with pytest.raises(subprocess.CalledProcessError) as failed:
            git(site, "commit", "--quiet", "--message", "x", *arguments)
        assert "posts/ann.md:3:9" in failed.value.stdout + failed.value.stderr
