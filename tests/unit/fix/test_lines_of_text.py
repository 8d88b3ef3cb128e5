"""Texts of several lines are changed within their lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fixing import fix, make_fixer
from seedlint.fix.fixer import Fixer
from seedlint.fix.lines_of_text import edits_within
from seedlint.text.edit import apply_edits
from seedlint.text.span import Span

TEXT = {"x-seedlint": {"text": {}}}
URL = {"x-seedlint": {"url": {}}}


@pytest.fixture
def fixer(tmp_path: Path) -> Fixer:
    path = tmp_path / "s.json"
    path.write_text(json.dumps({"properties": {"t": TEXT, "u": URL}}))
    return make_fixer(path)


CHANGED = {
    "literal": (
        "t: |\n  Tom &amp; Ann\n  a &quot;b&quot; c\n\n",
        't: |\n  Tom & Ann\n  a "b" c\n\n',
    ),
    "folded": (
        "t: >-\n  Tom &amp;\n  Ann &lsquo;x&rsquo;\n",
        "t: >-\n  Tom &\n  Ann \u2018x\u2019\n",
    ),
    "folded with a comment": (
        "t: > # why\n  Tom &amp;\n    Ann\n",
        "t: > # why\n  Tom &\n    Ann\n",
    ),
    "plain": ("t: Tom &amp;\n  Ann\n", "t: Tom &\n  Ann\n"),
    "double quotes": ('t: "Tom &amp;\n  Ann"\n', 't: "Tom &\n  Ann"\n'),
    "single quotes": ("t: 'Tom &amp;\n\n  Ann'\n", "t: 'Tom &\n\n  Ann'\n"),
    "an address": (
        "u: >-\n  https://www.example.com/?a&amp;b\n",
        "u: >-\n  https://www.example.com/?a&b\n",
    ),
}


@pytest.mark.parametrize("case", CHANGED)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_lines_stay(fixer: Fixer, case: str, line_break: str) -> None:
    old, new = (f"---\n{text}k: 1\n---\nB\n".replace("\n", line_break) for text in CHANGED[case])
    fixed = fix(fixer, old)
    assert fixed.refused == ()
    assert fixed.new == new.encode()
    assert not fix(fixer, fixed.new).is_changed


LEFT = {
    "a colon in plain text": "t: Tom&#58;\n  Ann\n",
    "a quote in quotes": 't: "Tom &quot;\n  Ann"\n',
    "an escape": 't: "Tom \\u0041 &amp;\n  Ann"\n',
}


@pytest.mark.parametrize("case", LEFT)
def test_what_is_not_certain_stays(fixer: Fixer, case: str) -> None:
    fixed = fix(fixer, f"---\n{LEFT[case]}k: 1\n---\n")
    assert not fixed.is_changed
    assert not fixed.refused


@pytest.mark.parametrize(
    ("old", "new"),
    [("a b", "ab"), ("a b", "a  b"), ("a b", "a\nb"), ("a b", " a b"), ("a b", "a xb y c d")],
)
def test_blanks_are_not_certain(old: str, new: str) -> None:
    text = ">-\n  a\n  b\n"
    edits = edits_within(text, Span(0, len(text)), old, new)
    assert not edits or apply_edits(text, edits).split() == [">-", *new.split()]


def test_long_texts_take_linear_time() -> None:
    old = "a b\n" * 100_000
    text = f"|\n{old}"
    assert not edits_within(text, Span(0, len(text)), old, "x" + "b a " * 100_000)
