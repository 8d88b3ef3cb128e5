"""Where a pair of a mapping or an item of a list is in the text, for edits."""

from __future__ import annotations

from seedlint.named_tuple import NamedTuple
from seedlint.text.span import Span


class Entry(NamedTuple):
    """A pair of a mapping or an item of a list.

    It begins at `start`, with its key or its dash (inside brackets with the item itself), and ends
    before `end`, blanks and line breaks after it excluded. `key` and `value` are without tag and
    anchor; the value of nothing at all is empty and after the colon or the dash. `is_shared` says
    that there is an anchor or an alias in it.
    """

    start: int
    end: int
    key: Span | None
    value: Span
    in_flow: bool
    is_shared: bool = False
