"""What tells a finding from others when lines and list items move."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

import seedlint

BROKEN = Path(__file__).parents[1] / "golden" / "tour" / "2024-04-02-the-ferry-runs-again.md"


def identities(text: str) -> list[tuple[str, str, str]]:
    return sorted(each.identity for each in seedlint.lint_text(text))


def test_what_is_told_apart() -> None:
    found = identities(BROKEN.read_text("utf-8"))
    assert ("SCH001", "/provider", "domain") in found
    assert ("SCH002", "/heet", "12") in found
    assert ("SCH004", "/type", '"articel"') in found
    assert ("IMG001", "/images/*/height", "0") in found
    assert len(found) == len(set(found)) == 7


def test_moved_lines_and_items() -> None:
    text = BROKEN.read_text("utf-8")
    wanted = identities(text)
    assert identities(text.replace("---\n", "---\n# a comment\n\n", 1)) == wanted
    entry = '  - url: "https://images.example.com/other.jpg"\n    width: 640\n    height: 480\n'
    assert identities(text.replace("images:\n", "images:\n" + entry, 1)) == wanted
    assert identities(text.replace("articel", "artikel")) != wanted


def test_a_subject_is_short() -> None:
    text = "---\ntitle: [" + "long, " * 3000 + "long]\nx: '" + "y" * 3000 + "'\n---\n"
    assert max(len(each.subject) for each in seedlint.lint_text(text)) <= 100


@pytest.mark.parametrize("value", ["[[{}]]", "[[{}], 1]", "{{b: [{}]}}", "[[[{}]]]"])
def test_a_subject_that_aliases_make_huge_takes_little_memory(value: str) -> None:
    long = f'a: &a "{"x" * 100_000}"'
    tracemalloc.start()
    try:
        found = seedlint.lint_text(f"---\n{long}\nrelated: {value.format('*a,' * 5_000)}\n---\n")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "SCH003" in {each.code for each in found}
    assert peak < 100 * 1024 * 1024
