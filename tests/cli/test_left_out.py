"""Files that are not looked at: which ones, and what is said of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import Result, seedlint
from trees import write

CLEAN = "---\ntitle: a\n---\n"
BROKEN = "---\nname: a\n---\n"
SYNTAX = "---\ntitle: a: b\n---\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    write(tmp_path, "s.json", '{"type": "object", "required": ["title"]}')
    write(tmp_path, "posts/b.md", CLEAN)
    return tmp_path


def configure(tree: Path, *lines: str) -> None:
    write(tree, "seedlint.toml", "\n".join(('schema = "s.json"', *lines)))


def check(tree: Path, *arguments: str) -> Result:
    return seedlint("check", "--no-cache", "--output-format", "concise", *arguments, cwd=tree)


def notes(result: Result) -> list[str]:
    return [line for line in result.err.splitlines() if line.startswith("note: ")]


@pytest.mark.parametrize("name", ["B.MD", "b.mdown", "b.Markdown"])
@pytest.mark.parametrize("options", [(), ("--force-exclude", "--")])
def test_an_ending_in_any_case_is_checked(name: str, options: tuple[str, ...], tree: Path) -> None:
    write(tree, f"posts/{name}", SYNTAX)
    done = check(tree, "--isolated", *options, f"posts/{name}" if options else "posts")
    assert (done.code, notes(done)) == (1, [])
    assert f"posts/{name}:2:9: YML005 " in done.out


def test_a_hidden_folder_that_is_included(tree: Path) -> None:
    write(tree, ".notes/a.md", BROKEN)
    configure(tree, 'include = ["posts/**/*.md", ".notes/**/*.md"]')
    for paths in ((), (".",), (".notes",), ("--force-exclude", "--", ".notes/a.md")):
        done = check(tree, *paths)
        assert (done.code, notes(done)) == (1, [])
        assert done.out.startswith(".notes/a.md:1:1: SCH001 ")


def test_a_hidden_folder_is_compared_with(tree: Path) -> None:
    rule = '{"x-seedlint": {"unique-across": {"titles": ["title"]}}}'
    write(tree, "s.json", rule)
    write(tree, ".notes/a.md", CLEAN)
    configure(tree, 'include = ["posts/**/*.md", ".notes/**/*.md"]')
    done = check(tree, "--force-exclude", "--fail-on", "warning", "posts/b.md")
    assert done.code == 1
    assert done.out.startswith("posts/b.md:2:8: DUP002 ")


def test_a_file_named_by_hand_that_is_left_out(tree: Path) -> None:
    write(tree, "notes.txt", BROKEN)
    write(tree, "posts/old.md", BROKEN)
    options = ("--force-exclude", "--quiet", "--", "posts/b.md")
    done = check(tree, "--isolated", *options, "notes.txt")
    assert (done.code, done.err) == (
        1,  # the article contract asks for more
        "note: 1 file was not checked, because none of `**/*.md`, `**/*.markdown`, `**/*.mdown` "
        "matches: notes.txt\n",
    )
    configure(tree, 'exclude = ["old.md"]')
    done = check(tree, *options, "notes.txt", "s.json", "posts/old.md")
    assert (done.code, done.err.splitlines()) == (
        0,
        [
            "note: 1 file was not checked, because `exclude` matches: posts/old.md",
            "note: 2 files were not checked, because no pattern of `include` matches: "
            "notes.txt, s.json",
        ],
    )


def test_many_files_make_one_note(tree: Path) -> None:
    names = [f"{number:04}.txt" for number in range(1200)]
    for name in names:
        write(tree, name, BROKEN)
    done = check(tree, "--force-exclude", "--", *names)
    assert done.err.startswith("note: 1,200 files were not checked, ")
    assert "0000.txt, 0001.txt, 0002.txt, 0003.txt, 0004.txt and 1,195 more\n" in done.err


def test_what_a_walk_leaves_out(tree: Path) -> None:
    write(tree, "drafts/a.md", BROKEN)
    write(tree, "posts/old/a.md", BROKEN)
    write(tree, "posts/old.md", BROKEN)
    (tree / "posts" / "2025").symlink_to(tree / "drafts")
    configure(tree, 'include = ["posts/**/*.md"]', 'exclude = ["old", "old.md"]')
    linked = "note: 1 linked folder was not looked into: posts/2025"
    done = check(tree)
    assert (done.code, notes(done)) == (
        0,
        [linked, "note: `exclude` leaves out 1 file and 1 folder"],
    )
    # What nobody asked to be left out is said even so.
    assert check(tree, "--quiet").err == f"{linked}\n"
    (tree / "posts" / "2026\n::error::x").symlink_to(tree / "drafts")
    done = check(tree, "--quiet")
    assert done.err.count("\n") == 1
    assert done.err.startswith(
        "note: 2 linked folders were not looked into: posts/2025, posts/2026"
    )


def test_above_the_configurations_of_a_monorepo(tree: Path) -> None:
    """Other tools take the one beside each file; here the way to use one is said."""
    write(tree, "posts/seedlint.toml", 'schema = "../s.json"\n')
    note = "note: 1 nested configuration passed over: posts/seedlint.toml"
    assert notes(check(tree)) == [f"{note}; to use one, run in its folder"]
    configure(tree)
    assert notes(check(tree)) == [note]
