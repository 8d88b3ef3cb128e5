"""Checks fixes that move lines or change dashes and line breaks: other lines mean the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from seedlint.document.pointer import Pointer
from seedlint.document.slips.line import WORD_KEY
from seedlint.fix.reading import OTHER_DATA, Read, Reading, Reference
from seedlint.text.edit import Edit
from seedlint.text.marks import ODD_SPACES
from seedlint.text.span import line_before, line_end, line_start, match_end

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_KEY = re.compile(rf"^[ \t{ODD_SPACES}]*(?:- +)*({WORD_KEY}):(?=\s|\Z)", re.MULTILINE)
_BLANKS = re.compile(rf"[ \t{ODD_SPACES}]*")
_NOT_A_BREAK = re.compile(r"[^\r\n]")
# How far up the lines are looked for that mended lines belong to.
_MOST_PARENTS = 4


def compare_layout(
    old: Reading, new: Reading, edits: Sequence[Edit], read: Read
) -> Reference | str:
    """Compare with the text that lacks the mended lines and the lines between them.

    All that it says must still be said, and what looked like a key in those lines must be one.
    """
    matter = new.document.front_matter
    assert matter is not None
    text, longer = new.text, len(new.text) - len(old.text)
    # Without the body, which may be long and is looked through for line breaks.
    first, last = edits[0].start, edits[-1].end + longer
    for start, end in _blocks(text[: matter.content.end], first, last):
        without = _NOT_A_BREAK.sub("", text[start:end])
        reference = read(text[:start] + without + text[end:])
        if reference.document.is_checkable:
            break
    else:
        return "the rest of the seed cannot be read by itself"
    keys = Counter(_KEY.findall(old.text, start, end - longer))
    if keys - Counter(_keys(new.document.data)):
        # A key would become text.
        return OTHER_DATA
    said = Counter(_leaves(new.document.data))
    before = Counter(_leaves(reference.document.data))
    more = said - before
    for place, value in before - said:
        # A text may go on in the mended lines.
        whole = next((each for each in more if each[0] == place and _begins(each[1], value)), None)
        if whole is None:
            return OTHER_DATA
        more[whole] -= 1
        more += Counter()
    return Reference(reference)


def _blocks(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The lines from `first` to `last`, and those that belong to them by indentation.

    Then these with the lines above that they belong to.
    """
    start, end = line_start(text, first), line_end(text, last)
    for _ in range(_MOST_PARENTS):
        column = _column(text, start)
        while end < len(text):
            below = end + (2 if text.startswith("\r\n", end) else 1)
            is_item = text.startswith("-", below + column) and not text.startswith("---", below)
            is_blank = not text[below : line_end(text, below)].strip()
            if below >= len(text) or not (_column(text, below) > column or is_item or is_blank):
                break
            end = line_end(text, below)
        yield start, end
        if not column or text.startswith("---", line_before(text, start)):
            return
        while start and _column(text, start) >= column:
            start = line_before(text, start)


def _column(text: str, start: int) -> int:
    """How many blanks a line begins with."""
    return match_end(_BLANKS, text, start) - start


def _begins(longer: Any, value: Any) -> bool:
    return isinstance(longer, str) and isinstance(value, str) and longer.startswith(value)


def _leaves(value: Any, at: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    """The place of each scalar, without indices, and its value; empty values are left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*at, key))
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, (*at, "*"))
    elif value is not None and value != "":
        # True and 1 are equal to Python.
        yield at, value if isinstance(value, str) else (repr(value),)


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, (dict, list)):
            yield from _keys(inner)
