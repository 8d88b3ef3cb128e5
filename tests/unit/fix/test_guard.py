"""What the guard lets through, and why it refuses the rest."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from fixing import fix, make_fixer
from seedlint.check import Checker
from seedlint.diagnostic import Diagnostic
from seedlint.diagnostic import Fix as DiagnosticFix
from seedlint.fix.guard import why_refused
from seedlint.fix.operation import Operation, RenameKey, ReplaceScalar
from seedlint.fix.reading import Reading
from seedlint.run import open_schema
from seedlint.settings import Settings
from seedlint.text.edit import Edit, apply_edits

CONTRACT = {
    "properties": {"name": {"type": "string", "maxLength": 40}, "kind": {"enum": ["a"]}},
}


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    path = tmp_path / "s.json"
    path.write_text(json.dumps(CONTRACT))
    return path


@pytest.fixture
def checker(contract: Path) -> Checker:
    settings = Settings(schema=contract)
    return Checker(open_schema(settings), settings)


def judge(
    checker: Checker, old: str, new: str, *operations: Operation, code: str = "SCH004"
) -> str | None:
    """What the guard says of `new` for `old` if it is the fix of all findings with a code."""

    def read(text: str) -> Reading:
        document = checker.read("s.md", text.encode())
        return Reading(document, partial(checker.check, document))

    before = read(old)
    fixed: list[Diagnostic] = []
    for each in before.result.diagnostics:
        if each.code == code:
            fixed.append(each._replace(fix=DiagnosticFix("", "safe", (), operations)))
    assert fixed
    start = next(at for at in range(len(old)) if old[: at + 1] != new[: at + 1])
    behind = 0
    while old[len(old) - 1 - behind] == new[len(new) - 1 - behind]:
        behind += 1
    edits = [Edit(start, max(start, len(old) - behind), new[start : max(start, len(new) - behind)])]
    return why_refused(before, read(new), fixed, edits, read)


def seed(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", ""])


KIND = ReplaceScalar(("kind",), "a")


def test_data_may_change_where_the_fix_says(checker: Checker) -> None:
    old = seed("name: x", "kind: b")
    assert judge(checker, old, seed("name: x", "kind: a"), KIND) is None
    for other in (
        seed("name: y", "kind: a"),
        seed("kind: a", "name: x"),
        seed("name: x", "kind: a", "more: 1"),
        seed("kind: a"),
    ):
        assert judge(checker, old, other, KIND) == "it would change other data"
    assert judge(checker, old, seed("name: x", "kind: a")) == "it would change other data"


def test_types_are_data(checker: Checker) -> None:
    old = seed("n: 1", "kind: b")
    assert judge(checker, old, seed("n: 1.0", "kind: a"), KIND) == "it would change other data"
    assert judge(checker, old, seed("n: true", "kind: a"), KIND) == "it would change other data"


def test_findings_may_go_but_not_come(checker: Checker) -> None:
    old = seed("kind: b")
    wrong = ReplaceScalar(("kind",), "c")
    assert judge(checker, old, seed("kind: c"), wrong) == "the finding would stay"
    rename = RenameKey(("kind",), "name")
    old = seed("kind: 5")
    assert judge(checker, old, seed("name: 5"), rename) == "it would bring SCH003"


def test_the_result_must_be_readable(checker: Checker) -> None:
    said = judge(checker, seed("kind: b"), seed("kind: [a"), KIND)
    assert said == "the seed could not be read any more"


def test_an_operation_without_a_place(checker: Checker) -> None:
    said = judge(checker, seed("kind: b"), seed("kind: a"), ReplaceScalar(("x",), 1))
    assert said == "it is not about what the seed says"


UNREADABLE = {
    # What is broken, what it became, and what is said of it.
    "quoted": (["name: a: b", "kind: a"], ['name: "a: b"', "kind: a"], None),
    "a comment behind it": (["name: a: b # c", "kind: a"], ['name: "a: b" # c', "kind: a"], None),
    "a space": (["name:a", "kind: a"], ["name: a", "kind: a"], None),
    "a number": (["n:12", "kind: a"], ["n: 12", "kind: a"], None),
    "in a list": (["l:", "- name: a: b"], ["l:", '- name: "a: b"'], None),
    "other text": (
        ["name: a: b", "kind: a"],
        ['name: "a. b"', "kind: a"],
        "the value would not be the text that is written there",
    ),
    "what was wrong before": (["name: a: b", "kind: c"], ['name: "a: b"', "kind: c"], None),
    "a value that the contract refuses": (
        ["name: a: " + 40 * "b", "kind: a"],
        ['name: "a: ' + 40 * "b" + '"', "kind: a"],
        "it would bring SCH008",
    ),
    "another line": (
        ["name: a: b", "kind: a"],
        ['name: "a: b', ' kind: a"'],
        "it would change other data",
    ),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_text_that_cannot_be_read(checker: Checker, case: str) -> None:
    old, new, said = UNREADABLE[case]
    codes = [
        each.code for each in checker.check(checker.read("s", seed(*old).encode())).diagnostics
    ]
    found = judge(checker, seed(*old), seed(*new), code=codes[0])
    assert (found or "").partition(" SCH")[0] == (said or "").partition(" SCH")[0]


def test_two_mistakes_are_not_one_fix(contract: Path) -> None:
    """The first is mended only if the rest can be read, so both are left to people."""
    text = seed("name: a: b", "kind: *c d")
    fixed = fix(make_fixer(contract), text)
    assert not fixed.is_changed


def test_edits_are_made_in_order() -> None:
    assert apply_edits("abc", [Edit(0, 0, "x"), Edit(1, 2, "")]) == "xac"


def test_one_of_many_fixes_that_is_refused_does_not_hold_up_the_others(contract: Path) -> None:
    """Without its copies the key is unknown, so one copy stays. The time of a file is limited."""
    closed = json.dumps({"properties": {"b": {}}, "additionalProperties": False})
    contract.write_text(closed)
    fixed = fix(make_fixer(contract, unsafe=True), seed(*["a: 1"] * 1_500))
    assert fixed.fixed == (("YML008", 1_498),)
    assert [each.code for each in fixed.refused] == ["YML008"]
