"""Comments that answer findings, and those that look as if they did."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from command import check_json, seedlint
from cpu import cpu_limit
from seedlint.document.document import read_document
from seedlint.document.limits import Limits
from seedlint.suppress import find_suppressions
from seedlint.text.source import SourceFile

SCHEMA = """{
  "required": ["date"],
  "properties": {"heat": {"type": "integer"}, "cold": {"type": "integer"}},
  "x-seedlint": {"unique-across": {"titles": ["title"]}}
}"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "c.json").write_text(SCHEMA, "utf-8")
    return tmp_path


def lint(tree: Path, yaml: str, *options: str) -> list[dict[str, Any]]:
    (tree / "a.md").write_text(f"---\n{yaml}\n---\n", "utf-8")
    return check_json("--schema", "c.json", *options, "a.md", cwd=tree).findings


def codes(findings: list[dict[str, Any]]) -> list[str]:
    return [each["code"] for each in findings]


WRONG = "date: x\nheat: hot\ncold: icy"


def test_a_whole_seed(tree: Path) -> None:
    assert codes(lint(tree, WRONG)) == ["SCH003", "SCH003"]
    for comment in ("# seedlint: ignore-file[SCH003] moods", "#seedlint:ignore-file [wrong-type]"):
        for yaml in (f"{comment}\n{WRONG}", f"{WRONG}\n{comment}", f"{WRONG} {comment}"):
            assert lint(tree, yaml) == []
            assert codes(lint(tree, yaml, "--ignore-suppressions")) == ["SCH003", "SCH003"]
    # It may say too much of a seed, not less than a line does.
    found = lint(tree, f"# seedlint: ignore-file[SCH003, URL]\n{WRONG}")
    assert codes(found) == ["SUP001"]


def test_a_key_that_is_missing_at_the_root(tree: Path) -> None:
    assert codes(lint(tree, "title: x")) == ["SCH001"]
    assert lint(tree, "# seedlint: ignore-file[SCH001] not dated\ntitle: x") == []


def test_what_a_whole_seed_cannot_suppress(tree: Path) -> None:
    assert codes(lint(tree, f"# seedlint: ignore-file[ALL]\n{WRONG}")) == [
        "SUP003",
        "SCH003",
        "SCH003",
    ]
    assert codes(lint(tree, f"# seedlint: ignore-file\n{WRONG}"))[0] == "SUP003"
    # A list as the root cannot be checked, whatever its comments say.
    assert codes(lint(tree, "# seedlint: ignore-file[YML010]\n- a")) == ["SUP001", "YML010"]


MISWRITTEN = [
    ("Seedlint: Ignore[SCH003]", "SUP004", "# seedlint: ignore[SCH003] reason"),
    ("SEEDLINT: ignore[SCH003]", "SUP004", "# seedlint: ignore[SCH003] reason"),
    ("seedlint : ignore[SCH003]", "SUP004", "# seedlint: ignore[SCH003] reason"),
    ("seedlint: disable[SCH003]", "SUP004", "# seedlint: ignore[SCH003] reason"),
    ("seedlint: allow[wrong-type]", "SUP004", "# seedlint: ignore[wrong-type] reason"),
    ("seedlint: disable-file[SCH003]", "SUP004", "# seedlint: ignore-file[SCH003] reason"),
    ("seedlint: ignore-next-line[SCH003]", "SUP004", "# seedlint: ignore[SCH003] reason"),
    ("seedlint ignore[SCH003]", "SUP004", "# seedlint: ignore[SCH003] reason"),
    ("seedlint-disable[SCH003]", "SUP004", "# seedlint: ignore[SCH003] reason"),
    ("seedlint disable", "SUP004", "# seedlint: ignore[CODE] reason"),
    ("seedlint: allow[ALL]", "SUP004", "# seedlint: ignore[CODE] reason"),
    ("seedlint:", "SUP004", "# seedlint: ignore[CODE] reason"),
    ("seedlint: ignore SCH003", "SUP003", "# seedlint: ignore[SCH003] reason"),
    ("seedlint:ignore SCH003, YML a mood", "SUP003", "# seedlint: ignore[SCH003, YML] reason"),
    ("seedlint: ignore-file SCH003", "SUP003", "# seedlint: ignore-file[SCH003] reason"),
    ("seedlint: ignore a mood", "SUP003", "# seedlint: ignore[CODE] reason"),
    ("seedlint: ignore[]", "SUP003", "# seedlint: ignore[CODE] reason"),
]


