"""Where comments go that suppress findings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from seedlint.check import Checker
from seedlint.ignores import Commented, with_comments
from seedlint.schema.load import load_schema
from seedlint.settings import Settings
from seedlint.text.source import SourceFile

SCHEMA = {
    "required": ["date"],
    "properties": {
        "n": {"type": "integer"},
        "m": {"type": "integer"},
        "t": {"type": "string", "maxLength": 5},
        "list": {"items": {"type": "integer"}},
        "map": {"required": ["key"]},
    },
}


@pytest.fixture
def checker(tmp_path: Path) -> Checker:
    path = tmp_path / "s.json"
    path.write_text(json.dumps(SCHEMA), "utf-8")
    return Checker(load_schema(path), Settings(schema=path))


def written(checker: Checker, text: str) -> Commented:
    """A seed with comments, which are all that was added to it, and suppress everything."""
    source = SourceFile("s.md", text)
    before = checker.read("s.md", text.encode())
    found = checker.check(before).diagnostics
    assert found
    commented = with_comments(source, found, checker, ())
    assert commented is not None
    after = checker.read("s.md", commented.text.encode())
    assert after.data == before.data
    assert [each.code for each in checker.check(after).diagnostics] == []
    assert commented.left == []
    assert commented.suppressed == len(found)
    again = with_comments(SourceFile("s.md", commented.text), (), checker, ())
    assert again == Commented(commented.text, 0, [])
    return commented


I3 = "# seedlint: ignore[SCH003]"
LONG = "# seedlint: ignore[SCH009]"


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        pytest.param("n: x", f"n: x {I3}", id="behind the line"),
        pytest.param("n: x  ", f"n: x  {I3}", id="behind blanks"),
        pytest.param("n: x\t", f"n: x\t{I3}", id="behind a tab"),
        pytest.param("n: 'x'", f"n: 'x' {I3}", id="behind quotes"),
        pytest.param("n:", f"n: {I3}", id="an empty value"),
        pytest.param("n: x # why", f"n: x # why {I3}", id="behind another comment"),
        pytest.param("n: x\nm: y", f"n: x {I3}\nm: y {I3}", id="each line its own"),
        pytest.param("{n: x, m: y}", f"{{n: x, m: y}} {I3}", id="one for both of a line"),
        pytest.param(
            "{n: x, t: too long}",
            "{n: x, t: too long} # seedlint: ignore[SCH003, SCH009]",
            id="several rules",
        ),
        pytest.param("t: |\n  too long\n", f"{LONG}\nt: |\n  too long\n", id="above a block"),
        pytest.param("t: too\n  long", f"{LONG}\nt: too\n  long", id="above a text of two lines"),
        pytest.param('t: "too\n  long"', f'{LONG}\nt: "too\n  long"', id="above quotes"),
        pytest.param(
            "list:\n  - 1\n  - x\n    y", f"list:\n  - 1\n  {I3}\n  - x\n    y", id="indented"
        ),
        pytest.param("list: [1,\n  x,\n  2]", f"list: [1,\n  x, {I3}\n  2]", id="in brackets"),
        pytest.param(
            "list: [1,\n  x\n  y,\n  2]",
            f"list: [1,\n  {I3}\n  x\n  y,\n  2]",
            id="above, in brackets",
        ),
        pytest.param(
            "m: |\n  a\n\nn: |+\n  b\n\n",
            f"{I3}\nm: |\n  a\n\n{I3}\nn: |+\n  b\n\n",
            id="between blocks",
        ),
        pytest.param(
            "map:\n  x: 1", "map: # seedlint: ignore[SCH001]\n  x: 1", id="a key that is missing"
        ),
        pytest.param("n: &a x", "n: &a x # seedlint: ignore[SCH003, YML020]", id="an anchor"),
    ],
)
def test_where_a_comment_goes(checker: Checker, yaml: str, expected: str) -> None:
    head = "---\ndate: 1\n" if not yaml.startswith("{") and "\n{" not in yaml else "---\n"
    if head == "---\n":
        yaml = yaml.replace("{", "{date: 1, ")
        expected = expected.replace("{", "{date: 1, ")
    for line_break in ("\n", "\r\n"):
        text, wanted = (
            f"{head}{each}\n---\nText.".replace("\n", line_break) for each in (yaml, expected)
        )
        assert written(checker, text).text == wanted


def test_brackets_that_are_there_get_one_more(checker: Checker) -> None:
    for before, after in (
        ("{n: x, t: too long}%", "[SCH003, SCH009]"),
        ("%\n{n: x, t: too long}", "[SCH003, SCH009]"),
    ):
        text = f"---\n{before}\n---\n".replace("{", "{date: 1, ")
        known = text.replace("%", " # seedlint: ignore[SCH003] why")
        assert written(checker, known).text == known.replace("[SCH003]", after)


def test_what_is_missing_at_the_root_is_suppressed_for_the_file(checker: Checker) -> None:
    assert written(checker, "---\nn: x\n---\n").text == (
        f"---\n# seedlint: ignore-file[SCH001]\nn: x {I3}\n---\n"
    )
    assert written(checker, "---\n---\n").text == "---\n# seedlint: ignore-file[SCH001]\n---\n"
    known = "---\nn: x # seedlint: ignore-file[SCH003] why\n---\n"
    assert written(checker, known).text == known.replace("SCH003", "SCH003, SCH001")
    # A comment for the file is enough.
    assert written(checker, "---\nmap: {}\n---\n").text == (
        "---\n# seedlint: ignore-file[SCH001]\nmap: {}\n---\n"
    )


def test_within_a_text_only_the_file_is_left(checker: Checker) -> None:
    text = "---\ndate: 1\nt: |\n  a\n  \u200bb\n---\n"
    assert written(checker, text).text == text.replace(
        "---\ndate", "---\n# seedlint: ignore-file[FM010]\ndate"
    )


def test_what_no_comment_can_suppress_is_left(checker: Checker) -> None:
    text = "---\ndate: 1\nn: x\nm: 1 # seedlint: disable[SCH003]\n---\n"
    source = SourceFile("s.md", text)
    found = checker.check(checker.read("s.md", text.encode())).diagnostics
    assert [each.code for each in found] == ["SCH003", "SUP004"]
    commented = with_comments(source, found, checker, ())
    assert commented is not None
    assert commented.text == text.replace("n: x", f"n: x {I3}")
    assert [each.code for each in commented.left] == ["SUP004"]
    # A seed that cannot be parsed has no comments.
    broken = SourceFile("s.md", '---\nn: "x\n---\n')
    found = checker.check(checker.read("s.md", broken.text.encode())).diagnostics
    assert with_comments(broken, found, checker, ()) is None


def test_what_was_not_reported_gets_no_comment(checker: Checker) -> None:
    """A baseline holds it, say."""
    text = "---\ndate: 1\nn: x\nm: y\n---\n"
    found = checker.check(checker.read("s.md", text.encode())).diagnostics
    commented = with_comments(SourceFile("s.md", text), found[1:], checker, ())
    assert commented == Commented(text.replace("m: y", f"m: y {I3}"), 1, [])


def test_more_findings_than_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text(json.dumps(SCHEMA), "utf-8")
    schema = load_schema(path)
    text = "---\ndate: 1\nlist:\n" + "  - x\n" * 300 + "---\n"
    reported = Checker(schema, Settings(schema=path))
    found = reported.check(reported.read("s.md", text.encode())).diagnostics
    assert len(found) == 101
    limits = Settings().limits._replace(findings=10**9)
    every = Checker(schema, Settings(schema=path, limits=limits))
    commented = with_comments(SourceFile("s.md", text), found, every, ())
    assert commented is not None
    assert commented.suppressed == 300
    assert reported.check(reported.read("s.md", commented.text.encode())).diagnostics == ()
