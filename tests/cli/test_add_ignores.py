"""`--add-ignores`, by the installed command."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from command import Result, seedlint
from paths import GOLDEN
from repositories import commit, git
from seedlint.rules import all_rules

SCHEMA = {
    "required": ["title"],
    "properties": {"title": {"type": "string"}, "n": {"type": "integer"}},
    "x-seedlint": {"unique-across": {"titles": ["title"]}},
}
IGNORE = "# seedlint: ignore[SCH003]"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "s.json").write_text(json.dumps(SCHEMA))
    (tmp_path / "seedlint.toml").write_text('schema = "s.json"\n')
    return tmp_path


def check(tree: Path, *arguments: str) -> Result:
    return seedlint("check", "--no-cache", "--output-format", "concise", *arguments, cwd=tree)


def test_comments_are_written_and_answer_what_there_is(tree: Path) -> None:
    (tree / "a.md").write_bytes(b"\xef\xbb\xbf---\r\ntitle: A\r\nn: x\r\n---\r\nText\x85\xff")
    (tree / "b.md").write_text("---\ntitle: A\n---\n")
    (tree / "c.md").write_text("---\nn: x\n---\n")
    done = check(tree, "--add-ignores")
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines() == [
        "comments added for 4 findings in 3 files",
        "OK: 3 seeds checked against s.json; 4 findings suppressed",
    ]
    assert (tree / "a.md").read_bytes() == (
        f"\ufeff---\r\ntitle: A\r\nn: x {IGNORE}\r\n---\r\nText".encode() + b"\x85\xff"
    )
    assert (tree / "b.md").read_text() == "---\ntitle: A # seedlint: ignore[DUP002]\n---\n"
    assert (tree / "c.md").read_text() == (
        f"---\n# seedlint: ignore-file[SCH001]\nn: x {IGNORE}\n---\n"
    )
    again = check(tree)
    assert (again.code, again.out) == (0, "")
    assert again.err == "OK: 3 seeds checked against s.json; 4 findings suppressed\n"
    assert "comments added for 0 findings in 0 files" in check(tree, "--add-ignores").err


def test_what_no_comment_can_answer_is_reported(tree: Path) -> None:
    broken = '---\ntitle: "A\nn: x\n---\n'
    (tree / "a.md").write_text(broken)
    (tree / "b.md").write_text("---\nn: x # seedlint: disable[SCH003]\n---\n")
    done = check(tree, "--add-ignores")
    assert done.code == 1
    assert (tree / "a.md").read_text() == broken
    # Where it is now: a line has come above it.
    assert [line.split(" ")[:2] for line in done.out.splitlines()] == [
        ["a.md:2:8:", "YML004"],
        ["b.md:3:6:", "SUP004"],
    ]
    assert check(tree).out == done.out


def test_every_finding_there_is(tmp_path: Path) -> None:
    """Of each rule: it is answered, or it says that the file could not be checked."""
    shutil.copytree(GOLDEN / "err", tmp_path / "err")
    options = ("--isolated", "--output-format", "json")
    before = seedlint("check", *options, "err", cwd=tmp_path).findings
    done = seedlint("check", *options, "--add-ignores", "err", cwd=tmp_path)
    after = seedlint("check", *options, "err", cwd=tmp_path)
    assert done.findings == after.findings
    # JSON has no comments.
    left = {each["code"] for each in after.findings if "json-" not in each["filename"]}
    assert len(left) >= 10
    assert all(all_rules()[code].is_required or code.startswith("SUP") for code in left)
    assert len({each["code"] for each in before} - left) >= 30


def test_only_rules_that_are_selected(tree: Path) -> None:
    (tree / "a.md").write_text("---\nn: x\n---\n")
    assert check(tree, "--add-ignores", "--select", "SCH001").code == 0
    assert (tree / "a.md").read_text() == "---\n# seedlint: ignore-file[SCH001]\nn: x\n---\n"


def test_what_a_baseline_holds_needs_no_comment(tree: Path) -> None:
    (tree / "a.md").write_text("---\ntitle: A\nn: x\n---\n")
    known = ("--baseline", "known.json")
    assert check(tree, *known, "--update-baseline").code == 0
    (tree / "a.md").write_text("---\ntitle: 5\nn: x\n---\n")
    done = check(tree, *known, "--add-ignores")
    assert (done.code, done.out) == (0, "")
    assert (tree / "a.md").read_text() == f"---\ntitle: 5 {IGNORE}\nn: x\n---\n"
    assert check(tree, *known).code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes here")
def test_the_file_stays_what_it_was(tree: Path) -> None:
    path = tree / "a.md"
    path.write_text("---\ntitle: A\nn: x\n---\n")
    path.chmod(0o640)
    assert check(tree, "--add-ignores").code == 0
    assert path.stat().st_mode & 0o7777 == 0o640
    assert sorted(each.name for each in tree.iterdir()) == ["a.md", "s.json", "seedlint.toml"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_are_never_written_through(tree: Path) -> None:
    (tree / "real.txt").write_text("---\ntitle: A\nn: x\n---\n")
    (tree / "a.md").symlink_to("real.txt")
    done = check(tree, "--add-ignores")
    assert done.code == 1
    assert (tree / "a.md").is_symlink()
    assert "ignore" not in (tree / "real.txt").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes here")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anything")
def test_a_file_that_cannot_be_written(tree: Path) -> None:
    path = tree / "a.md"
    path.write_text("---\ntitle: A\nn: x\n---\n")
    path.chmod(0o444)
    done = check(tree, "--add-ignores")
    assert done.code == 2
    assert "a.md: no comments added: it may not be written to" in done.err
    assert "SCH003" in done.out


def test_a_file_that_was_changed_meanwhile(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from seedlint import discover
    from seedlint.cli import add_ignores
    from seedlint.run import run
    from seedlint.settings import Settings

    monkeypatch.chdir(tree)
    (tree / "a.md").write_text("---\ntitle: A\nn: x\n---\n")
    settings = Settings(schema="s.json")
    outcome = run(discover.Files([discover.Target("a.md", "a.md")]), settings)
    read = add_ignores.read_target

    def read_and_change(target: discover.Target, limit: int) -> bytes:
        data = read(target, limit)
        (tree / "a.md").write_text("---\ntitle: B\nn: x\n---\n")
        return data

    monkeypatch.setattr(add_ignores, "read_target", read_and_change)
    (error,) = add_ignores.add_ignores(outcome, settings, {})
    assert str(error) == "a.md: no comments added: it has changed in the meantime"
    assert (tree / "a.md").read_text() == "---\ntitle: B\nn: x\n---\n"
    assert [each.code for each in outcome.diagnostics] == ["SCH003"]
    assert sorted(each.name for each in tree.iterdir()) == ["a.md", "s.json", "seedlint.toml"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("-",),
        ("--stdin-filename", "a.md"),
        ("--ignore-suppressions",),
        ("--baseline", "known.json", "--update-baseline"),
        ("--staged",),
    ],
)
def test_where_it_has_no_meaning_it_is_refused(tree: Path, arguments: tuple[str, ...]) -> None:
    (tree / "a.md").write_text("---\nn: x\n---\n")
    git(tree, "init", "--quiet")
    commit(tree)
    done = check(tree, "--add-ignores", *arguments)
    assert (done.code, done.out) == (2, "")
    assert "--add-ignores" in done.err
    assert (tree / "a.md").read_text() == "---\nn: x\n---\n"
