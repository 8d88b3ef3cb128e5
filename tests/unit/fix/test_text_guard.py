"""Fixes of text that YAML cannot read, or reads otherwise: what they may change, and what not."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from fixing import fix, make_fixer
from seedlint.check import Checker
from seedlint.fix.fixer import Fixer
from seedlint.fix.reading import Reading
from seedlint.fix.text_guard import why_text_differs
from seedlint.run import open_schema
from seedlint.settings import Settings
from seedlint.text.edit import Edit, apply_edits


@pytest.fixture
def fixer(tmp_path: Path) -> Fixer:
    return make_fixer(contract(tmp_path), unsafe=True)


@pytest.fixture
def checker(tmp_path: Path) -> Checker:
    settings = Settings(schema=contract(tmp_path))
    return Checker(open_schema(settings), settings)


def contract(folder: Path) -> Path:
    path = folder / "s.json"
    path.write_text(json.dumps({"properties": {"n": {"type": ["number", "null"]}}}))
    return path


def judge(checker: Checker, old: str, *edits: Edit) -> str | None:
    """What is said of edits whose offsets count from the end of the opening fence."""

    def read(text: str) -> Reading:
        document = checker.read("s.md", text.encode())
        return Reading(document, partial(checker.check, document))

    text = f"---\n{old}---\n"
    made = [Edit(edit.start + 4, edit.end + 4, edit.text) for edit in edits]
    before = read(text)
    fixed = [each for each in before.result.diagnostics if each.code.startswith("YML")]
    return why_text_differs(before, read(apply_edits(text, made)), fixed, made, read)


OTHER = "it would change other data"
NOT_SAID = "the value would not be the text that is written there"

REFUSED = {
    # What the edits make of the text, and what is said of it.
    "a letter more": ("t: a: b\n", [Edit(3, 7, '"a: bc"')], OTHER),
    "a letter less": ("t: a: b\n", [Edit(3, 7, '"a"')], OTHER),
    "other letters": ("t: a: b\n", [Edit(3, 7, '"c: d"')], OTHER),
    "another sign": ("t: a: b\n", [Edit(3, 7, '"a; b"')], NOT_SAID),
    "a sign more": ("t: a: b\n", [Edit(3, 7, '"a: b!"')], NOT_SAID),
    "a key becomes text": ("t: a: b\nk: c\n", [Edit(3, 3, '"'), Edit(12, 12, '"')], NOT_SAID),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_refuses(checker: Checker, case: str) -> None:
    text, edits, said = REFUSED[case]
    assert judge(checker, text, *edits) == said


MADE = {
    # Broken, and what an unsafe run makes of it.
    "a dash": ("l:\n  - a b\n  c d\n", "l:\n  - a b\n  - c d\n"),
    "indentation": ("t: a\n  k: b\n", "t: a\nk: b\n"),
    "a wrapped text": ("t: one two three four\nfive six\n", "t: one two three four\n  five six\n"),
    "a second entry": (
        "l:\n  - a: 1\n    b: 2\n    a: 3\n    b: 4\nk: 5\n",
        "l:\n  - a: 1\n    b: 2\n  - a: 3\n    b: 4\nk: 5\n",
    ),
    "tabs at several depths": (
        "p:\n\tq:\n\t\tr: 1\n\ts: 2\nk: 3\n",
        "p:\n  q:\n    r: 1\n  s: 2\nk: 3\n",
    ),
    "a list not closed over lines": ("l: [a,\n  b\nk: c\n", "l: [a,\n  b]\nk: c\n"),
    "a number behind a full-width colon": ("n\uff1a 12\n", "n: 12\n"),
    "a negative number": ("n:-3\nk: 1\n", "n: -3\nk: 1\n"),
    "escapes are read": ('n: 1\nt:"a\\n\\u00e9"\n', 'n: 1\nt: "a\\n\\u00e9"\n'),
    "an invisible character makes text of a number": ("n: 1\u200b2\n", "n: 12\n"),
    "a byte order mark in a key": ("a\ufeffb: 1\n", "ab: 1\n"),
    "a line separator": ("t: a\u2028b\n", "t: a b\n"),
    "a byte order mark before a dash": ("l:\n\ufeff  - a\n  - b\n", "l:\n  - a\n  - b\n"),
    "a vertical tab behind a quote": ('t: "a"\x0b\nk: 1\n', 't: "a"\nk: 1\n'),
    "an invisible character before a quote": ('t: \u200b"a"\nk: 1\n', 't: "a"\nk: 1\n'),
    "a tab above another mistake": (
        "l:\n  - a:\n      b: 1\n\tc:\n      - d\nt: e: f\n",
        'l:\n  - a:\n      b: 1\n    c:\n      - d\nt: "e: f"\n',
    ),
    "a vertical tab": ("t: a\x0bb\n", "t: a b\n"),
}


@pytest.mark.parametrize("case", MADE)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_it_lets_pass(fixer: Fixer, case: str, line_break: str) -> None:
    old, new = (f"---\n{text}---\nBody\n".replace("\n", line_break) for text in MADE[case])
    fixed = fix(fixer, old)
    assert fixed.refused == ()
    assert fixed.new == new.encode()
    assert not fix(fixer, fixed.new).is_changed


LEFT = {
    # What is broken, and why no fix is made.
    "a type that was meant otherwise": ("n: a: b\nk: 1\n", "it would bring SCH003"),
    "a mark in the indentation": ("p:\n \u200b a: 1\n", OTHER),
}


@pytest.mark.parametrize("case", LEFT)
def test_it_leaves_alone(fixer: Fixer, case: str) -> None:
    text, reason = LEFT[case]
    fixed = fix(fixer, f"---\n{text}---\n")
    assert not fixed.is_changed
    assert [each.reason for each in fixed.refused] == [reason]


def test_tabs_among_spaces_are_a_guess(tmp_path: Path) -> None:
    """Both widths can be read, and say different things."""
    text = "---\np:\n  q:\n\tr: 1\n---\n"
    assert not fix(make_fixer(contract(tmp_path)), text).is_changed
    assert fix(make_fixer(contract(tmp_path), unsafe=True), text).is_changed


def test_a_fence_leaves_nothing_to_compare_with(fixer: Fixer) -> None:
    """So what it has hidden is found afterwards, and the text between the fences stays."""
    fixed = fix(fixer, "----\nn: a\n---\nBody\n")
    assert fixed.new == b"---\nn: a\n---\nBody\n"