@pytest.mark.parametrize(("comment", "code", "proposal"), MISWRITTEN)
def test_what_begins_like_a_suppression(comment: str, code: str, proposal: str, tree: Path) -> None:
    yaml = f"date: x\nheat: hot # {comment}"
    mood, found = lint(tree, yaml)
    assert (mood["code"], found["code"]) == ("SCH003", code)
    assert found["location"] == {"row": 3, "column": 11}
    assert found["help"] == f"write `{proposal}`"
    # What the help says works.
    if "CODE" not in proposal:
        left = lint(tree, f"date: x\nheat: hot {proposal}")
        assert codes(left) == (["SUP001"] if "YML" in proposal else [])
    # A seed that is clean but for it is no different.
    assert codes(lint(tree, yaml.replace("hot", "5"))) == [code]


def test_brackets_that_are_missing_are_named(tree: Path) -> None:
    *_, found = lint(tree, "date: x\nheat: hot # seedlint: ignore SCH003")
    assert found["message"] == "brackets are missing around `SCH003`"
    *_, found = lint(tree, "date: x\nheat: hot # Seedlint: Ignore[SCH003]")
    assert found["message"] == "`Seedlint: Ignore` suppresses nothing"


@pytest.mark.parametrize(
    "line",
    [
        "note: x # checked with seedlint",
        "note: x # seedlint ignores this line",
        "note: x # seedlinting: ignore[SCH003]",
        'note: "# seedlint: disable"',
        "note: x#seedlint disable",
        "note: https://seedlint.example/a#seedlint",
    ],
)
def test_what_is_no_comment_to_seedlint(line: str, tree: Path) -> None:
    assert lint(tree, f"date: x\n{line}") == []


def test_a_duplicate_across_seeds(tree: Path) -> None:
    (tree / "seedlint.toml").write_text('schema = "c.json"\nfail-on = "warning"\n', "utf-8")
    (tree / "a.md").write_text("---\ndate: x\ntitle: T\n---\n", "utf-8")
    options = ("check", "--no-cache", "--output-format", "concise")
    for yaml, out, suppressed in (
        ("title: T", "b.md:3:8: DUP002 ", 0),
        ("title: T # seedlint: ignore[DUP002] a series", "", 1),
        ("title: T\n# seedlint: ignore-file[DUP] a series", "", 1),
        ("title: T # seedlint: ignore[DUP001]", "b.md:3:8: DUP002 ", 0),
    ):
        (tree / "b.md").write_text(f"---\ndate: x\n{yaml}\n---\n", "utf-8")
        for paths in ((), ("b.md",)):
            ran = seedlint(*options, *paths, cwd=tree)
            assert (ran.code, ran.out[: len("b.md:3:8: DUP002 ")]) == (int(bool(out)), out)
            assert ("1 finding suppressed" in ran.err) == bool(suppressed)
        gate = seedlint(*options, "--ignore-suppressions", cwd=tree)
        assert gate.out.startswith("b.md:3:8: DUP002 ")


def test_many_comments_and_many_findings(tree: Path) -> None:
    """Not the one times the other: both together take no longer than either."""
    comments = "\n".join(["# seedlint: ignore-file[SCH003, URL001]"] * 2000)
    items = "\n".join(f"k{number}: x # seedlint: ignore[SCH003]" for number in range(3000))
    (tree / "c.json").write_text('{"additionalProperties": {"type": "integer"}}')
    (tree / "a.md").write_text(f"---\n{comments}\n{items}\n---\n", "utf-8")
    arguments = ("check", "--no-cache", "--schema", "c.json", "a.md")
    ran = seedlint(*arguments, cwd=tree)
    assert "3,000 findings suppressed" in ran.err, ran.err


@pytest.mark.slow
@pytest.mark.parametrize(
    "comment", ["# seedlint: ignore ", "# seedlint: x[ ", "# seedlint: ignore[ "]
)
def test_many_comments_on_one_line_take_linear_time(comment: str) -> None:
    document = read_document(
        SourceFile("a.md", f"---\na: b {comment * 60_000}\n---\n"),
        Limits(front_matter_bytes=1 << 24),
    )
    with cpu_limit():
        found = find_suppressions(document)
    assert len(found) == 60_000
