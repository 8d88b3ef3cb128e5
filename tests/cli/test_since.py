"""`--since`: only what a branch did, in real repositories."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from command import Result, seedlint
from paths import SHARED
from repositories import SCHEMA, commit, git, repository_of_titles
from repositories import titled as seed
from trees import collection

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("git"), reason="needs git"
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository whose `main` has wrong seeds, and a branch that has been checked out."""
    folder = repository_of_titles(tmp_path)
    for name in ("a", "b", "c"):
        (folder / "seeds" / f"{name}.md").write_text(seed(name.upper(), "one"))
    (folder / "seeds" / "twin.md").write_text(seed("A"))
    (folder / "seeds" / "broken.md").write_text('---\ntitle: "x\n---\n')
    commit(folder)
    git(folder, "checkout", "--quiet", "-b", "branch")
    return folder


def check(tree: Path, *arguments: str, cwd: Path | None = None) -> Result:
    return seedlint("check", "--no-cache", *arguments, cwd=cwd or tree)


def new(tree: Path, *arguments: str) -> list[tuple[str, str]]:
    """File and code of what is new since `main`; the same from a folder below and in SARIF."""
    since = ("--since", "main", "--output-format")
    done = check(tree, *since, "json", *arguments)
    found = [(each["filename"], each["code"]) for each in done.findings]
    assert done.code == any(each["severity"] == "error" for each in done.findings), done.err
    run = json.loads(check(tree, *since, "sarif", *arguments).out)["runs"][0]
    assert sorted(each["ruleId"] for each in run["results"]) == sorted(code for _, code in found)
    if not arguments:
        inside = check(tree, *since, "json", cwd=tree / "seeds").findings
        assert [each["code"] for each in inside] == [code for _, code in found]
    return found


def test_what_was_there_before_is_not_reported(tree: Path) -> None:
    assert new(tree) == []
    assert check(tree, "--since", "main").err.splitlines()[-1] == (
        "no findings in 5 seeds: 4 checked against s.json, 1 could not be checked; "
        "5 findings were there before"
    )


def test_what_the_branch_did_is_reported(tree: Path) -> None:
    seeds = tree / "seeds"
    (seeds / "a.md").write_text("---\nn: one\n---\n")
    (seeds / "b.md").write_text(seed("B", "two"))
    (seeds / "c.md").write_text("---\n# a note\nn: one\ntitle: C\n---\n")
    (seeds / "broken.md").write_text('---\ntitle: "y\n---\n')
    # Not added to the index yet.
    (seeds / "d.md").write_text(seed("A"))
    expected = [
        ("seeds/a.md", "SCH001"),
        ("seeds/b.md", "SCH003"),
        ("seeds/broken.md", "YML004"),
    ]
    # `d` and `twin` have one title, as `a` and `twin` had before.
    assert new(tree) == expected
    commit(tree)
    assert new(tree) == expected
    # As a hook asks.
    assert new(tree, "seeds/b.md", "seeds/c.md") == [("seeds/b.md", "SCH003")]


def test_a_title_that_is_taken_is_new_whoever_had_it(tree: Path) -> None:
    (tree / "seeds" / "z.md").write_text(seed("C"))
    assert new(tree) == [("seeds/z.md", "DUP002")]


def test_what_main_has_done_since_is_nobodys_fault(tree: Path) -> None:
    git(tree, "checkout", "--quiet", "main")
    (tree / "seeds" / "a.md").write_text(seed("A"))
    commit(tree)
    git(tree, "checkout", "--quiet", "branch")
    assert new(tree) == []
    (tree / "seeds" / "b.md").write_text(seed("B", "two"))
    commit(tree)
    assert new(tree) == [("seeds/b.md", "SCH003")]


def test_renamed_and_moved_seeds_are_old(tree: Path) -> None:
    (tree / "seeds" / "2024").mkdir()
    for name in ("a", "b", "broken"):
        git(tree, "mv", f"seeds/{name}.md", f"seeds/2024/{name} x.md")
    assert new(tree) == []
    commit(tree)
    assert new(tree) == []
    (tree / "seeds" / "2024" / "a x.md").write_text(seed("A", "three"))
    assert new(tree) == [("seeds/2024/a x.md", "SCH003")]


