"""Places in long texts; `tests/property/test_places_in_texts.py` has what they must be."""

from __future__ import annotations

import pytest

from cpu import cpu_limit
from seedlint.text.places import place_within, places_of
from seedlint.text.span import Span

COUNT = 100_000
LONG = {
    "blanks": ('"' + " " * COUNT + '"', " " * COUNT),
    "blanks between": ("a" + " " * COUNT + "b", "a" + " " * COUNT + "b"),
    "escapes": ('"' + "\\x41" * COUNT + '"', "A" * COUNT),
    "escapes and blanks": ('"' + ("\\x41" + " " * 99) * 1000 + '"', ("A" + " " * 99) * 1000),
    "apostrophes": ("'" + "''" * COUNT + "'", "'" * COUNT),
    "empty lines": ("a" + " \n" * COUNT + "b", "a" + "\n" * (COUNT - 1) + "b"),
    "escaped line breaks": ('"' + "\\\n " * COUNT + 'a"', "a"),
    "a block of lines": ("|\n" + " a b\n" * COUNT, "a b\n" * COUNT),
    "a block of empty lines": ("|\n" + "  \n" * COUNT + "   a", "\n" * COUNT + "a"),
    "a block of blanks": ("|\n" + " " * COUNT + "a", "a"),
    "properties": ("&a " + "!b" * COUNT, "a"),
}


@pytest.mark.parametrize("case", LONG)
def test_time_is_linear(case: str) -> None:
    written, text = LONG[case]
    with cpu_limit():
        place = place_within(written, Span(0, len(written)), text, len(text) - 1, len(text))
        places_of(written, Span(0, len(written)), text)
    assert (place is None) == (case == "properties")
