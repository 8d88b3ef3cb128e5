"""Seeds with several mistakes that keep them from being read: all are mended, or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cpu import cpu_limit
from fixing import fix, make_fixer


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    path = tmp_path / "s.json"
    path.write_text(json.dumps({"properties": {"n": {"type": "number"}}}))
    return path


LINES = "".join(f"k{n}: 1\n" for n in range(40))

MENDED = {
    "one after the other": (
        "a: b: c\nd:e\nf: 'g\nh: 1\n",
        "a: \"b: c\"\nd: e\nf: 'g'\nh: 1\n",
    ),
    "an open quote above another": (
        't: "a\nn: 1\nu: "b\nk:c\n',
        't: "a"\nn: 1\nu: "b"\nk: c\n',
    ),
    "far apart": (
        "a:b\n" + LINES + "z:b\n",
        "a: b\n" + LINES + "z: b\n",
    ),
    "below a repeated key": (
        "k: 1\nk: 2\na: b: c\nd:e\n",
        'k: 1\nk: 2\na: "b: c"\nd: e\n',
    ),
    "in a list": (
        "l:\n  - a: b: c\n    d: 1\n  - a: *e\n    d: 2\n",
        'l:\n  - a: "b: c"\n    d: 1\n  - a: "*e"\n    d: 2\n',
    ),
}


@pytest.mark.parametrize("case", MENDED)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_all_are_mended(contract: Path, case: str, line_break: str) -> None:
    old, new = (f"---\n{text}---\nBody\n".replace("\n", line_break) for text in MENDED[case])
    fixer = make_fixer(contract)
    fixed = fix(fixer, old)
    assert fixed.refused == ()
    assert fixed.new == new.encode()
    assert not fix(fixer, fixed.new).is_changed


def test_each_is_counted(contract: Path) -> None:
    fixed = fix(make_fixer(contract), "---\na: b: c\nd:e\n---\n")
    assert fixed.fixed == (("YML001", 1), ("YML005", 1))


def test_broken_fences_and_lines_between(contract: Path) -> None:
    fixed = fix(make_fixer(contract), "----\na: b: c\nd:e\n--\nBody\n")
    assert fixed.new == b'---\na: "b: c"\nd: e\n---\nBody\n'


LEFT = {
    # What is broken, and why nothing is mended, without and with unsafe fixes.
    "the second has no fix": (
        "a: b: c\nk: 1\n%: {\n",
        "line 4 cannot be read either, and it has no fix",
        "line 4 cannot be read either, and it has no fix",
    ),
    "the second is a guess": (
        "a: b: c\nl:\n  - a b\n  c d\n",
        "line 5 cannot be read either, and its fix is unsafe or turned off",
        None,
    ),
    "what is mended departs from the contract": (
        "a: b: c\nn: d: e\nk: 1\n",
        "it would bring SCH003",
        "it would bring SCH003",
    ),
}


@pytest.mark.parametrize("case", LEFT)
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_none_is_mended(contract: Path, case: str, unsafe: bool) -> None:
    text, *reasons = LEFT[case]
    fixed = fix(make_fixer(contract, unsafe=unsafe), f"---\n{text}---\n")
    reason = reasons[unsafe]
    assert [each.reason for each in fixed.refused] == ([reason] if reason else [])
    assert fixed.is_changed == (reason is None)


@pytest.mark.parametrize("count", [20, 21])
def test_the_number_of_mistakes_is_bounded(contract: Path, count: int) -> None:
    broken = [f"k{n}: a: b\n{LINES.replace('k', f'l{n}x')}" for n in range(count)]
    fixed = fix(make_fixer(contract), f"---\n{''.join(broken)}---\n")
    assert fixed.is_changed == (count == 20)
    reasons = [each.reason for each in fixed.refused]
    assert reasons == ["the seed cannot be read after 20 such fixes either"] * (count - 20)


def test_turned_off(contract: Path) -> None:
    fixed = fix(make_fixer(contract, unfixable=("YML001",)), "---\na: b: c\nd:e\n---\n")
    reason = "line 3 cannot be read either, and its fix is unsafe or turned off"
    assert [each.reason for each in fixed.refused] == [reason]


def test_what_is_no_mistake_waits_for_the_mistake(contract: Path) -> None:
    fixed = fix(make_fixer(contract), "---\nt: a\u200bb\n%: {\n---\n")
    reason = "line 3 cannot be read either, and it has no fix"
    assert ("FM010", reason) in [(each.code, each.reason) for each in fixed.refused]
    fixed = fix(make_fixer(contract), "---\nt: a\u200bb\nu: c: d\n---\n")
    assert fixed.new == b'---\nt: ab\nu: "c: d"\n---\n'


def test_a_mistake_without_a_fix_is_asked_about_once(contract: Path) -> None:
    lines = "".join(f"k{n}: a\x0bb\n" for n in range(500))
    with cpu_limit():
        fixed = fix(make_fixer(contract, unsafe=True), f"---\n{lines}%: {{\n---\n")
    assert {each.code for each in fixed.refused} == {"FM008"}