def test_todays_contract_counts(tree: Path) -> None:
    (tree / "s.json").write_text(json.dumps({**SCHEMA, "required": ["title", "date"]}))
    assert new(tree) == []


def test_several_merge_bases(tree: Path) -> None:
    """A criss-cross merge: each side has merged the other."""
    (tree / "seeds" / "b.md").write_text(seed("B", "two"))
    commit(tree)
    git(tree, "checkout", "--quiet", "main")
    (tree / "seeds" / "c.md").write_text(seed("C", "three"))
    commit(tree)
    git(tree, "tag", "old-main")
    git(tree, "merge", "--quiet", "--no-edit", "branch")
    git(tree, "checkout", "--quiet", "branch")
    git(tree, "merge", "--quiet", "--no-edit", "old-main")
    assert len(git(tree, "merge-base", "--all", "main", "branch").split()) == 2
    assert new(tree) == []


def test_worktrees_and_detached_heads(tree: Path) -> None:
    (tree / "seeds" / "b.md").write_text(seed("B", "two"))
    commit(tree)
    other = tree.parent / "other"
    git(tree, "worktree", "add", "--quiet", "--detach", str(other), "branch")
    assert new(other) == [("seeds/b.md", "SCH003")]


def test_a_sparse_checkout(tree: Path) -> None:
    (tree / "other").mkdir()
    (tree / "other" / "x.txt").write_text("x")
    commit(tree)
    git(tree, "sparse-checkout", "set", "--no-cone", "/*", "!/seeds/c.md")
    assert not (tree / "seeds" / "c.md").exists()
    (tree / "seeds" / "b.md").write_text(seed("B", "two"))
    assert new(tree) == [("seeds/b.md", "SCH003")]


@pytest.mark.parametrize("revision", ["none", "--output=x", "HEAD:seeds", "a b"])
def test_a_revision_that_is_none_is_a_failure(tree: Path, revision: str) -> None:
    done = check(tree, f"--since={revision}")
    assert (done.code, done.out) == (2, "")
    assert "--since: git knows no commit" in done.err
    assert "fetch-depth: 0" in done.err
    assert not (tree / "x").exists()


def test_a_shallow_clone_is_a_failure_with_the_way_out(tree: Path) -> None:
    (tree / "seeds" / "b.md").write_text(seed("B", "two"))
    commit(tree)
    git(tree, "checkout", "--quiet", "main")
    commit(tree)
    clone = tree.parent / "clone"
    git(tree.parent, "-c", "protocol.file.allow=always", "clone", "--quiet", "--depth=1",
        "--no-single-branch", f"file://{tree}", "clone")  # fmt: skip
    git(clone, "checkout", "--quiet", "branch")
    done = check(clone, "--since", "origin/main")
    assert (done.code, done.out) == (2, "")
    assert "fetch-depth: 0" in done.err


def test_a_branch_that_a_checkout_of_ci_has_only_as_that_of_the_remote(tree: Path) -> None:
    """`actions/checkout` with `fetch-depth: 0` makes no local `main`."""
    (tree / "seeds" / "b.md").write_text(seed("B", "two"))
    commit(tree)
    clone = tree.parent / "clone"
    git(tree.parent, "clone", "--quiet", "--branch", "branch", str(tree), "clone")
    git(clone, "checkout", "--quiet", "--detach")
    done = check(clone, "--since", "main")
    assert (done.code, done.out) == (2, "")
    assert "help: write `--since origin/main`: " in done.err
    assert check(clone, "--since", "origin/main").code == 1
    assert "help: a similar name exists: `origin/main`" in check(clone, "--since", "mian").err
    assert "fetch-depth: 0" in check(clone, "--since", "release").err


def test_a_misspelt_branch(tree: Path) -> None:
    git(tree, "tag", "v1.2.0")
    # `refs/stash` is a name, too.
    (tree / "seeds" / "a.md").write_text(seed("A", "other"))
    git(tree, "stash", "--quiet")
    for written, meant in (("mian", "main"), ("brnach", "branch"), ("v1.2", "v1.2.0")):
        done = check(tree, "--since", written)
        assert (done.code, done.out) == (2, "")
        assert f"help: a similar name exists: `{meant}`\n" in done.err
    assert "fetch-depth: 0" in check(tree, "--since", "0123abc").err


