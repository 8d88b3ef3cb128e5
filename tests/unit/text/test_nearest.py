"""The word that was probably meant."""

from __future__ import annotations

import pytest

from seedlint.text.nearest import nearest

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
