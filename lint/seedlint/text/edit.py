"""A change of some characters of a text, and of no others."""

from __future__ import annotations

from collections.abc import Iterable

from seedlint.named_tuple import NamedTuple


class Edit(NamedTuple):
    """Characters of the text and what replaces them."""

    start: int
    end: int
    text: str


def apply_edits(text: str, edits: Iterable[Edit], beginning: int = 0) -> str:
    """`text` with the edits made, which are in order and do not overlap.

    `beginning` is the offset of `text` in the text that the edits are about.
    """
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start - beginning], edit.text]
        at = edit.end - beginning
    return "".join([*parts, text[at:]])