def test_an_ancestor_that_is_not_there(tree: Path) -> None:
    for written in ("HEAD~7", "main^2", "HEAD^2~1"):
        done = check(tree, "--since", written)
        assert (done.code, done.out) == (2, "")
        assert f"help: `{written[:4]}` has no such ancestor\n" in done.err
    assert "fetch-depth: 0" in check(tree, "--since", "nowhere~1").err


def test_the_help_in_a_shallow_clone_is_to_fetch(tree: Path) -> None:
    """As `actions/checkout` without `fetch-depth` leaves it, but for a name `origin/HEAD`."""
    commit(tree)
    clone = tree.parent / "clone"
    git(tree.parent, "-c", "protocol.file.allow=always", "clone", "--quiet", "--depth=1",
        "--branch=branch", f"file://{tree}", "clone")  # fmt: skip
    git(clone, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/branch")
    for written in ("origin/main", "main", "HEAD~1"):
        done = check(clone, "--since", written)
        assert (done.code, done.out) == (2, "")
        assert "help: fetch it, " in done.err
    near = check(clone, "--since", "origin/brnach").err
    assert "help: a similar name exists: `origin/branch`" in near


def test_two_commits_are_enough_for_the_merge_of_a_pull_request(tree: Path) -> None:
    """GitHub checks out the merge of both branches, and its first parent is the base branch."""
    (tree / "seeds" / "b.md").write_text(seed("B", "two"))
    commit(tree)
    git(tree, "checkout", "--quiet", "main")
    (tree / "seeds" / "c.md").write_text(seed("C", "wrong on main"))
    commit(tree)
    git(tree, "merge", "--quiet", "--no-ff", "--message=x", "branch")
    clone = tree.parent / "clone"
    git(tree.parent, "-c", "protocol.file.allow=always", "clone", "--quiet", "--depth=2",
        f"file://{tree}", "clone")  # fmt: skip
    done = check(clone, "--since", "HEAD^1", "--output-format", "json")
    assert [each["filename"] for each in done.findings] == ["seeds/b.md"]


@pytest.mark.parametrize("option", ["--since=main", "--staged"])
def test_a_repository_that_somebody_else_owns(
    option: str, tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a container whose user is not the one that has checked out."""
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec {shutil.which("git")} "$@"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    done = check(tree, option)
    assert (done.code, done.out) == (2, "")
    assert "git refuses to read this repository, which somebody else owns" in done.err
    assert f"help: git config --global --add safe.directory {tree}\n" in done.err


def test_without_git_it_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(seed("A"))
    done = check(tmp_path, "--since", "main")
    assert (done.code, done.out) == (2, "")


def test_programs_that_the_repository_names_are_not_run(tree: Path) -> None:
    script = tree.parent / "pwn.sh"
    script.write_text(f"#!/bin/sh\ntouch {tree.parent}/pwned\ncat\n")
    script.chmod(0o755)
    git(tree, "config", "core.fsmonitor", str(script))
    git(tree, "config", "diff.external", str(script))
    git(tree, "config", "diff.x.textconv", str(script))
    git(tree, "config", "filter.x=y.clean", str(script))
    git(tree, "config", "filter.x=y.required", "true")
    (tree / ".gitattributes").write_text("*.md diff=x filter=x=y\n")
    (tree / "seeds" / "b.md").write_text(seed("B", "two"))
    (tree.parent / "pwned").unlink(missing_ok=True)
    assert new(tree) == [("seeds/b.md", "SCH003")]
    assert not (tree.parent / "pwned").exists()


NEWS = SHARED / "corpus" / "diablo4" / "news"


@pytest.mark.skipif(not NEWS.exists(), reason="the corpus is not here")
@pytest.mark.parametrize("way", ["since", "baseline"])
def test_a_pull_request_over_real_seeds(tmp_path: Path, way: str) -> None:
    """A hundred real seeds are changed in eight ways: what is reported is what was done."""
    folder = tmp_path / "repository"
    (folder / "news").mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    seeds = sorted(NEWS.rglob("*.md"))[:200]
    for path in seeds:
        shutil.copyfile(path, folder / "news" / path.name)
    commit(folder)
    git(folder, "checkout", "--quiet", "-b", "branch")
    options = ["--isolated", "--output-format", "json"]
    if way == "since":
        options += ["--since", "main"]
    else:
        held = ["--baseline", str(tmp_path / "known.json")]
        assert check(folder, *options, *held, "--update-baseline", "news").code == 0
        options += held
    assert check(folder, *options, "news").findings == []
    expected = []
    (folder / "news" / "moved").mkdir()
    for number, path in enumerate(seeds[:104]):
        file = folder / "news" / path.name
        text = file.read_text("utf-8")
        kind = number % 8
        name = f"news/{path.name}"
        if kind == 0:
            text = re.sub(r"(?m)^type: .*\n", "", text)
            expected.append((name, "SCH001"))
        elif kind == 1:
            text = re.sub(r"(?m)^excerpt:", "exerpt:", text)
            expected.append((name, "SCH002"))
        elif kind == 2:
            text = re.sub(r"(?m)^excerpt: .*$", "excerpt:", text)
            expected.append((name, "SCH003"))
        elif kind == 3:
            text = re.sub(r"(?m)^type: .*$", "type: no such type", text)
            expected.append((name, "SCH004"))
        elif kind == 4:
            # The first key comes last, so each line moves.
            text = re.sub(r"(?s)\A---\n(\w+: [^\n]*\n)(.*?)\n---\n", r"---\n\2\n\1---\n", text)
        elif kind == 5:
            text = text.replace("---\n", "---\n# a note\n\n", 1)
        file.write_text(text, "utf-8")
        if kind == 6:
            file.rename(folder / "news" / "moved" / path.name)
        elif kind == 7:
            file.rename(file.with_name(f"renamed-{path.name}"))
    if way == "since":
        # Git knows of renames what was added.
        git(folder, "add", "--all")
    done = check(folder, *options, "news")
    found = [(each["filename"], each["code"]) for each in done.findings]
    assert sorted(found) == sorted(expected)
    assert len(expected) == 52


CONFIGS = {
    "include": 'schema = "s.json"\ninclude = ["{}/**/*.md"]\n',
    "collection": 'unmatched = "ignore"\n' + collection("all", "{}/**", 'schema = "s.json"'),
}


@pytest.mark.parametrize("kind", CONFIGS)
def test_a_folder_and_its_pattern_may_be_renamed_together(kind: str, tree: Path) -> None:
    git(tree, "checkout", "--quiet", "main")
    (tree / "drafts").mkdir()
    (tree / "drafts" / "never.md").write_text(seed("N", "never"))
    (tree / "seedlint.toml").write_text(CONFIGS[kind].format("seeds"))
    commit(tree)
    git(tree, "checkout", "--quiet", "-B", "branch")
    git(tree, "mv", "seeds", "posts")
    (tree / "seedlint.toml").write_text(CONFIGS[kind].format("posts"))
    commit(tree)
    everything = ("--since", "main", "--output-format", "json")
    assert check(tree, *everything).findings == []
    # What was never checked is not old for having been moved, whatever the configuration was.
    git(tree, "mv", "drafts/never.md", "posts/never.md")
    (tree / "posts" / "b.md").write_text(seed("B", "two"))
    commit(tree)
    for done in (check(tree, *everything), check(tree, *everything, "posts")):
        assert [(each["filename"], each["code"]) for each in done.findings] == [
            ("posts/b.md", "SCH003"),
            ("posts/never.md", "SCH003"),
        ]


def test_an_earlier_configuration_that_is_broken_takes_nothing(tree: Path) -> None:
    git(tree, "checkout", "--quiet", "main")
    (tree / "seedlint.toml").write_text("include = 5\n")
    commit(tree)
    git(tree, "checkout", "--quiet", "-B", "branch")
    git(tree, "mv", "seeds", "posts")
    (tree / "seedlint.toml").write_text(CONFIGS["include"].format("posts"))
    commit(tree)
    found = check(tree, "--since", "main", "--output-format", "json").findings
    assert {each["filename"] for each in found} >= {"posts/a.md", "posts/b.md"}
