"""Group B: fences."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import Case, one, params, seed, torture

NEEDS_NAME = {"type": "object", "required": ["name"]}
LINES = 5 * 1024 * 1024 // 12

CASES = [
    Case(
        "B1",
        "an opening fence that 5 MB never close",
        one(b"---\n" + b"key: value.\n" * LINES, ("FM002", 1, 1)),
        within=10,
    ),
    Case(
        "B2",
        "an opening fence and 1 MB of line breaks",
        {
            "lf.md": (b"---" + b"\n" * 1_000_000, [("FM002", 1, 1)]),
            "crlf.md": (b"---" + b"\r\n" * 500_000, [("FM002", 1, 1)]),
            "almost.md": (b"---" + b"\n--" * 300_000, [("FM003", 2, 1)]),
        },
        within=10,
    ),
    Case(
        "B3",
        "blanks after a fence (policy: accepted, as in Jekyll)",
        {
            "opening.md": (b"--- \na: 1\n---\n", []),
            "tab.md": (b"---\t\na: 1\n---\n", []),
            "closing.md": (b"---\na: 1\n--- \t\n", []),
        },
    ),
    Case(
        "B4",
        "almost a fence: named, never skipped",
        {
            "four.md": (b"----\na: 1\n---\n", [("FM003", 1, 1)]),
            "indented.md": (b" ---\na: 1\n---\n", [("FM003", 1, 1)]),
            "blank.md": (b"\n---\na: 1\n---\n", [("FM003", 2, 1)]),
            "comment.md": (b"<!-- x -->\n---\na: 1\n---\n", [("FM003", 2, 1)]),
            "yaml.md": (b"---yaml\na: 1\n---\n", [("FM003", 1, 1)]),
            "dash.md": ("—-\na: 1\n---\n".encode(), [("FM003", 1, 1)]),
            "closing.md": (b"---\na: 1\n----\nBody\n", [("FM003", 3, 1)]),
            "closing-two.md": (b"---\na: 1\n--\nBody\n", [("FM003", 3, 1)]),
        },
    ),
    Case(
        "B5",
        "another language than YAML and JSON: named, never run",
        {
            "js.md": (b"---js\n{a: process.exit(3)}\n---\n", [("FM004", 1, 1)]),
            "toml.md": (b"---toml\na = 1\n---\n", [("FM004", 1, 1)]),
            "plus.md": (b"+++\na = 1\n+++\n", [("FM004", 1, 1)]),
            "brace.md": (b'{\n"a": 1\n}\n', []),
            "semicolons.md": (b';;;\n"a": 1\n;;;\n', []),
            "json.md": (b'---json\n{"a": 1,}\n---\n', [("FM011", 2, 8)]),
        },
    ),
    Case(
        "B6",
        "`...` as closing fence (policy: it closes, with a finding)",
        {
            "dots.md": (b"---\na: 1\n...\nBody\n", [("FM005", 3, 1)]),
            "linted.md": (b"---\na: [\n...\nBody\n", [("YML001", 2, 4), ("FM005", 3, 1)]),
        },
    ),
    Case(
        "B7",
        "`---` at the margin inside a value closes the front matter, as in site generators",
        {
            "quoted.md": (b'---\na: "x\n---\n"\n---\n', [("YML004", 2, 4)]),
            "flow.md": (b"---\na: [x,\n---\ny]\n---\n", [("YML001", 2, 4)]),
            "block.md": (b"---\na: |\n  x\n---\n  y\n---\n", []),
        },
    ),
    Case(
        "B8",
        "empty front matter is an empty mapping",
        {
            "nothing.md": (b"---\n---\n", [("SCH001", 1, 1)]),
            "blank.md": (b"---\n\n---\n", [("SCH001", 1, 1)]),
            "comment.md": (b"---\n# c\n---", [("SCH001", 1, 1)]),
        },
        schema=NEEDS_NAME,
    ),
    Case(
        "B9",
        "a second block is body",
        one(b"---\na: 1\n---\n---\na: [\n---\n"),
    ),
    Case(
        "B10",
        "thematic breaks and headings in files without front matter (policy: a finding)",
        {
            "break.md": (b"---\nfoo\n", [("FM002", 1, 1)]),
            "heading.md": (b"Heading\n---\ntext\n", [("FM001", 1, 1)]),
            "later.md": (b"# Heading\n\n---\n\ntext\n", [("FM003", 3, 1)]),
        },
    ),
    Case(
        "B11",
        "no line break after the closing fence",
        {"lf.md": (b"---\na: 1\n---", []), "crlf.md": (b"---\r\na: 1\r\n---", [])},
    ),
]


@pytest.mark.parametrize("case", params(CASES))
def test_fences(case: Case, tmp_path: Path) -> None:
    torture(case, tmp_path)


def test_the_seed_builder_is_what_it_says() -> None:
    assert seed("a: 1") == b"---\na: 1\n---\nBody.\n"
