"""The word that was probably meant."""

from __future__ import annotations

import pytest

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
