"""The word that was probably meant."""

from __future__ import annotations

from difflib import get_close_matches

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.text.nearest import is_certain_slip, nearest

KNOWN = ("title", "src", "url", "isCached")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("titel", "title"),
        ("Title", "title"),
        ("iscached", "isCached"),
        # two letters swapped in a short word
        ("scr", "src"),
        ("rul", "url"),
        # too little in common
        ("twitter", None),
        ("crs", None),
        ("s.r", None),
        ("", None),
    ],
)
def test_nearest(word: str, meant: str | None) -> None:
    assert nearest(word, KNOWN) == meant


WORDS = st.text(alphabet="abcABCß1 ", max_size=12)


@settings(derandomize=True, deadline=None, max_examples=500, database=None)
@given(WORDS, st.lists(WORDS, max_size=8), st.sampled_from([0.7, 0.75, 0.5]))
def test_words_of_other_lengths_are_left_out_only_where_they_are_not_close(
    word: str, known: list[str], cutoff: float
) -> None:
    folded = {entry.casefold(): entry for entry in known}
    close = get_close_matches(word.casefold(), list(folded), n=1, cutoff=cutoff)
    if close and close != [""]:
        assert nearest(word, known, cutoff) == folded[close[0]]


def test_numbers_are_not_swapped() -> None:
    assert nearest("12", ["21"]) is None


@pytest.mark.parametrize(
    ("word", "meant", "known", "certain"),
    [
        ("titel", "title", ["title"], True),
        ("Title", "title", ["title"], True),
        ("tittle", "title", ["title"], True),
        ("tile", "title", ["title"], True),
        ("tutle", "title", ["title"], True),
        ("title", "titles", ["titles", "title2"], False),
        ("artical", "article", ["article"], False),
        ("headline", "title", ["title"], False),
        ("ur", "url", ["url"], False),
        ("", "title", ["title"], False),
        ("elttit", "title", ["title"], False),
    ],
)
def test_certain_slips(word: str, meant: str, known: list[str], certain: bool) -> None:
    assert is_certain_slip(word, meant, known) == certain
