"""Words that are like another, among very many."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.text.nearest import Lexicon, is_certain_slip

MANY = [f"{first}{number:05}{last}" for number in range(700) for first, last in ("xy", "qz")]
WORDS = st.text("abcdé中", min_size=4, max_size=9)


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A word, and what one slip makes of it."""
    word = draw(WORDS)
    at = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from("abcdé中"))
    kind = draw(st.sampled_from(["swap", "replace", "insert", "delete", "case"]))
    if kind == "swap" and at + 1 < len(word):
        return word, word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "insert":
        return word, word[:at] + letter + word[at:]
    if kind == "delete":
        return word, word[:at] + word[at + 1 :]
    return word, word.upper() if kind == "case" else word[:at] + letter + word[at + 1 :]


@pytest.mark.slow
@settings(derandomize=True, deadline=None, max_examples=1000, database=None)
@given(pair=slips())
def test_every_slip_is_found(pair: tuple[str, str]) -> None:
    word, slip = pair
    found = Lexicon([*MANY, word]).like(slip)
    assert word in found
    assert len(found) < len(MANY)
    # Whether it is certain does not depend on how many words there are.
    assert is_certain_slip(slip, word, found) == is_certain_slip(slip, word, [word])


def test_a_few_words_are_all_compared() -> None:
    assert Lexicon(["a", "bcdefg"]).like("z") == ["a", "bcdefg"]
