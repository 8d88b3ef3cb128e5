"""Checks fixes of invisible characters: the texts around them stay the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seedlint.document.limits import Limits
from seedlint.document.scalars import resolve_plain
from seedlint.fix.reading import OTHER_DATA, Read, Reading, Reference, words_not_in
from seedlint.text.edit import Edit, apply_edits
from seedlint.text.marks import INVISIBLE, TAGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MARKS = re.compile(
    f"[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ufffe\\uffff{INVISIBLE}{TAGS}]+"
)
"""Characters that nobody sees."""

_DIGITS = Limits().integer_digits


def are_marks(text: str, edits: Sequence[Edit]) -> bool:
    """Whether edits of a text are about such characters only."""
    return all(MARKS.fullmatch(text, edit.start, edit.end) for edit in edits)


def compare_marks(old: Reading, new: Reading, edits: Sequence[Edit], read: Read) -> Reference | str:
    """Compare with the text that has a word in the place of each mark."""
    texts = sorted({edit.text for edit in edits})
    words = dict(zip(texts, words_not_in(old.text, len(texts)), strict=True))
    reference = read(
        apply_edits(old.text, [each._replace(text=words[each.text]) for each in edits])
    )
    instead = {word: text for text, word in words.items()}
    if not reference.document.is_checkable:
        return OTHER_DATA
    if repr(_with_marks(reference.document.data, instead)) != repr(new.document.data):
        return OTHER_DATA
    return Reference(reference)


def _with_marks(value: Any, instead: dict[str, str]) -> Any:
    """Data with a text for each word in them; what is a number without the word is one."""
    if isinstance(value, dict):
        return {
            _replaced(key, instead): _with_marks(inner, instead) for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_with_marks(inner, instead) for inner in value]
    if not isinstance(value, str):
        return value
    text = _replaced(value, instead)
    return text if text == value else resolve_plain(text, _DIGITS)[0]


def _replaced(text: str, instead: dict[str, str]) -> str:
    for word, mark in instead.items():
        text = text.replace(word, mark)
    return text
