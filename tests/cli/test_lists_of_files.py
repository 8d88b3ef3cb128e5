"""`--files-from` and `--show-files`."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import Result, seedlint

WRONG = "---\ntitle: 5\n---\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "s.json").write_text('{"properties": {"title": {"type": "string"}}}')
    (tmp_path / "seedlint.toml").write_text('schema = "s.json"\nexclude = ["old/"]\n')
    for name in ("a.md", "b c.md", "ä.md", "old/x.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(WRONG)
    return tmp_path


def check(tree: Path, *arguments: str, stdin: bytes | None = None) -> Result:
    return seedlint("check", "--no-cache", *arguments, cwd=tree, stdin=stdin)


def files(ran: Result) -> list[str]:
    return [each["filename"] for each in ran.findings]


@pytest.mark.parametrize(
    "text", ["a.md\nä.md\n", "a.md\r\n\r\nä.md", "a.md\0ä.md\0"], ids=["lines", "crlf", "nul"]
)
def test_files_are_taken_from_a_list(tree: Path, text: str) -> None:
    (tree / "list").write_bytes(text.encode())
    json = ("--output-format", "json")
    assert files(check(tree, *json, "--files-from", "list")) == ["a.md", "ä.md"]
    assert files(check(tree, *json, "--files-from", "-", stdin=text.encode())) == ["a.md", "ä.md"]
    assert files(check(tree, *json, "--files-from", "list", "b c.md")) == [
        "a.md", "b c.md", "ä.md",
    ]  # fmt: skip


def test_a_name_may_have_a_line_break_between_nuls(tree: Path) -> None:
    (tree / "x\ny.md").write_text(WRONG)
    ran = check(tree, "--output-format", "json", "--files-from", "-", stdin=b"x\ny.md\0")
    assert files(ran) == ["x\ny.md"]


def test_an_empty_list_is_not_everything(tree: Path) -> None:
    ran = check(tree, "--files-from", "-", stdin=b"-\n")
    assert (ran.code, "where it is the one path of the command line" in ran.err) == (2, True)
    ran = check(tree, "--files-from", "-", stdin=b"")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines() == [
        "note: - names no files",
        "no seeds to check",
    ]


def test_force_exclude_counts_for_listed_files(tree: Path) -> None:
    ran = check(tree, "--force-exclude", "--files-from", "-", stdin=b"old/x.md\n")
    assert ran.code == 0
    assert check(tree, "--files-from", "-", stdin=b"old/x.md\n").code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--files-from", "none"), "none: cannot read the list of files: no such file"),
        (("--files-from", "."), ".: cannot read the list of files: it is not a regular file"),
        (("--files-from", "list"), "gone.md: no such file or folder"),
        (("--files-from", "list", "-"), "cannot be combined with paths"),
        (("--files-from", "list", "--stdin-filename", "x.md"), "cannot be combined with paths"),
    ],
)
def test_what_cannot_be_read_is_a_failure(
    tree: Path, arguments: tuple[str, ...], message: str
) -> None:
    (tree / "list").write_text("gone.md\n")
    ran = check(tree, *arguments, stdin=b"")
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_names_that_git_has_quoted(tree: Path) -> None:
    ran = check(tree, "--files-from", "-", stdin=b'"\\303\\244.md"\n')
    assert ran.code == 2
    assert "help: git quotes names that are not plain ASCII; with `-z` it does not\n" in ran.err


def test_a_list_from_windows(tree: Path) -> None:
    """With a byte order mark and its line breaks."""
    names = b"\xef\xbb\xbf\xc3\xa4.md\r\na.md\r\n"
    assert check(tree, "--show-files", "--files-from", "-", stdin=names).out == "a.md\nä.md\n"


MARK = "\ufeff"


def listed(tree: Path, text: str) -> tuple[int, list[str]]:
    """The exit code, and the files that a list stands for, as they are shown."""
    ran = check(tree, "--show-files", "--files-from", "-", stdin=text.encode())
    (tree / "list").write_bytes(text.encode())
    again = check(tree, "--show-files", "--files-from", "list")
    assert (ran.code, ran.out) == (again.code, again.out)
    return ran.code, ran.out.splitlines()


@pytest.mark.parametrize("end", ["\0", "\n", "\r\n", ""])
def test_a_mark_that_a_name_begins_with(tree: Path, end: str) -> None:
    """A seed beside a clean one must not pass because the clean one is checked for it."""
    (tree / "a.md").write_text("---\ntitle: A\n---\n")
    (tree / f"{MARK}a.md").write_text(WRONG)
    names = f"{MARK}a.md{end}".encode()
    ran = check(tree, "--output-format", "json", "--files-from", "-", stdin=names)
    assert (ran.code, files(ran)) == (1, [f"{MARK}a.md"])
    (tree / "a.md").unlink()
    assert listed(tree, f"{MARK}a.md{end}") == (0, [r"\ufeffa.md"])


def test_a_mark_is_part_of_a_name_between_nuls(tree: Path) -> None:
    """Even if there is no such file; on lines a program has put it before the list."""
    assert listed(tree, f"{MARK}a.md\0") == (2, [])
    assert listed(tree, f"{MARK}a.md\n") == (0, ["a.md"])
    assert listed(tree, f"b c.md\n{MARK}a.md\n") == (2, ["b c.md"])
    assert listed(tree, f"{MARK}{MARK}a.md\n") == (2, [])
    assert listed(tree, f"{MARK}\n") == (0, [])


@pytest.mark.parametrize(
    "name", ["a.md\r", "a.md\rb c.md", "\ra.md", " a.md", "a.md ", "\ta.md", '"a.md"', "'a.md'"]
)
def test_a_name_is_taken_as_it_is_written(tree: Path, name: str) -> None:
    """If there is such a file, nothing of its name is taken for quotes, blanks or line breaks."""
    try:
        (tree / name).write_text(WRONG)
    except OSError:
        pytest.skip("the system allows no such name")
    for text in (f"{name}\n", f"ä.md\r\n{name}\r\n", f"ä.md\0{name}\0"):
        ran = check(tree, "--output-format", "json", "--files-from", "-", stdin=text.encode())
        assert [each for each in files(ran) if each != "ä.md"] == [name]
    (tree / name).unlink()
    code, shown = listed(tree, f"{name}\n")
    assert (code, shown) == ((0, ["a.md"]) if name == "a.md\r" else (2, []))


def test_the_files_of_a_run_are_listed(tree: Path) -> None:
    ran = check(tree, "--show-files")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == ["a.md", "b c.md", "ä.md"]
    ran = check(tree, "--show-files", "old", "a.md")
    assert ran.out.splitlines() == ["a.md"]
    ran = check(tree, "--show-files", "old/x.md", "none.md")
    assert (ran.code, ran.out) == (2, "old/x.md\n")
    assert "none.md: no such file" in ran.err


def test_listed_names_make_no_command(tree: Path) -> None:
    (tree / "x\n::error::y.md").write_text(WRONG)
    ran = check(tree, "--show-files")
    assert r"x\x0a::error::y.md" in ran.out.splitlines()
